"""The fixed cast: people, agencies and enterprises that tests name instead of building.

    officer = cast.make_dolisa_officer()
    site = cast.make_site(zone="long-duc")        # received by the Economic Zone Board
    client = cast.signed_in(officer)

Every maker may be called twice and gives the same person, so that tests need not pass people around.
Posts hold from 01/01/2021 on, whatever the day of the test.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import factory
from allauth.account.models import EmailAddress
from django.db.models import AutoField, Model
from django.test import Client
from django.utils import timezone

from documents.models import Counter
from organisations import reference, registering
from organisations.models import (
    AdminUnit,
    Agency,
    Enterprise,
    Holiday,
    Membership,
    Post,
    Site,
    Team,
    TeamBinding,
    TeamMember,
    User,
    Zone,
)
from organisations.roles import Role

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2021, 10, 14, 16, 20, tzinfo=HANOI)
SINCE = date(2021, 1, 1)
PASSWORD = "mat-khau-cua-vai-dien-2021"
TAX_CODE = "2100123457"
OTHER_TAX_CODE = "2100345675"


def instant(day: str, hour: str = "09:00") -> datetime:
    """A local instant from "2021-10-14" and "16:20"."""
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=HANOI)


class UserFactory(factory.django.DjangoModelFactory):
    """One person with a verified address."""

    class Meta:
        model = User
        django_get_or_create = ("email",)
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"nguoi-{n}@tra-vinh.example")
    full_name = "Nguyễn Văn An"
    phone = "+84912345678"
    date_joined = datetime(2021, 1, 1, tzinfo=HANOI)

    @factory.post_generation
    def ready(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if not self.password:
            self.set_password(PASSWORD)
            self.save()
        EmailAddress.objects.get_or_create(
            user=self, email=self.email, defaults={"verified": True, "primary": True}
        )


REFERENCE = (AdminUnit, Zone, Zone.districts.through, Agency, Holiday)
_loaded: dict[type[Model], list[Model]] = {}  # rows as `reference.load` made them, once for each process


def load_reference() -> None:
    """Units, zones, agencies, holidays and numbers for letters of the province, once a test.

    The first test of a process loads them as a province does; the others write the same rows again, which takes a
    tenth of the time.
    """
    if not Agency.objects.exists():
        if not _loaded:
            reference.load(at=AT)
            _loaded.update({model: list(model._default_manager.all()) for model in REFERENCE})
        else:
            for model, rows in _loaded.items():
                numbered = isinstance(model._meta.pk, AutoField)
                for row in rows:
                    row._state.adding = True
                    if numbered:
                        row.pk = None
                model._default_manager.bulk_create(rows)
        for year in {AT.year, timezone.localtime().year}:
            reserve_numbers(year=year)


def reserve_numbers(first: int = 1, last: int = 499, *, year: int = AT.year) -> None:
    """What the Office reserved for the portal: without it no letter of the Committee is signed there."""
    key = f"letters:PPC:{year}:UBND"
    Counter.objects.update_or_create(key=key, defaults={"next": first, "last": last})


def agency(code: str) -> Agency:
    """An agency of the plan by its code: PPC, PPCO, DOLISA, EZB, DOH, DIST-842 …"""
    load_reference()
    return Agency.objects.get(code=code)


def make_official(email: str, full_name: str, role: Role, agency_code: str, title: str, **post: Any) -> User:
    """An official with one post; `post` overrides its fields."""
    user: User = UserFactory(email=email, full_name=full_name)
    fields = {"title": title, "since": SINCE, **post}
    Post.objects.get_or_create(user=user, agency=agency(agency_code), role=role, defaults=fields)
    vars(user).pop("all_posts", None)
    return user


def make_dolisa_officer() -> User:
    return make_official(
        "tiep-nhan@tra-vinh.example", "Trần Thị Lan", Role.RECEIVING, "DOLISA", "Chuyên viên"
    )


def make_dolisa_head() -> User:
    return make_official(
        "giam-doc-so@tra-vinh.example", "Dương Quang Ngọc", Role.RECEIVING_HEAD, "DOLISA", "Giám đốc Sở"
    )


def make_zone_officer() -> User:
    return make_official(
        "khu-kinh-te@tra-vinh.example", "Phạm Minh Đức", Role.RECEIVING, "EZB", "Chuyên viên"
    )


def make_zone_head() -> User:
    return make_official(
        "truong-ban@tra-vinh.example", "Lê Hoàng Phúc", Role.RECEIVING_HEAD, "EZB", "Trưởng ban"
    )


def make_office_clerk() -> User:
    return make_official("van-phong@tra-vinh.example", "Huỳnh Thu Hà", Role.OFFICE, "PPCO", "Chuyên viên")


def make_chairman() -> User:
    return make_official("chu-tich@tra-vinh.example", "Võ Thanh Bình", Role.CHAIRMAN, "PPC", "Chủ tịch")


def make_vice_chairman() -> User:
    return make_official(
        "pho-chu-tich@tra-vinh.example", "Đặng Quốc Thịnh", Role.VICE_CHAIRMAN, "PPC", "Phó Chủ tịch"
    )


def make_leader() -> User:
    return make_official("lanh-dao@tra-vinh.example", "Bùi Thị Ánh", Role.LEADER, "PPC", "Ủy viên UBND tỉnh")


def make_team_leader() -> User:
    return make_official("to-truong@tra-vinh.example", "Ngô Văn Út", Role.TEAM, "DOLISA", "Tổ trưởng")


def make_team_member() -> User:
    return make_official("to-vien@tra-vinh.example", "Thạch Thị Sa Ry", Role.TEAM, "DOH", "Tổ viên")


def make_health() -> User:
    return make_official("so-y-te@tra-vinh.example", "Kim Ngọc Hạnh", Role.HEALTH, "DOH", "Chuyên viên")


def make_district(code: str = "842") -> User:
    return make_official(
        f"huyen-{code}@tra-vinh.example", "Mai Văn Tám", Role.DISTRICT, f"DIST-{code}", "Chuyên viên"
    )


def make_police() -> User:
    return make_official("cong-an@tra-vinh.example", "Hồ Trung Kiên", Role.POLICE, "POL", "Cán bộ")


def make_union() -> User:
    return make_official("cong-doan@tra-vinh.example", "Lý Thị Mai", Role.UNION, "UNION", "Cán bộ")


def make_department() -> User:
    return make_official("so-nganh@tra-vinh.example", "Tô Hữu Nghĩa", Role.DEPARTMENT, "DPI", "Chuyên viên")


def make_admin() -> User:
    return make_official(
        "quan-tri@tra-vinh.example", "Châu Minh Triết", Role.ADMIN, "PPCO", "Quản trị hệ thống"
    )


OFFICIALS = {
    "dolisa_officer": make_dolisa_officer,
    "dolisa_head": make_dolisa_head,
    "zone_officer": make_zone_officer,
    "zone_head": make_zone_head,
    "office_clerk": make_office_clerk,
    "chairman": make_chairman,
    "vice_chairman": make_vice_chairman,
    "leader": make_leader,
    "team_leader": make_team_leader,
    "team_member": make_team_member,
    "health": make_health,
    "district": make_district,
    "police": make_police,
    "union": make_union,
    "department": make_department,
    "admin": make_admin,
}


def make_person(email: str = "giam-doc@anh-duong.example", full_name: str = "Lê Thị Mỹ Ẩn") -> User:
    """A person of an enterprise, before or after claiming one."""
    user: User = UserFactory(email=email, full_name=full_name)
    return user


def make_enterprise(
    *, by: User | None = None, tax_code: str = TAX_CODE, name: str = "Công ty TNHH May mặc Ánh Dương",
    at: datetime = AT, confirmed: bool = True,
) -> Enterprise:  # fmt: skip
    """An enterprise claimed by `by` (the person above) and confirmed by DOLISA."""
    load_reference()
    if found := Enterprise.objects.filter(tax_code=tax_code).first():
        return found
    enterprise = registering.register_enterprise(
        by=by or make_person(),
        at=at,
        tax_code=tax_code,
        name=name,
        address="12 Nguyễn Đáng",
        province=AdminUnit.objects.get(pk="84"),
        phone="+842943555111",
        signer_name="Lê Thị Mỹ Ẩn",
        signer_title="Giám đốc",
        signer_capacity="legal",
    )
    if confirmed:
        registering.confirm_claim(enterprise=enterprise, by=make_dolisa_head(), at=at)
        enterprise.refresh_from_db()
    return enterprise


def make_other_enterprise(*, at: datetime = AT) -> Enterprise:
    """Somebody else's enterprise, for "the same role elsewhere"."""
    stranger = make_person("chu-co-so@cuu-long.example", "Phan Cửu Long")
    return make_enterprise(
        by=stranger, tax_code=OTHER_TAX_CODE, name="Công ty Cổ phần Thủy sản Cửu Long", at=at
    )


