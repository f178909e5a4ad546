"""What is still open in the plan's questionnaire, in plain words: nothing here keeps anybody from saving."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Dossier
from applications.models.dossier import Caterer
from applications.plan_answers import Answers, Role
from applications.slot_states import cap_of
from organisations.models.permit import Mode
from organisations.plan_in_force import rules_at
from pages.templatetags.ui import vn_number


@dataclass(frozen=True)
class Open:
    """One thing to answer or mend; `anchor` is the field's id on the page of its part."""

    part: str
    words: str
    anchor: str = ""


def open_items(
    dossier: Dossier, answers: Answers, unread: Mapping[str, Mapping[str, str]], *, at: datetime
) -> list[Open]:
    """Part by part, in the order of the pages."""
    found = [
        *_work(dossier, answers, at=at), *_lodging(dossier, answers), *_isolation(answers),
        *_meals(dossier, answers), *_testing(dossier, answers, at=at), *_team(answers),
    ]  # fmt: skip
    for part, texts in unread.items():
        found += [
            Open(part, _("“%(text)s” chưa đọc được, cần nhập lại") % {"text": text}, f"id_{name}")
            for name, text in texts.items()
        ]
    return found


def _missing(part: str, rows: Iterator[tuple[Any, str, str]] | list[tuple[Any, str, str]]) -> Iterator[Open]:
    for value, words, anchor in rows:
        if value is None or value == "":
            yield Open(part, words, f"id_{anchor}")


def _work(dossier: Dossier, answers: Answers, *, at: datetime) -> Iterator[Open]:
    work = answers.work
    yield from _missing("work", [
        (dossier.mode, _("Chưa chọn hình thức sản xuất"), "mode_0"),
        (work.products, _("Chưa ghi sản phẩm, ngành nghề"), "products"),
    ])  # fmt: skip
    if not work.shifts:
        yield Open("work", _("Chưa có ca làm việc nào"), "id_shifts-0-name")
    for place, shift in enumerate(work.shifts):
        name = shift.name or _("Ca %(n)s") % {"n": place + 1}
        if shift.starts is None or shift.ends is None:
            yield Open("work", _("%(shift)s: chưa ghi đủ giờ") % {"shift": name}, f"id_shifts-{place}-starts")
        if shift.people is None:
            yield Open(
                "work", _("%(shift)s: chưa ghi số người") % {"shift": name}, f"id_shifts-{place}-people"
            )
    cap = cap_of(dossier, at=at)
    people = answers.people
    if cap is not None and cap.limit is not None and people is not None and people > cap.limit:
        words = _("Các ca cộng lại %(people)s người, tối đa %(cap)s. Bớt %(over)s người.")
        values = {
            "people": vn_number(people), "cap": vn_number(cap.limit), "over": vn_number(people - cap.limit)
        }  # fmt: skip
        yield Open("work", words % values, "id_shifts-0-people")


def _lodging(dossier: Dossier, answers: Answers) -> Iterator[Open]:
    lodging = answers.lodging
    if lodging.none and dossier.mode == Mode.THREE_ON_SITE:
        yield Open("lodging", _("Ba tại chỗ thì phải có chỗ ở tại cơ sở"), "id_none")
    if not lodging.none:
        if not lodging.rooms:
            yield Open("lodging", _("Chưa ghi nơi ở"), "id_rooms-0-place")
        for place, rooms in enumerate(lodging.rooms):
            if not rooms.place or rooms.beds is None:
                words = _("Nơi ở %(n)s: chưa ghi đủ tên và số giường") % {"n": place + 1}
                yield Open("lodging", words, f"id_rooms-{place}-place")
        yield from _short_of_beds(dossier, answers)
        yield from _missing("lodging", [
            (lodging.keeper, _("Chưa ghi người phụ trách nơi ở"), "keeper"),
            (lodging.keeper_phone, _("Chưa ghi điện thoại người phụ trách nơi ở"), "keeper_phone"),
        ])  # fmt: skip
    if not lodging.no_transport and not lodging.vehicles:
        yield Open("lodging", _("Chưa ghi xe đưa đón, hoặc chọn không có xe"), "id_vehicles-0-kind")


def _short_of_beds(dossier: Dossier, answers: Answers) -> Iterator[Open]:
    """Who stays needs a bed of their own."""
    people = answers.people
    if dossier.mode == Mode.THREE_ON_SITE and people and answers.beds and answers.beds < people:
        short = people - answers.beds
        words = ngettext(
            "Có %(people)s người ở lại mà chỉ có %(beds)s giường, thiếu %(short)s giường",
            "Có %(people)s người ở lại mà chỉ có %(beds)s giường, thiếu %(short)s giường",
            short,
        )
        yield Open(
            "lodging", words % {"people": people, "beds": answers.beds, "short": short}, "id_rooms-0-beds"
        )


