"""The questionnaire in words: titles, why each part is asked, and the answers as facts to check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.forms.plan_parts import METHODS, ROLES
from applications.models import Dossier
from applications.models.dossier import Caterer
from applications.plan_answers import Answers, Shift, read
from applications.plan_rows import frozen_row
from organisations.models.permit import Mode
from pages.parts import Fact
from pages.templatetags.ui import vn_number, vn_phone, vn_time

NONE = "–"


def titles() -> dict[str, tuple[str, str]]:
    """Title and lead of each part, in the language of the moment."""
    return {
        "work": (_("Cách làm việc và các ca"), _("Làm ra gì, chia ca thế nào, mỗi ca bao nhiêu người.")),
        "lodging": (_("Chỗ ở và đưa đón"), _("Người lao động ngủ ở đâu, đi lại bằng gì.")),
        "isolation": (_("Khu cách ly"), _("Nơi giữ người nghi nhiễm cho đến khi y tế đến.")),
        "meals": (_("Bữa ăn"), _("Ai nấu, ai phục vụ, mỗi lượt ăn được bao nhiêu người.")),
        "testing": (_("Xét nghiệm"), _("Xét nghiệm bằng cách nào, ở đâu, ai lo.")),
        "team": (_("Tổ An toàn, tổ tự quản"), _("Những người trông coi việc phòng dịch và trật tự.")),
    }


def answer_titles() -> dict[str, tuple[str, str]]:
    """The same of the answers beside the plan."""
    return {
        "production": (_("Hình thức sản xuất"), _("Cơ sở làm việc thế nào và muốn bắt đầu ngày nào.")),
        "baseline": (_("Số lao động hiện có"), _("Từ đó tính số người được làm việc tháng đầu.")),
        "signer": (_("Người ký và liên hệ"), _("Ai đã ký các giấy tờ, và gọi ai khi cần hỏi.")),
    }


def why_asked() -> dict[str, tuple[str, str]]:
    """Why a part is asked, and the clause behind it."""
    return {
        "work": (
            _("Phương án nêu cách sản xuất và số người; tổng các ca không vượt mức tối đa tháng đầu."),
            "III.1.3.3-b",
        ),
        "lodging": (
            _("Quy định nơi làm việc, nơi ở phải khớp với phòng, giường và xe có thật."),
            "III.1.3.2-b",
        ),
        "isolation": (_("Hồ sơ có phương án khu cách ly và cách vận hành."), "III.1.3.3-g"),
        "meals": (_("Hồ sơ có thông tin đơn vị cung cấp suất ăn và người phục vụ."), "III.1.3.3-j"),
        "testing": (_("Hồ sơ có kế hoạch xét nghiệm; kết quả gửi về cơ quan y tế."), "III.1.3.3-f"),
        "team": (_("Quy định về Tổ An toàn COVID-19 nêu tên và số điện thoại từng người."), "III.1.3.2-c"),
    }


@dataclass(frozen=True)
class PlanAnswered:
    """The questionnaire as it was handed in: when, on which set of forms, and part by part what was answered."""

    frozen_at: datetime
    form_set: str
    groups: tuple[tuple[str, list[Fact]], ...]


def plan_answered(dossier: Dossier) -> PlanAnswered | None:
    """What the papers were drafted from, for who reads the case; None where the papers came from elsewhere."""
    row = frozen_row(dossier)
    if row is None or row.frozen_at is None:
        return None
    answers = read(row.answers)
    groups = tuple((title, part_facts(dossier, answers, part)) for part, (title, _lead) in titles().items())
    return PlanAnswered(row.frozen_at, row.form_set, groups)


def part_facts(dossier: Dossier, answers: Answers, part: str) -> list[Fact]:
    """What was answered, as rows of a summary list."""
    return _FACTS[part](dossier, answers)


def _lines(*texts: object) -> str:
    return "\n".join(str(text) for text in texts if text not in (None, "")) or NONE


def _person(name: str, phone: str) -> str:
    return ", ".join(filter(None, [name, vn_phone(phone)])) or NONE


def _number(value: int | None) -> str:
    return vn_number(value)


def shift_line(shift: Shift, place: int) -> str:
    """ "Ca sáng: 06:00–14:00, 40 người"."""
    hours = "–".join(vn_time(at) or "…" for at in (shift.starts, shift.ends))
    people = _("%(n)s người") % {"n": vn_number(shift.people)} if shift.people is not None else ""
    name = shift.name or _("Ca %(n)s") % {"n": place}
    return f"{name}: {', '.join(filter(None, [hours, people]))}"


def _work(dossier: Dossier, answers: Answers) -> list[Fact]:
    work = answers.work
    return [
        Fact(_("Hình thức sản xuất"), str(Mode(dossier.mode).label) if dossier.mode else NONE),
        Fact(_("Sản phẩm, ngành nghề"), work.products or NONE),
        Fact(_("Các ca"), _lines(*[shift_line(shift, i) for i, shift in enumerate(work.shifts, start=1)])),
        Fact(_("Tổng số người"), _number(answers.people)),
    ]


def _lodging(dossier: Dossier, answers: Answers) -> list[Fact]:
    lodging = answers.lodging
    rooms = [
        _("%(place)s: %(rooms)s phòng, %(beds)s giường")
        % {"place": each.place, "rooms": _number(each.rooms), "beds": _number(each.beds)}
        for each in lodging.rooms
    ]
    cars = [
        _("%(kind)s: %(count)s xe, %(seats)s chỗ mỗi xe; %(route)s")
        % {"kind": each.kind, "count": _number(each.count), "seats": _number(each.seats), "route": each.route}
        for each in lodging.vehicles
    ]
    return [
        Fact(_("Nơi ở"), _("Không bố trí chỗ ở tập trung") if lodging.none else _lines(*rooms)),
        Fact(_("Phụ trách nơi ở"), _person(lodging.keeper, lodging.keeper_phone)),
        Fact(_("Xe đưa đón"), _("Không tổ chức xe đưa đón") if lodging.no_transport else _lines(*cars)),
    ]


def _isolation(dossier: Dossier, answers: Answers) -> list[Fact]:
    area = answers.isolation
    size = _("%(rooms)s phòng, %(beds)s giường") % {
        "rooms": _number(area.rooms),
        "beds": _number(area.beds),
    }
    return [
        Fact(_("Vị trí"), area.place or NONE),
        Fact(_("Sức chứa"), size),
        Fact(_("Phụ trách khu cách ly"), _person(area.keeper, area.keeper_phone)),
        Fact(_("Cơ sở y tế"), _person(area.health_unit, area.health_phone)),
    ]


def _meals(dossier: Dossier, answers: Answers) -> list[Fact]:
    meals = answers.meals
    facts = [Fact(_("Ai nấu"), str(dossier.get_caterer_display() or NONE))]
    if dossier.caterer == Caterer.EXTERNAL:
        facts += [
            Fact(_("Đơn vị cung cấp"), _lines(meals.name, meals.address)),
            Fact(_("Liên hệ của đơn vị"), _person(meals.contact, meals.phone)),
            Fact(_("An toàn thực phẩm"), meals.licence or NONE),
            Fact(_("Người phục vụ"), _number(meals.people)),
        ]
    else:
        facts.append(Fact(_("Người của bếp"), _number(meals.kitchen_people)))
    return [*facts, Fact(_("Chỗ ăn cùng lúc"), _number(meals.seats))]


def _testing(dossier: Dossier, answers: Answers) -> list[Fact]:
    testing = answers.testing
    return [
        Fact(_("Phương pháp"), str(dict(METHODS).get(testing.method or "", NONE))),
        Fact(_("Đơn vị xét nghiệm"), _person(testing.provider, testing.provider_phone)),
        Fact(_("Nơi lấy mẫu"), testing.place or NONE),
        Fact(_("Nhịp xét nghiệm"), _interval(testing.every_days)),
        Fact(_("Phụ trách xét nghiệm"), _person(testing.keeper, testing.keeper_phone)),
    ]


def _interval(days: int | None) -> str:
    return _("%(n)s ngày một lần") % {"n": days} if days else _("Theo Kế hoạch")


def _team(dossier: Dossier, answers: Answers) -> list[Fact]:
    team = answers.team
    people = [
        ", ".join(
            filter(
                None, [each.name, str(dict(ROLES).get(each.role or "", "")), each.area, vn_phone(each.phone)]
            )
        )
        for each in team.members
    ]
    return [
        Fact(_("Tổ An toàn COVID-19"), _lines(*people)),
        Fact(_("Đứng đầu tổ tự quản"), _person(team.self_head, team.self_phone)),
        Fact(_("Số người tổ tự quản"), _number(team.self_people)),
        Fact(_("Công an phối hợp"), _person(team.police, team.police_phone)),
        Fact(_("Nhóm nhắn tin"), _("Đã có") if team.has_group else _("Chưa có")),
    ]


_FACTS: dict[str, Callable[[Dossier, Answers], list[Fact]]] = {
    "work": _work,
    "lodging": _lodging,
    "isolation": _isolation,
    "meals": _meals,
    "testing": _testing,
    "team": _team,
}
