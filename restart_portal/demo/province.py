"""Seeding the demo province: accounts, teams, enterprises, and dossiers in every state."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

import plan
from applications import paper_numbers
from applications.models import Dossier
from journal import outbox
from organisations import agency_codes, demo_accounts, people, reference, registering
from organisations.models import AdminUnit, Agency, Enterprise, Post, Site, Team, TeamMember, User, Zone
from organisations.plan_in_force import rules_at
from organisations.roles import Role
from restart_portal.demo.firms import FIRMS, Firm
from restart_portal.demo.lives import LEFT_TO_THE_WORKER, LIVES, People, live
from restart_portal.demo.papers import email_of, make_papers, make_worker_list
from restart_portal.demo.talk import seed_talk

SINCE = date(2021, 1, 1)
FIRST, LAST = 2301, 2600  # reserved of the year's register
SECOND_LEADER = ("team2@tra-vinh.example", "Đoàn Thị Kim Ngân", "Phó Trưởng phòng, Tổ trưởng", "+84912555120")


class NotEmpty(Exception):
    """The database already has dossiers; a demo is seeded into an empty one."""


def seed(*, at: datetime, say: Callable[[str], object]) -> None:
    """Fills an empty database. Deterministic but for tokens and times, which follow `at`."""
    if Dossier.objects.exists():
        raise NotEmpty
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    reference.load(at=at)
    users = demo_accounts.load(at=at - timedelta(days=60))
    for year in {plan.local_day(at - timedelta(days=60)).year, plan.local_day(at).year}:
        paper_numbers.reserve(year=year, first=FIRST, last=LAST, by=users["office"], at=at)
    team = _teams(users, at=at)
    who = People(
        desk={agency_codes.LABOUR: users["dolisa"], agency_codes.ZONES: users["zone"]},
        office=users["office"],
        chairman=users["chairman"],
        leader=users["team"],
        team=team,
    )
    say("accounts and teams")
    with tempfile.TemporaryDirectory() as folder:
        for number, firm in enumerate(FIRMS):
            _live_firm(number, firm, who=who, users=users, folder=Path(folder), now=at)
            say(firm.name)
    seed_talk(users=users, at=at)
    while outbox.drain(now=lambda: at, leave=LEFT_TO_THE_WORKER):
        pass
    say("letters and messages")


def _teams(users: dict[str, User], *, at: datetime) -> Team:
    """Two teams with leaders; the demo's team leader has the first."""
    dolisa = Agency.objects.get(code=agency_codes.LABOUR)
    first, _made = Team.objects.get_or_create(
        number=1,
        defaults={"name": "Tổ kiểm tra số 1", "agency": dolisa, "basis": "Quyết định thành lập Tổ kiểm tra"},
    )
    second, _made = Team.objects.get_or_create(
        number=2,
        defaults={"name": "Tổ kiểm tra số 2", "agency": dolisa, "basis": "Quyết định thành lập Tổ kiểm tra"},
    )
    email, name, title, phone = SECOND_LEADER
    other = people.make_person(
        email=email, full_name=name, phone=phone, password=demo_accounts.PASSWORD, at=at, is_demo=True
    )
    Post.objects.create(user=other, agency=dolisa, role=Role.TEAM, title=title, since=SINCE)
    for team, leader in ((first, users["team"]), (second, other)):
        TeamMember.objects.get_or_create(team=team, user=leader, is_leader=True, defaults={"since": SINCE})
    return first


def _live_firm(
    number: int, firm: Firm, *, who: People, users: dict[str, User], folder: Path, now: datetime
) -> None:
    lives = [life for life in LIVES if life.firm == number]
    earliest = now - timedelta(hours=max((life.age for life in lives), default=24) + 96)
    owner = users["enterprise"] if number == 0 else people.make_person(
        email=email_of(firm), full_name=firm.contact, phone=firm.phone, password=demo_accounts.PASSWORD,
        at=earliest, is_demo=True,
    )  # fmt: skip
    sites = _register(firm, owner, at=earliest)
    if number < len(FIRMS) - 1:
        registering.confirm_claim(
            enterprise=Enterprise.objects.get(tax_code=firm.tax_code),
            by=who.desk[sites[0].receiving_agency.code],
            at=earliest + timedelta(hours=1),
        )
    if not lives:
        return
    slots = rules_at(earliest).phase(1).papers()
    files = make_papers(firm, slots, signed_on=plan.local_day(earliest), folder=folder)
    cap = rules_at(earliest).phase(1).cap(baseline=firm.workers).limit
    files["worker_list"] = make_worker_list(firm, count=cap, folder=folder)
    for life in lives:
        live(life, firm=firm, site=sites[life.site], files=files, people=who, owner=owner, now=now)


def _register(firm: Firm, owner: User, *, at: datetime) -> list[Site]:
    enterprise = registering.register_enterprise(
        by=owner, at=at, tax_code=firm.tax_code, name=firm.name, address=firm.sites[0][1],
        province=AdminUnit.objects.get(code="84"), phone=firm.phone, signer_name=firm.signer,
        signer_title=firm.title, signer_capacity="legal",
    )  # fmt: skip
    return [
        registering.add_site(
            enterprise=enterprise,
            by=owner,
            at=at,
            name=name,
            address=address,
            commune=AdminUnit.objects.select_related("parent").get(code=commune),
            zone=Zone.objects.get(code=zone) if zone else None,
        )
        for name, address, commune, zone in firm.sites
    ]