def _isolation(answers: Answers) -> Iterator[Open]:
    area = answers.isolation
    yield from _missing("isolation", [
        (area.place, _("Chưa ghi vị trí khu cách ly"), "place"),
        (area.rooms, _("Chưa ghi số phòng cách ly"), "rooms"),
        (area.beds, _("Chưa ghi số giường cách ly"), "beds"),
        (area.keeper, _("Chưa ghi người phụ trách khu cách ly"), "keeper"),
        (area.keeper_phone, _("Chưa ghi điện thoại người phụ trách khu cách ly"), "keeper_phone"),
        (area.health_unit, _("Chưa ghi cơ sở y tế gọi khi có người nghi nhiễm"), "health_unit"),
        (area.health_phone, _("Chưa ghi điện thoại cơ sở y tế"), "health_phone"),
    ])  # fmt: skip
    if area.rooms == 0:
        yield Open("isolation", _("Cần ít nhất một phòng cách ly"), "id_rooms")


def _meals(dossier: Dossier, answers: Answers) -> Iterator[Open]:
    meals = answers.meals
    if dossier.caterer == Caterer.IN_HOUSE:
        yield from _missing(
            "meals", [(meals.kitchen_people, _("Chưa ghi số người của bếp cơ sở"), "kitchen_people")]
        )
        return
    if not dossier.caterer:  # what else is asked depends on it
        yield from _missing("meals", [(None, _("Chưa chọn ai nấu ăn cho người lao động"), "caterer_0")])
        return
    yield from _missing("meals", [
        (meals.name, _("Chưa ghi tên đơn vị cung cấp suất ăn"), "name"),
        (meals.address, _("Chưa ghi địa chỉ đơn vị cung cấp suất ăn"), "address"),
        (meals.phone, _("Chưa ghi điện thoại đơn vị cung cấp suất ăn"), "phone"),
        (meals.licence, _("Chưa ghi giấy chứng nhận an toàn thực phẩm"), "licence"),
        (meals.people, _("Chưa ghi số người của đơn vị phục vụ cơ sở"), "people"),
    ])  # fmt: skip


def _testing(dossier: Dossier, answers: Answers, *, at: datetime) -> Iterator[Open]:
    testing = answers.testing
    yield from _missing("testing", [
        (testing.method, _("Chưa chọn phương pháp xét nghiệm"), "method_0"),
        (testing.provider, _("Chưa ghi đơn vị xét nghiệm"), "provider"),
        (testing.provider_phone, _("Chưa ghi điện thoại đơn vị xét nghiệm"), "provider_phone"),
        (testing.place, _("Chưa ghi nơi lấy mẫu"), "place"),
        (testing.keeper, _("Chưa ghi người phụ trách xét nghiệm"), "keeper"),
        (testing.keeper_phone, _("Chưa ghi điện thoại người phụ trách xét nghiệm"), "keeper_phone"),
    ])  # fmt: skip
    most = longest_interval(dossier, at=at)
    if most is not None and testing.every_days is not None and testing.every_days > most:
        words = _("Kế hoạch yêu cầu xét nghiệm %(most)s ngày một lần; không được thưa hơn")
        yield Open("testing", words % {"most": most}, "id_every_days")


def longest_interval(dossier: Dossier, *, at: datetime) -> int | None:
    """Days between two rounds by the plan; None where the phase has no such rounds."""
    values = rules_at(at).phase(dossier.phase).section
    path = "duties.screening_all.due"
    return int(values.whole(path).value) if values.has(path) else None


def _team(answers: Answers) -> Iterator[Open]:
    team = answers.team
    if not any(member.role == Role.HEAD for member in team.members):
        yield Open("team", _("Chưa có Tổ trưởng Tổ An toàn COVID-19"), "id_members-0-name")
    for place, member in enumerate(team.members):
        if not (member.name and member.role and member.phone):
            words = _("Người %(n)s của Tổ An toàn: chưa đủ họ tên, vai trò, điện thoại") % {"n": place + 1}
            yield Open("team", words, f"id_members-{place}-name")
    yield from _missing("team", [
        (team.self_head, _("Chưa ghi người đứng đầu tổ tự quản"), "self_head"),
        (team.self_phone, _("Chưa ghi điện thoại người đứng đầu tổ tự quản"), "self_phone"),
    ])  # fmt: skip
