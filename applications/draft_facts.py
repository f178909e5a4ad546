"""What the drafted papers say of one enterprise, in words; what is missing leaves a gap and is remembered.

Values of the plan come from the rules in force on the day; `clause` gives the points they stand in.
"""

from collections.abc import Sequence
from datetime import date, time
from fractions import Fraction
from typing import Any

import plan
from applications import guards
from applications.models import Dossier
from applications.models.dossier import Caterer
from applications.plan_answers import Answers, Isolation, Lodging, Member, Method, Role, Shift, Testing
from documents.letterforms import GAP
from documents.letterforms.words import day, joined, number
from organisations.models import Representative
from organisations.models.permit import Mode
from organisations.plan_in_force import law, rules_on
from pages.folding import fold
from pages.templatetags.ui import vn_phone

MODES = {
    Mode.THREE_ON_SITE: "ba tại chỗ (làm việc, ăn và nghỉ tại cơ sở)",
    Mode.ONE_ROUTE: "một cung đường, hai điểm đến (từ nơi ở tập trung đến cơ sở và ngược lại)",
    Mode.DAILY: "đi về hằng ngày có kiểm soát",
    Mode.MIXED: "kết hợp giữa ở lại cơ sở và đi về có kiểm soát",
}
METHODS = {
    Method.RAPID: "xét nghiệm nhanh kháng nguyên",
    Method.PCR: "xét nghiệm RT-PCR (có thể gộp mẫu)",
    Method.BOTH: "xét nghiệm nhanh kháng nguyên, kết hợp RT-PCR khi cần khẳng định",
}
ROLES = {Role.HEAD: "Tổ trưởng", Role.DEPUTY: "Tổ phó", Role.MEMBER: "Tổ viên"}
WEEKDAYS = {
    "monday": "thứ hai", "tuesday": "thứ ba", "wednesday": "thứ tư", "thursday": "thứ năm",
    "friday": "thứ sáu", "saturday": "thứ bảy", "sunday": "chủ nhật",
}  # fmt: skip
# A name that begins with what the place is needs no other word before it.
KINDS = ("co so", "xuong", "nha may", "phan xuong", "chi nhanh", "xi nghiep", "kho ", "trai ")
CLOSED = (Mode.THREE_ON_SITE, Mode.MIXED)


