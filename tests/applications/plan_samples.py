"""Answers to the plan's questionnaire: everything a small garment factory would say."""

from datetime import datetime, time
from typing import Any

from applications import answering_plan, plan_answers
from applications.models import Dossier
from applications.plan_answers import (
    Answers,
    Isolation,
    Lodging,
    Meals,
    Member,
    Rooms,
    Shift,
    Team,
    Testing,
    Vehicles,
    Work,
)
from tests.applications import making

FULL = Answers(
    work=Work(
        products="may mặc xuất khẩu",
        shifts=(
            Shift(name="Ca sáng", starts=time(6), ends=time(14), people=40),
            Shift(name="Ca chiều", starts=time(14), ends=time(22), people=34),
        ),
    ),
    lodging=Lodging(
        rooms=(Rooms(place="Nhà nghỉ số 2", rooms=10, beds=80),),
        keeper="Thạch Thị Hồng",
        keeper_phone="+84912345101",
        vehicles=(Vehicles(kind="Xe 29 chỗ", count=2, seats=14, route="Nơi ở đến cơ sở"),),
    ),
    isolation=Isolation(
        place="Dãy nhà phía bắc, cổng số 2", rooms=4, beds=4, keeper="Kim Thị Sa Vann", keeper_phone="+84912345102",
        health_unit="Trạm Y tế xã Long Đức", health_phone="+842943855010",
    ),
    meals=Meals(
        name="Hợp tác xã Bình An", address="12 Phạm Ngũ Lão", contact="Trần Minh Nhựt", phone="+84912345103",
        licence="0123/ATTP", people=6, seats=40,
    ),
    testing=Testing(
        method="rapid", provider="Trung tâm Y tế thành phố", provider_phone="+842943862111", place="Nhà xe",
        keeper="Kim Thị Sa Vann", keeper_phone="+84912345102",
    ),
    team=Team(
        members=(
            Member(name="Lê Thị Mỹ Ẩn", role="head", area="Toàn cơ sở", phone="+84912345001"),
            Member(name="Sơn Minh Trí", role="member", area="Ca sáng", phone="+84912345104"),
        ),
        self_head="Huỳnh Văn Đặng", self_phone="+84912345106", self_people=5, police="Công an xã Long Đức",
        police_phone="+842943855113", has_group=True,
    ),
)  # fmt: skip

# A part as a browser posts it.
POSTED: dict[str, dict[str, str]] = {
    "work": {
        "mode": "three_on_site", "products": "may mặc", "shifts-0-name": "Ca sáng", "shifts-0-starts": "6h",
        "shifts-0-ends": "14:00", "shifts-0-people": "40",
    },
    "isolation": {"place": "Nhà kho phía bắc", "rooms": "4", "beds": "4", "keeper_phone": "0912 345 102"},
    "team": {
        "members-0-name": "Sơn Minh Trí", "members-0-role": "head", "members-0-phone": "0912345104",
        "members-0-area": "Ca sáng",
    },
}  # fmt: skip


def answer_all(dossier: Dossier, at: datetime, answers: Answers = FULL, **columns: Any) -> Dossier:
    """Every part answered by the owner."""
    for part in plan_answers.PARTS:
        answering_plan.keep_part(
            dossier=dossier, part=part, values=getattr(answers, part).model_dump(), unread={},
            columns=columns if part == "work" else {}, by=making.owner_of(dossier), at=at,
        )  # fmt: skip
    return making.fresh(dossier)


def answered_draft(
    at: datetime, *, phase: int = 1, caterer: str = "external", mode: str = "three_on_site"
) -> Dossier:
    """A draft with all its answers and no papers."""
    dossier = making.draft(at=at, phase=phase)
    making.filing.answer(
        dossier=dossier, answers={**making.answers(dossier, at, baseline=149), "mode": mode, "caterer": caterer},
        by=making.owner_of(dossier), at=at,
    )  # fmt: skip
    return answer_all(making.fresh(dossier), at)
