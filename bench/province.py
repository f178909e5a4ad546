"""The province of the bench: officials, teams, enterprises, sites, and through bench/dossiers.py their dossiers.

    made = Province(at=now)
    made.add(list(cases(dossiers=5_000, enterprises=2_500)))

Rows are written in bulk and look as the verbs would have left them; `add` may be called again with more cases.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from stdnum.vn import mst

from bench.cases import Case
from bench.dossiers import Batch, Setting
from organisations import demo_accounts, reference
from organisations.models import (
    AdminUnit,
    Agency,
    Enterprise,
    Holiday,
    Membership,
    Representative,
    Site,
    Team,
    TeamMember,
    User,
    Zone,
)  # fmt: skip
from pages.folding import fold, sort_key

CHUNK = 2_000
KINDS = ("Công ty TNHH", "Công ty Cổ phần", "Công ty TNHH MTV", "Doanh nghiệp tư nhân")
TRADES = (
    "May mặc", "Thủy sản", "Giày da", "Dừa sấy", "Bao bì", "Cơ khí", "Lương thực", "Điện tử", "Dệt nhuộm",
    "Gạch tuynel", "Dược phẩm", "Đông lạnh", "Nhựa", "Than gáo dừa", "Thức ăn chăn nuôi", "Chế biến gạo",
)  # fmt: skip
NAMES = (
    "Ánh Dương", "Cửu Long", "Mỹ Ẩn", "Long Toàn", "Đại Phúc", "Bến Có", "Thành Đạt", "Hưng Thịnh", "Sông Hậu",
    "Trà Vinh Xanh", "Nhị Long", "Đức Hòa", "Tân An", "Phước Lộc", "Vĩnh Kim", "Hòa Bình", "Đôn Châu",
)  # fmt: skip
PEOPLE = ("Lê Thị Mỹ Ẩn", "Thạch Sa Ry", "Phạm Văn Đằng", "Kim Thị Sa Vann", "Nguyễn Hữu Đạt", "Trần Thị Ửng")


class Province:
    """Officials and reference data first; enterprises and dossiers as cases are added."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.since = at - timedelta(days=200)
        reference.load(at=at)
        self.users = demo_accounts.load(at=self.since)
        self.agencies = {row.code: row for row in Agency.objects.order_by("pk")}
        self.communes = list(
            AdminUnit.objects.filter(parent__parent="84").select_related("parent").order_by("code")
        )
        self.zone = Zone.objects.get(pk="long-duc")
        self.firms: dict[int, Enterprise] = {}
        self.owners: dict[int, User] = {}
        self.dice = random.Random(84)
        self.setting = Setting(
            desk={"DOLISA": self.users["dolisa"], "EZB": self.users["zone"]},
            office=self.users["office"], chairman=self.users["chairman"], leader=self.users["team"],
            teams=self._teams(), committee=self.agencies["PPC"], days=Holiday.days(), at=at,
        )  # fmt: skip

    def add(self, wanted: Sequence[Case]) -> None:
        """Makes the enterprises that are missing, the sites, and the dossiers; ends in fresh statistics."""
        self._add_firms(sorted({case.firm for case in wanted} - set(self.firms)))
        sites = [self._site(case) for case in wanted]
        Site.objects.bulk_create(sites, CHUNK)
        batch = Batch(self.setting)
        for case, site in zip(wanted, sites, strict=True):
            batch.add(case, site, owner=self.owners[case.firm])
        batch.write()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _teams(self) -> list[Team]:
        teams = Team.objects.bulk_create(
            Team(number=n, name=f"Tổ kiểm tra số {n}", agency=self.agencies["DOLISA"]) for n in range(1, 7)
        )
        leads = [(team, self.users["team"], True) for team in teams]
        members = [(team, self.users["health"], False) for team in teams]
        TeamMember.objects.bulk_create(
            TeamMember(team=team, user=user, is_leader=is_leader, since=self.since.date())
            for team, user, is_leader in leads + members
        )
        return teams

    def _add_firms(self, numbers: Sequence[int]) -> None:
        owners = [self._owner(number) for number in numbers]
        User.objects.bulk_create(owners, CHUNK)
        self.owners |= dict(zip(numbers, owners, strict=True))
        firms = [self._firm(number) for number in numbers]
        Enterprise.objects.bulk_create(firms, CHUNK)
        self.firms |= dict(zip(numbers, firms, strict=True))
        Membership.objects.bulk_create(
            [
                Membership(enterprise=self.firms[n], user=self.owners[n], level="submit", since=self.since)
                for n in numbers
            ],
            CHUNK,
        )
        Representative.objects.bulk_create(
            [
                Representative(
                    enterprise=self.firms[n], full_name=self.owners[n].full_name, title="Giám đốc", capacity="legal",
                    since=self.since.date(),
                )
                for n in numbers
            ],
            CHUNK,
        )  # fmt: skip

    def _owner(self, number: int) -> User:
        return User(
            email=f"doanh-nghiep-{number}@tra-vinh.example", full_name=PEOPLE[number % len(PEOPLE)],
            phone=f"+849{number:08d}", password="!", date_joined=self.since,
        )  # fmt: skip

    def _firm(self, number: int) -> Enterprise:
        name = f"{KINDS[number % 4]} {TRADES[number % 16]} {NAMES[number % 17]} {number}"
        code = tax_code(number)
        confirmed: dict[str, Any] = {"confirmed_at": self.since, "confirmed_by": self.users["dolisa"]}
        return Enterprise(
            tax_code=code, name=name, address="Quốc lộ 53", province_id="84", phone=f"+842943{number:06d}",
            claimed_at=self.since, claimed_by=self.owners[number], search=fold(f"{name} {code}"),
            sort_key=sort_key(name), **(confirmed if number % 50 else {}),
        )  # fmt: skip

    def _site(self, case: Case) -> Site:
        firm = self.firms[case.firm]
        commune = self.dice.choice(self.communes)
        name = f"Xưởng {TRADES[case.firm % 16].lower()} {commune.name}"
        return Site(
            enterprise=firm, name=name, address=f"Ấp {case.number % 9 + 1}", commune=commune,
            district=commune.parent, zone=self.zone if case.in_zone else None,
            receiving_agency=self.agencies["EZB" if case.in_zone else "DOLISA"], created_at=self.since,
            created_by=self.owners[case.firm], search=fold(f"{name} {firm.name} {firm.tax_code}"),
            sort_key=sort_key(name),
        )  # fmt: skip


def tax_code(number: int) -> str:
    """The tax code of a firm: every tenth stem has none, since its check digit would be 10."""
    stem = f"2100{number:05d}"
    digit = mst.calc_check_digit(stem)
    return stem + digit if len(digit) == 1 else tax_code(number + 50_000)
