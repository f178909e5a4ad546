"""The six parts of the plan's questionnaire as forms: plain fields, and rows that may be added and dropped."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms import plan_fields as fields
from applications.models.dossier import Caterer
from applications.plan_answers import Method, Role
from organisations.models.permit import Mode

METHODS = (
    (Method.RAPID.value, _("Xét nghiệm nhanh kháng nguyên")),
    (Method.PCR.value, _("RT-PCR")),
    (Method.BOTH.value, _("Cả hai")),
)
ROLES = (
    (Role.HEAD.value, _("Tổ trưởng")),
    (Role.DEPUTY.value, _("Tổ phó")),
    (Role.MEMBER.value, _("Tổ viên")),
)


class WorkForm(forms.Form):
    """What is made and how people work."""

    mode = fields.choice(_("Hình thức sản xuất"), Mode.choices, radios=True)
    products = fields.text(
        _("Sản phẩm, ngành nghề"), most=200, hint=_("Ví dụ: may mặc xuất khẩu, chế biến thủy sản đông lạnh")
    )


class ShiftForm(forms.Form):
    """One shift."""

    name = fields.text(_("Tên ca"), most=40)
    starts = fields.TimeOfDayField(label=_("Bắt đầu"), required=False)
    ends = fields.TimeOfDayField(label=_("Kết thúc"), required=False)
    people = fields.count(_("Số người"))


class LodgingForm(forms.Form):
    """Who looks after the lodging; how people come and go."""

    none = fields.tick(
        _("Không bố trí chỗ ở tập trung"), hint=_("Chọn khi tất cả người lao động về nhà hằng ngày")
    )
    keeper = fields.name(_("Người phụ trách nơi ở"))
    keeper_phone = fields.phone(_("Điện thoại người phụ trách nơi ở"))
    no_transport = fields.tick(
        _("Không tổ chức xe đưa đón"), hint=_("Chọn khi không có xe nào của cơ sở đưa đón người lao động")
    )


class RoomsForm(forms.Form):
    """Rooms of one kind in one place."""

    place = fields.text(_("Nơi ở"), most=120)
    rooms = fields.count(_("Số phòng"))
    beds = fields.count(_("Tổng số giường"))


class VehiclesForm(forms.Form):
    """Vehicles of one kind."""

    kind = fields.text(_("Loại xe"), most=60)
    count = fields.count(_("Số xe"))
    seats = fields.count(_("Chỗ ngồi mỗi xe"))
    route = fields.text(_("Tuyến đường"), most=200)


class IsolationForm(forms.Form):
    """The isolation area."""

    place = fields.text(
        _("Vị trí khu cách ly"), most=200, hint=_("Ví dụ: dãy nhà phía bắc, có lối đi riêng ra cổng số 2")
    )
    rooms = fields.count(_("Số phòng"))
    beds = fields.count(_("Số giường"))
    keeper = fields.name(_("Người phụ trách khu cách ly"))
    keeper_phone = fields.phone(_("Điện thoại người phụ trách"))
    health_unit = fields.text(
        _("Cơ sở y tế gọi khi có người nghi nhiễm"), hint=_("Ví dụ: Trạm Y tế xã, Trung tâm Y tế huyện")
    )
    health_phone = fields.phone(_("Điện thoại cơ sở y tế"))


class MealsForm(forms.Form):
    """Who cooks, and where people eat."""

    caterer = fields.choice(_("Ai nấu ăn cho người lao động?"), Caterer.choices, radios=True)
    name = fields.text(_("Tên đơn vị cung cấp suất ăn"), hint=_("Các ô về đơn vị: để trống nếu cơ sở tự nấu"))
    address = fields.text(_("Địa chỉ đơn vị"), most=200)
    contact = fields.name(_("Người liên hệ của đơn vị"))
    phone = fields.phone(_("Điện thoại của đơn vị"))
    licence = fields.text(
        _("Giấy chứng nhận an toàn thực phẩm"), hint=_("Số và ngày cấp, hoặc bản cam kết của đơn vị")
    )
    people = fields.count(_("Số người của đơn vị phục vụ cơ sở"))
    kitchen_people = fields.count(_("Số người của bếp cơ sở"), hint=_("Để trống nếu đơn vị bên ngoài nấu"))
    seats = fields.count(_("Số chỗ ăn cùng lúc"))


class TestingForm(forms.Form):
    """How workers are tested."""

    __test__ = False

    method = fields.choice(_("Phương pháp xét nghiệm"), METHODS, radios=True)
    provider = fields.text(_("Đơn vị lấy mẫu, xét nghiệm"))
    provider_phone = fields.phone(_("Điện thoại đơn vị xét nghiệm"))
    place = fields.text(_("Nơi lấy mẫu tại cơ sở"))
    every_days = fields.count(_("Số ngày giữa hai đợt"), least=1)
    keeper = fields.name(_("Người phụ trách xét nghiệm"))
    keeper_phone = fields.phone(_("Điện thoại người phụ trách"))


class TeamForm(forms.Form):
    """The self-management team for security and order."""

    self_head = fields.name(_("Người đứng đầu tổ tự quản"))
    self_phone = fields.phone(_("Điện thoại người đứng đầu"))
    self_people = fields.count(_("Số người của tổ tự quản"))
    police = fields.text(_("Công an phối hợp"), hint=_("Ví dụ: Công an xã Long Đức"))
    police_phone = fields.phone(_("Điện thoại công an"))
    has_group = fields.tick(
        _("Đã có nhóm nhắn tin của tổ tự quản, công an và y tế"), hint=_("Không cần ghi địa chỉ nhóm")
    )


class MemberForm(forms.Form):
    """One person of the safety team."""

    name = fields.name(_("Họ tên"))
    role = fields.choice(_("Vai trò"), ROLES)
    area = fields.text(_("Phụ trách khu, ca"), most=80)
    phone = fields.phone(_("Điện thoại"))


@dataclass(frozen=True)
class RowShape:
    """Rows of one kind: their form, their heading, the word for one, how many are shown and allowed."""

    form: type[forms.Form]
    title: Any
    one: Any
    add: Any
    shown: int = 1
    most: int = 40


@dataclass(frozen=True)
class PartShape:
    """A part: its form, its rows, what the dossier itself holds, and the order on the page.

    `order` names fields, pairs of fields side by side, rows ("@shifts") and headings ("#self").
    """

    form: type[forms.Form]
    order: tuple[str | tuple[str, ...], ...]
    rows: dict[str, RowShape] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    headings: dict[str, Any] = field(default_factory=dict)


SHAPES: dict[str, PartShape] = {
    "work": PartShape(
        WorkForm,
        ("mode", "products", "@shifts"),
        {"shifts": RowShape(ShiftForm, _("Các ca làm việc"), _("Ca"), _("Thêm ca"), 2, 12)},
        ("mode",),
    ),
    "lodging": PartShape(
        LodgingForm,
        ("none", "@rooms", ("keeper", "keeper_phone"), "no_transport", "@vehicles"),
        {
            "rooms": RowShape(RoomsForm, _("Nơi ở của người lao động"), _("Nơi ở"), _("Thêm nơi ở")),
            "vehicles": RowShape(VehiclesForm, _("Xe đưa đón"), _("Xe"), _("Thêm xe")),
        },
    ),
    "isolation": PartShape(
        IsolationForm,
        ("place", ("rooms", "beds"), ("keeper", "keeper_phone"), ("health_unit", "health_phone")),
    ),
    "meals": PartShape(
        MealsForm,
        ("caterer", "name", "address", ("contact", "phone"), "licence", "people", ("kitchen_people", "seats")),
        columns=("caterer",),
    ),
    "testing": PartShape(
        TestingForm,
        ("method", ("provider", "provider_phone"), "place", "every_days", ("keeper", "keeper_phone")),
    ),
    "team": PartShape(
        TeamForm,
        ("@members", "#self", ("self_head", "self_phone"), "self_people", ("police", "police_phone"), "has_group"),
        {
            "members": RowShape(
                MemberForm, _("Tổ An toàn COVID-19"), _("Người"), _("Thêm người"), 3, 60
            )
        },
        headings={"self": _("Tổ tự quản về an ninh, trật tự")},
    ),
}  # fmt: skip
