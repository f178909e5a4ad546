"""The answers of the plan's questionnaire: typed, half done allowed, plain JSON in the row.

Phones are E.164, times of day "06:00". Everything may be missing: what is still open is a list
(applications/plan_open.py), never a refusal to keep. Form of production and caterer are columns of the dossier.
"""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

SCHEMA = 1


class Method(StrEnum):
    """How samples are tested."""

    RAPID = "rapid"
    PCR = "pcr"
    BOTH = "both"


class Role(StrEnum):
    """A person's place in the safety team."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_the_default(cls, given: Any) -> Any:
        """An empty field of a form says as little as a missing one."""
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None and value != ""}


class Shift(_Part):
    """People of one shift, from one time of day to another (past midnight if `ends` is not later)."""

    name: str = ""
    starts: time | None = None
    ends: time | None = None
    people: int | None = None


class Rooms(_Part):
    """Rooms of one kind in one place where workers sleep; `beds` is their sum."""

    place: str = ""
    rooms: int | None = None
    beds: int | None = None


class Vehicles(_Part):
    """Vehicles of one kind on one route; `seats` is of one vehicle."""

    kind: str = ""
    count: int | None = None
    seats: int | None = None
    route: str = ""


class Member(_Part):
    """A person of the safety team and the area or shift they look after."""

    name: str = ""
    role: Role | None = None
    area: str = ""
    phone: str = ""


class Work(_Part):
    """What is made, and in which shifts."""

    products: str = ""
    shifts: tuple[Shift, ...] = ()


class Lodging(_Part):
    """Where workers sleep, who looks after it, and how they come and go."""

    none: bool = False
    rooms: tuple[Rooms, ...] = ()
    keeper: str = ""
    keeper_phone: str = ""
    no_transport: bool = False
    vehicles: tuple[Vehicles, ...] = ()


class Isolation(_Part):
    """The isolation area and whom it calls."""

    place: str = ""
    rooms: int | None = None
    beds: int | None = None
    keeper: str = ""
    keeper_phone: str = ""
    health_unit: str = ""
    health_phone: str = ""


class Meals(_Part):
    """The caterer, or the people of the site's own kitchen; where and how people eat."""

    name: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    licence: str = ""
    people: int | None = None
    kitchen_people: int | None = None
    seats: int | None = None


class Testing(_Part):
    """How, where and by whom workers are tested; `every_days` only where it is more often than the plan asks."""

    method: Method | None = None
    provider: str = ""
    provider_phone: str = ""
    place: str = ""
    every_days: int | None = None
    keeper: str = ""
    keeper_phone: str = ""


class Team(_Part):
    """The safety team, and the self-management team for security and order."""

    members: tuple[Member, ...] = ()
    self_head: str = ""
    self_phone: str = ""
    self_people: int | None = None
    police: str = ""
    police_phone: str = ""
    has_group: bool = False


class Answers(_Part):
    """Everything, part by part."""

    work: Work = Work()
    lodging: Lodging = Lodging()
    isolation: Isolation = Isolation()
    meals: Meals = Meals()
    testing: Testing = Testing()
    team: Team = Team()

    @property
    def people(self) -> int | None:
        """All shifts together; None while no shift says how many."""
        counts = [shift.people for shift in self.work.shifts if shift.people is not None]
        return sum(counts) if counts else None

    @property
    def beds(self) -> int:
        """Beds of the lodging."""
        return sum(rooms.beds or 0 for rooms in self.lodging.rooms)

    def with_part(self, part: str, values: dict[str, Any]) -> Answers:
        """The answers with one part replaced; raises pydantic's ValidationError for values of another shape."""
        kind = type(getattr(self, part))
        return self.model_copy(update={part: kind.model_validate(values)})


PARTS = tuple(Answers.model_fields)


def read(data: dict[str, Any]) -> Answers:
    """Answers from the row; an empty row has none yet."""
    return Answers.model_validate(data) if data else Answers()


def written(answers: Answers) -> dict[str, Any]:
    """Answers as the row keeps them."""
    return answers.model_dump(mode="json")