def make_colleague(enterprise: Enterprise | None = None, *, level: str = Membership.Level.PREPARE) -> User:
    """A second person of the enterprise, who may prepare."""
    user = make_person("ke-toan@anh-duong.example", "Đỗ Kim Ánh")
    Membership.objects.get_or_create(
        enterprise=enterprise or make_enterprise(),
        user=user,
        ended_at=None,
        defaults={"level": level, "since": AT},
    )
    return user


def make_site(
    enterprise: Enterprise | None = None, *, name: str = "Cơ sở Long Đức", zone: str | None = "long-duc",
    commune: str = "29263", at: datetime = AT,
) -> Site:  # fmt: skip
    """A site of the enterprise; with `zone=None` DOLISA receives it, in Long Đức park the Board does."""
    enterprise = enterprise or make_enterprise(at=at)
    if found := enterprise.sites.filter(name=name).first():
        return found
    return registering.add_site(
        enterprise=enterprise,
        by=enterprise.claimed_by,
        at=at,
        name=name,
        address="Lô C2",
        commune=AdminUnit.objects.get(pk=commune),
        zone=Zone.objects.get(pk=zone) if zone else None,
    )


def make_team(number: int = 1) -> Team:
    """Tổ kiểm tra số 1 of DOLISA: a leader and a member."""
    team, _ = Team.objects.get_or_create(
        number=number, defaults={"name": f"Tổ kiểm tra số {number}", "agency": agency("DOLISA")}
    )
    for user, leads in ((make_team_leader(), True), (make_team_member(), False)):
        TeamMember.objects.get_or_create(team=team, user=user, defaults={"is_leader": leads, "since": SINCE})
    return team


def bind_team(site: Site, team: Team | None = None, *, at: datetime = AT) -> TeamBinding:
    """Binds a team to a site, as assigning does."""
    binding, _ = TeamBinding.objects.get_or_create(
        site=site, ended_at=None,
        defaults={"team": team or make_team(), "bound_at": at, "bound_by": make_chairman()},
    )  # fmt: skip
    return binding


def signed_in(user: User | None, *, authenticated_at: float | None = None, **options: Any) -> Client:
    """A test client signed in as the person (nobody for None); `authenticated_at` is when, in epoch seconds."""
    client = Client(**options)
    if user is not None:
        client.force_login(user)
        if authenticated_at is not None:
            session = client.session
            session["account_authentication_methods"] = [
                {"method": "password", "at": authenticated_at, "email": user.email}
            ]
            # allauth ties the records to the person, so that they do not outlive a change of account.
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
    return client