class Facts:
    """The facts of one dossier on one day. Reading a missing one gives GAP and adds it to `missing`.

    `missing` gives of each name the place where it is asked: the part of the answers or of the plan, and the field
    there, as "meals#phone".
    """

    def __init__(self, dossier: Dossier, answers: Answers, *, on: date, forms_words: str = "") -> None:
        self.dossier, self.answers, self.on, self.forms_words = dossier, answers, on, forms_words
        self.rules = rules_on(on)
        self.phase = self.rules.phase(dossier.phase)
        self.values = self.phase.section
        self.missing: dict[str, str] = {}
        self.firm = dossier.site.enterprise.name
        self.tax_code = dossier.site.enterprise.tax_code
        self.site = site_in_text(dossier.site.name)
        self.place = dossier.site.place
        self.agency = dossier.receiving_agency.name

    # --- what is asked of the enterprise ---

    def known(self, value: Any, what: str, place: str) -> str:
        """The value in words, or a gap whose name is remembered with the place where it is asked."""
        if value in (None, ""):
            self.missing.setdefault(what, place)
            return GAP
        return number(value) if isinstance(value, int) else str(value).strip()

    def phone(self, value: str, what: str, place: str) -> str:
        """A telephone number as it is written here."""
        return self.known(vn_phone(value) if value else "", what, place)

    @property
    def plan_name(self) -> str:
        """The plan with its number, if it has one."""
        text = law()
        return f"{text.title} (số {text.number})" if text.number else str(text.title)

    @property
    def authority(self) -> str:
        """The People's Committee."""
        return str(law().province.authority)

    @property
    def mode(self) -> str:
        mode = self.dossier.mode
        return self.known(MODES.get(Mode(mode)) if mode else "", "Hình thức sản xuất", "work#mode_0")

    @property
    def is_closed(self) -> bool:
        """Whether workers stay at the site, all or some of them."""
        return self.dossier.mode in CLOSED

    @property
    def has_lodging(self) -> bool:
        return not self.answers.lodging.none

    @property
    def start(self) -> str:
        start = self.dossier.requested_start_on
        return self.known(day(start) if start else "", "Ngày muốn bắt đầu", "production#requested_start_on")

    @property
    def signer(self) -> str:
        return self.known(self.dossier.signer_name, "Họ tên người ký", "signer#signer_name")

    @property
    def signer_title(self) -> str:
        return self.known(self.dossier.signer_title, "Chức danh người ký", "signer#signer_title")

    @property
    def signs_by_authority(self) -> bool:
        return self.dossier.signer_capacity == Representative.Capacity.AUTHORISED

    @property
    def contact(self) -> str:
        """Whom to call about the dossier."""
        name = self.known(self.dossier.contact_name, "Người liên hệ", "signer#contact_name")
        phone = self.phone(self.dossier.contact_phone, "Điện thoại liên hệ", "signer#contact_phone")
        return f"{name}, điện thoại {phone}"

    # --- people and shifts ---

    @property
    def baseline(self) -> str:
        return self.known(self.dossier.baseline, "Số lao động hiện có của cơ sở", "baseline#baseline")

    @property
    def cap(self) -> Any:
        """The cap of the first month by the law of the day; None without a baseline."""
        return guards.cap_by(self.phase, self.dossier)

    @property
    def people(self) -> str:
        return self.known(self.answers.people, "Số người của từng ca", "work#shifts-0-people")

    @property
    def products(self) -> str:
        return self.known(self.answers.work.products, "Sản phẩm, ngành nghề", "work#products")

    @property
    def shifts(self) -> Sequence[Shift]:
        return self.answers.work.shifts

    def shift_words(self) -> str:
        """ "Ca sáng từ 06 giờ 00 phút đến 14 giờ 00 phút và Ca chiều từ …"."""
        if not self.shifts:
            return self.known("", "Các ca làm việc", "work#shifts-0-name")
        return joined([f"{self.shift_name(i)} {self.hours(i)}" for i in range(len(self.shifts))])

    def shift_name(self, place: int) -> str:
        return self.shifts[place].name or f"Ca {place + 1}"

    def hours(self, place: int) -> str:
        shift, field = self.shifts[place], f"work#shifts-{place}"
        name = shift.name or "ca"
        return (
            f"từ {self._hour(shift.starts, name, f'{field}-starts')} "
            f"đến {self._hour(shift.ends, name, f'{field}-ends')}"
        )

    def _hour(self, at: time | None, name: str, place: str) -> str:
        return self.known(f"{at:%H} giờ {at:%M} phút" if at else "", f"Giờ của {name}", place)

    # --- the safety team ---

    @property
    def head(self) -> str:
        """The team's head with phone: whom everybody calls first."""
        for place, member in enumerate(self.answers.team.members):
            if member.role == Role.HEAD:
                return self._person(member, f"team#members-{place}")
        return self.known("", "Tổ trưởng Tổ An toàn COVID-19", "team#members-0-name")

    def _person(self, member: Member, place: str) -> str:
        """Name and phone."""
        name = self.known(member.name, "Họ tên người của Tổ An toàn COVID-19", f"{place}-name")
        phone = self.phone(member.phone, f"Điện thoại của {name}", f"{place}-phone")
        return f"{name} (điện thoại {phone})"

    def _keeper(self, part: Isolation | Testing | Lodging, place: str, what: str) -> str:
        """A person in charge of something, with phone."""
        found = self.known(part.keeper, f"Người phụ trách {what}", f"{place}#keeper")
        words = f"Điện thoại người phụ trách {what}"
        return f"{found} (điện thoại {self.phone(part.keeper_phone, words, f'{place}#keeper_phone')})"

    @property
    def lodging_keeper(self) -> str:
        """Who is in charge of where the workers sleep, with phone."""
        return self._keeper(self.answers.lodging, "lodging", "nơi ở")

    @property
    def self_head(self) -> str:
        """Who leads the self-management team."""
        team = self.answers.team
        found = self.known(team.self_head, "Người phụ trách tổ tự quản", "team#self_head")
        phone = self.phone(team.self_phone, "Điện thoại người phụ trách tổ tự quản", "team#self_phone")
        return f"{found} (điện thoại {phone})"

    @property
    def police(self) -> str:
        """The police that the self-management team works with."""
        team = self.answers.team
        found = self.known(team.police, "Công an phối hợp", "team#police")
        return (
            f"{found} (điện thoại {self.phone(team.police_phone, 'Điện thoại công an', 'team#police_phone')})"
        )

    @property
    def isolation_keeper(self) -> str:
        return self._keeper(self.answers.isolation, "isolation", "khu cách ly")

    @property
    def testing_keeper(self) -> str:
        return self._keeper(self.answers.testing, "testing", "xét nghiệm")

    @property
    def health_unit(self) -> str:
        area = self.answers.isolation
        unit = self.known(area.health_unit, "Cơ sở y tế báo tin", "isolation#health_unit")
        phone = self.phone(area.health_phone, "Điện thoại cơ sở y tế", "isolation#health_phone")
        return f"{unit} (điện thoại {phone})"

    @property
    def isolation_place(self) -> str:
        return self.known(self.answers.isolation.place, "Vị trí khu cách ly", "isolation#place")

    @property
    def isolation_rooms(self) -> str:
        """How many rooms are kept for isolation."""
        return self.known(self.answers.isolation.rooms, "Số phòng cách ly", "isolation#rooms")

    @property
    def isolation_beds(self) -> str:
        """How many beds stand in those rooms."""
        return self.known(self.answers.isolation.beds, "Số giường cách ly", "isolation#beds")

    @property
    def method(self) -> str:
        method = self.answers.testing.method
        return self.known(METHODS[method] if method else "", "Phương pháp xét nghiệm", "testing#method_0")

    @property
    def provider(self) -> str:
        testing = self.answers.testing
        unit = self.known(testing.provider, "Đơn vị xét nghiệm", "testing#provider")
        phone = self.phone(testing.provider_phone, "Điện thoại đơn vị xét nghiệm", "testing#provider_phone")
        return f"{unit} (điện thoại {phone})"

    @property
    def is_external(self) -> bool:
        """Whether somebody outside cooks."""
        return self.dossier.caterer != Caterer.IN_HOUSE

    @property
    def caterer(self) -> str:
        return self.known(self.answers.meals.name, "Tên đơn vị cung cấp suất ăn", "meals#name")

    @property
    def caterers(self) -> str:
        """How many people the caterer sends."""
        return self.known(self.answers.meals.people, "Số người của đơn vị suất ăn", "meals#people")

    @property
    def cooks(self) -> str:
        """How many people work in the site's own kitchen."""
        return self.known(self.answers.meals.kitchen_people, "Số người của bếp cơ sở", "meals#kitchen_people")

    @property
    def seats(self) -> str:
        """How many people eat at one time."""
        return self.known(self.answers.meals.seats, "Số chỗ ăn cùng lúc", "meals#seats")

    # --- the law of the day ---

    def whole(self, path: str) -> int:
        """A whole number of the phase, e.g. "fitness.test_age"."""
        return int(self.values.whole(path).value)

    def has(self, path: str) -> bool:
        return bool(self.values.has(path))

    def clause(self, *paths: str) -> str:
        """The points of the plan that these values stand in, each once; what is not in the plan is left out."""
        found = (self.values.row(path).clause for path in paths)
        return ", ".join(dict.fromkeys(each for each in found if each != plan.NOT_IN_THE_PLAN))

    def slot_clause(self, slot: str) -> str:
        """The clause that asks for a paper."""
        return next((each.clause for each in self.phase.slots() if each.code == slot), "")

    def share(self, path: str) -> str:
        """ "toàn bộ", "50%", "1/3"."""
        return share_words(self.values.share_of(path).value)

    def weekday(self, path: str) -> str:
        """ "thứ sáu"."""
        return WEEKDAYS[self.values.word(path).value]

    @property
    def first_phase(self) -> bool:
        return self.dossier.phase == 1

    @property
    def round_days(self) -> int:
        """Days between two rounds of everybody: the plan's, or fewer where the enterprise chose so."""
        most = self.whole("duties.screening_all.due")
        return min(self.answers.testing.every_days or most, most)


def site_in_text(name: str) -> str:
    """A site inside a sentence: "cơ sở Dừa sấy Càng Long", but "Xưởng may Long Đức"."""
    return name if fold(name).startswith(KINDS) else f"cơ sở {name}"


def share_words(share: Fraction) -> str:
    """A share as a Vietnamese paper says it."""
    if share == 1:
        return "toàn bộ"
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{share.numerator}/{share.denominator}"
