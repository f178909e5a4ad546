"""One sign a paper, for the code on its pages. A sign is never given to another paper: old prints come back."""

from typing import Final

import plan

# The plan itself (III.1.3.3-b): the signed first part of the volume, which is none of the listed papers.
PLAN: Final = plan.PLAN_PAPER

SIGNS: Final = {
    "request_letter": "A",
    "investment_certificate": "B",
    "worker_list": "C",
    "vaccination_slips": "D",
    "screening_plan": "E",
    "isolation_plan": "F",
    "safety_regulation": "G",
    "workplace_lodging_regulation": "H",
    "safety_team_regulation": "J",
    "labour_management_regulation": "K",
    "caterer_information": "L",
    "health_contract": "M",
    "commitment": "N",
    PLAN: "P",
}
_SLOTS: Final = {sign: slot for slot, sign in SIGNS.items()}


def sign_of(slot: str) -> str:
    """The sign of a paper. Raises KeyError for a paper that has none."""
    return SIGNS[slot]


def slot_of(sign: str) -> str:
    """The paper of a sign; empty for a sign that no paper has."""
    return _SLOTS.get(sign, "")
