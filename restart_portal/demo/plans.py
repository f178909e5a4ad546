"""What a demo enterprise answers about its plan: invented, the same at every run."""

from datetime import datetime, time

from applications import answering_plan, plan_answers
from applications.models import Dossier
from applications.plan_answers import (
    Answers,
    Isolation,
    Lodging,
    Meals,
    Member,
    Method,
    Role,
    Rooms,
    Shift,
    Team,
    Testing,
    Vehicles,
    Work,
)
from organisations.models import User
from organisations.phones import clean_phone
from restart_portal.demo.firms import Firm

MORNING, AFTERNOON, NIGHT = time(6), time(14), time(22)


def answer(dossier: Dossier, firm: Firm, *, people: int, by: User, at: datetime) -> None:
    """Every part of the questionnaire, for as many people as the cap allows."""
    answers = answers_of(firm, people=people, commune=dossier.site.commune.name_in_text)
    for part in plan_answers.PARTS:
        answering_plan.keep_part(
            dossier=dossier, part=part, values=getattr(answers, part).model_dump(), unread={}, columns={},
            by=by, at=at,
        )  # fmt: skip


def answers_of(firm: Firm, *, people: int, commune: str) -> Answers:
    """Two shifts, beds for everybody, a caterer, a team of four."""
    early = (people + 1) // 2
    rooms = (people + 7) // 8
    return Answers(
        work=Work(
            products=firm.name.removeprefix("Công ty TNHH ").removeprefix("Công ty CP "),
            shifts=(
                Shift(name="Ca sáng", starts=MORNING, ends=AFTERNOON, people=early),
                Shift(name="Ca chiều", starts=AFTERNOON, ends=NIGHT, people=people - early),
            ),
        ),
        lodging=Lodging(
            rooms=(Rooms(place="Nhà nghỉ công nhân trong khuôn viên", rooms=rooms, beds=rooms * 8),),
            keeper="Thạch Thị Hồng",
            keeper_phone=_phone(firm, 1),
            vehicles=(
                Vehicles(kind="Xe khách 29 chỗ", count=2, seats=14, route="Nơi cư trú đến cơ sở, mỗi đợt ở"),
            ),
        ),
        isolation=Isolation(
            place="Dãy nhà phía bắc, có lối đi riêng ra cổng số 2", rooms=4, beds=4, keeper="Kim Thị Sa Vann",
            keeper_phone=_phone(firm, 2), health_unit=f"Trạm Y tế {commune}", health_phone="+842943855010",
        ),
        meals=Meals(
            name="Hợp tác xã Suất ăn Bình An", address="Số 12 đường Phạm Ngũ Lão, thành phố Trà Vinh",
            contact="Trần Minh Nhựt", phone=_phone(firm, 3), licence="Số 0123/2021/ATTP, ngày 15/01/2021",
            people=6, seats=40,
        ),
        testing=Testing(
            method=Method.RAPID, provider="Trung tâm Y tế thành phố Trà Vinh", provider_phone="+842943862111",
            place="Nhà xe, lối vào cổng số 1", keeper="Kim Thị Sa Vann", keeper_phone=_phone(firm, 2),
        ),
        team=_team(firm, commune),
    )  # fmt: skip


def _team(firm: Firm, commune: str) -> Team:
    members = (
        (firm.contact, Role.HEAD, "Toàn cơ sở", 0),
        ("Thạch Thị Hồng", Role.DEPUTY, "Nơi ở, nhà ăn", 1),
        ("Sơn Minh Trí", Role.MEMBER, "Xưởng, ca sáng", 4),
        ("Ngô Thị Yến", Role.MEMBER, "Xưởng, ca chiều", 5),
    )
    return Team(
        members=tuple(
            Member(name=name, role=role, area=area, phone=_phone(firm, place)) for name, role, area, place in members
        ),
        self_head="Huỳnh Văn Đặng", self_phone=_phone(firm, 6), self_people=5, police=f"Công an {commune}",
        police_phone="+842943855113", has_group=True,
    )  # fmt: skip


def _phone(firm: Firm, place: int) -> str:
    """The firm's own number, and others beside it."""
    number = clean_phone(firm.phone)
    return f"{number[:-2]}{(int(number[-2:]) + place * 7) % 100:02d}"
