"""The demo province's accounts: one a role, one password, refused wherever the portal is no demo."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from organisations import agency_codes, people
from organisations.models import Agency, Post, User
from organisations.roles import Role

PASSWORD = "restart-portal"
DOMAIN = "tra-vinh.example"
SINCE = date(2021, 1, 1)


class NotADemo(Exception):
    """The portal is not in demo mode."""


@dataclass(frozen=True)
class Account:
    """An official of the demo: address before the @, name, and the post."""

    name: str
    full_name: str
    role: Role
    agency: str
    title: str
    phone: str

    @property
    def email(self) -> str:
        """The address that signs in."""
        return f"{self.name}@{DOMAIN}"


ENTERPRISE = f"enterprise@{DOMAIN}"
ENTERPRISE_NAME, ENTERPRISE_PHONE = "Lê Thị Mỹ Ẩn", "+84912555101"
OFFICIALS = (
    Account(
        "dolisa",
        "Trần Thị Lan",
        Role.RECEIVING,
        agency_codes.LABOUR,
        "Chuyên viên Phòng Lao động",
        "+84912555102",
    ),
    Account(
        "dolisa2",
        "Lâm Thị Sa Ry",
        Role.RECEIVING,
        agency_codes.LABOUR,
        "Chuyên viên Phòng Lao động",
        "+84912555113",
    ),
    Account(
        "dolisa.head",
        "Dương Quang Ngọc",
        Role.RECEIVING_HEAD,
        agency_codes.LABOUR,
        "Phó Giám đốc Sở",
        "+84912555114",
    ),
    Account(
        "zone",
        "Phạm Minh Đức",
        Role.RECEIVING,
        agency_codes.ZONES,
        "Chuyên viên Phòng Quản lý doanh nghiệp",
        "+84912555103",
    ),
    Account(
        "team",
        "Ngô Văn Út",
        Role.TEAM,
        agency_codes.LABOUR,
        "Phó Trưởng phòng, Tổ trưởng Tổ kiểm tra",
        "+84912555104",
    ),
    Account(
        "health",
        "Kim Ngọc Hạnh",
        Role.HEALTH,
        agency_codes.HEALTH,
        "Chuyên viên Phòng Nghiệp vụ Y",
        "+84912555105",
    ),
    Account(
        "office",
        "Huỳnh Thu Hà",
        Role.OFFICE,
        agency_codes.OFFICE,
        "Chuyên viên Phòng Kinh tế",
        "+84912555106",
    ),
    Account("chairman", "Võ Thanh Bình", Role.CHAIRMAN, agency_codes.PROVINCE, "Chủ tịch", "+84912555107"),
    Account(
        "vice", "Thạch Thị Hoa", Role.VICE_CHAIRMAN, agency_codes.PROVINCE, "Phó Chủ tịch", "+84912555115"
    ),
    Account("leader", "Bùi Thị Ánh", Role.LEADER, agency_codes.PROVINCE, "Ủy viên UBND tỉnh", "+84912555108"),
    Account("district", "Mai Văn Tám", Role.DISTRICT, "DIST-842", "Chuyên viên", "+84912555109"),
    Account("police", "Hồ Trung Kiên", Role.POLICE, agency_codes.POLICE, "Cán bộ", "+84912555110"),
    Account("union", "Lý Thị Mai", Role.UNION, agency_codes.UNION, "Cán bộ", "+84912555111"),
    Account("admin", "Châu Minh Triết", Role.ADMIN, agency_codes.OFFICE, "Quản trị hệ thống", "+84912555112"),
)


@transaction.atomic
def load(*, at: datetime) -> dict[str, User]:
    """Makes the accounts that are missing and returns all, by the part before the @. NotADemo elsewhere."""
    if not settings.DEMO:
        raise NotADemo
    users = {"enterprise": _person(ENTERPRISE, ENTERPRISE_NAME, ENTERPRISE_PHONE, at=at)}
    agencies = {row.code: row for row in Agency.objects.all()}
    for account in OFFICIALS:
        user = _person(account.email, account.full_name, account.phone, at=at)
        fields = {"title": account.title, "since": SINCE}
        Post.objects.get_or_create(
            user=user, agency=agencies[account.agency], role=account.role, defaults=fields
        )
        users[account.name] = user
    return users


def _person(email: str, full_name: str, phone: str, *, at: datetime) -> User:
    found = User.objects.filter(email=email).first()
    return found or people.make_person(
        email=email, full_name=full_name, phone=phone, password=PASSWORD, at=at, is_demo=True
    )
