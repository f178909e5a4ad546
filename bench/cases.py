"""What the bench's dossiers are: whose, in which state, how old. Pure, and the same at every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from applications.states import OPEN, State

# A province some months into the plan, in percent: most cases are over, two fifths are in work.
MIX = {
    State.APPROVED: 45, State.REFUSED: 6, State.DECLINED: 3, State.WITHDRAWN: 3, State.DRAFT: 6,
    State.SUBMITTED: 9, State.SUPPLEMENT_REQUESTED: 6, State.ACCEPTED: 5, State.TEAM_PROPOSED: 4,
    State.TEAM_ASSIGNED: 4, State.INSPECTED: 4, State.FORWARDED: 5,
}  # fmt: skip
# The first dossiers are one of each kind that a page of the bench opens, with the agency of the province.
FIRST = (State.FORWARDED, State.TEAM_ASSIGNED, State.SUBMITTED)
ROAD = ("submit", "accept", "propose_team", "assign_team", "conclude_visit", "forward")
STEPS: dict[State, tuple[str, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: ROAD[:1],
    State.SUPPLEMENT_REQUESTED: (*ROAD[:1], "request_supplement"),
    State.DECLINED: (*ROAD[:1], "decline"),
    State.WITHDRAWN: (*ROAD[:2], "withdraw"),
    State.ACCEPTED: ROAD[:2],
    State.TEAM_PROPOSED: ROAD[:3],
    State.TEAM_ASSIGNED: ROAD[:4],
    State.INSPECTED: ROAD[:5],
    State.FORWARDED: ROAD,
    State.APPROVED: (*ROAD, "approve"),
    State.REFUSED: (*ROAD, "refuse"),
}


@dataclass(frozen=True)
class Case:
    """One dossier: number of its firm and site, state, hours since it was submitted and since it last moved."""

    number: int
    firm: int
    site: int
    state: State
    age: int
    rest: int
    in_zone: bool
    workers: int

    @property
    def steps(self) -> tuple[str, ...]:
        """The transitions it has made."""
        return STEPS[self.state]


def cases(*, dossiers: int, enterprises: int, seed: int = 2021) -> Iterator[Case]:
    """So many dossiers over so many enterprises, one dossier a site."""
    dice = random.Random(seed)
    for number in range(dossiers):
        state = FIRST[number] if number < len(FIRST) else _drawn(dice)
        age = dice.randint(6, 12 * 24) if state in OPEN else dice.randint(8 * 24, 120 * 24)
        yield Case(
            number=number,
            firm=number % enterprises,
            site=number // enterprises,
            state=state,
            age=age,
            rest=dice.randint(1, max(1, age // 2)),
            in_zone=number >= len(FIRST) and dice.random() < 0.3,
            workers=dice.randint(20, 900),
        )


def _drawn(dice: random.Random) -> State:
    return dice.choices(list(MIX), weights=list(MIX.values()))[0]
