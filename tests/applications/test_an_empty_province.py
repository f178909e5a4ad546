"""A province's first dossier, from an empty table of people to an assigned team: every step by its own door."""

from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Dossier
from applications.states import State
from journal import outbox
from organisations.models import Enterprise, Site, Team, TeamMember, User
from organisations.roles import Role
from tests import cast
from tests.applications.making import NOT_BOUND
from tests.applications.test_enterprise_path import fill_in

pytestmark = pytest.mark.django_db
OFFICIALS = {
    "lan": ("Trần Thị Lan", "DOLISA", Role.RECEIVING, "Chuyên viên"),
    "ut": ("Ngô Văn Út", "DOLISA", Role.TEAM, "Trưởng phòng"),
    "sary": ("Thạch Thị Sa Ry", "DOH", Role.TEAM, "Chuyên viên"),
    "ha": ("Huỳnh Thu Hà", "PPCO", Role.OFFICE, "Chuyên viên"),
}


@pytest.fixture(autouse=True)
def morning(settings: Any) -> Any:
    settings.DEMO = False
    with time_machine.travel(cast.instant("2021-10-14", "08:20"), tick=True):
        yield


def link_of(text: str) -> str:
    """The address of an invitation in a letter or on a screen, without its host."""
    return next(
        word[word.index("/accounts/invitation/") :] for word in text.split() if "/invitation/" in word
    )


def accept(text: str, name: str) -> Client:
    """Opens an invitation and makes the account."""
    client = Client()
    client.get(link_of(text))
    secret = {"password1": cast.PASSWORD, "password2": cast.PASSWORD}
    answer = client.post(
        reverse("organisations:accept_invitation"), {"full_name": name, "phone": "0912345678", **secret}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return client


def administrator() -> Client:
    out = StringIO()
    call_command("first_admin", "triet@tra-vinh.example", "Châu Minh Triết", stdout=out)
    return accept(out.getvalue(), "Châu Minh Triết")


def invited(admin: Client, key: str) -> Client:
    """Somebody whom the administrator invites, signed in by the letter."""
    name, agency, role, title = OFFICIALS[key]
    asked = {
        "full_name": name, "email": f"{key}@tra-vinh.example", "agency": cast.agency(agency).pk, "role": role,
        "title": title, "since": "14/10/2021",
    }  # fmt: skip
    assert admin.post(reverse("organisations:invite_official"), asked).status_code == 302
    outbox.drain(now=timezone.now, leave=NOT_BOUND)
    return accept(str(mail.outbox[-1].body), name)


def the_team(client: Client, **changes: Any) -> Any:
    people = {user.email.partition("@")[0]: user.pk for user in User.objects.all()}
    return client.post(reverse("organisations:new_team"), {
        "number": "1", "name": "Tổ kiểm tra số 1", "agency": cast.agency("DOLISA").pk,
        "basis": "Quyết định 2101/QĐ-UBND ngày 01/10/2021", "leader": people["ut"], "members": [people["sary"]],
        "since": "14/10/2021", **changes,
    })  # fmt: skip


def firm() -> Client:
    """A newcomer signs up, claims an enterprise and adds a site that DOLISA receives."""
    client, secret = Client(), {"password1": cast.PASSWORD, "password2": cast.PASSWORD}
    person = {"full_name": "Lê Thị Mỹ Ẩn", "email": "an@anh-duong.example", "phone": "0912345678"}
    assert client.post(reverse("account_signup"), person | secret).status_code == 302
    letter = str(mail.outbox[-1].body)
    client.post(
        next(word[word.index("/accounts/") :] for word in letter.split() if "/confirm-email/" in word)
    )
    client.post(reverse("account_login"), {"login": person["email"], "password": cast.PASSWORD})
    client.post(reverse("organisations:claim"), {
        "tax_code": cast.TAX_CODE, "name": "Công ty Ánh Dương", "address": "12 Nguyễn Đáng", "province": "84",
        "phone": "0294 3555 111", "signer_name": "Lê Thị Mỹ Ẩn", "signer_title": "Giám đốc",
        "signer_capacity": "legal",
    })  # fmt: skip
    site = {"enterprise": Enterprise.objects.get().pk, "name": "Xưởng Càng Long", "address": "Ấp 5"}
    site |= {"zone": "", "commune": "29263"}
    client.post(reverse("organisations:new_site"), site)
    return client


def handed_in() -> Dossier:
    client = firm()
    client.post(reverse("dossiers:new"), {"site": str(Site.objects.get().pk)})
    fill_in(client, Dossier.objects.get())
    client.post(reverse("dossiers:submit", args=[Dossier.objects.get().reference]), {"declared": "yes"})
    return Dossier.objects.get()


def test_from_the_first_administrator_to_an_assigned_team() -> None:
    admin = administrator()
    lan, _ut, _sary, ha = (invited(admin, key) for key in OFFICIALS)
    founded = the_team(lan)
    assert founded.status_code == 302, founded.context["form"].errors
    team = Team.objects.get()
    dossier = handed_in()
    lan.post(reverse("organisations:confirm_claim", args=[Enterprise.objects.get().pk]))
    for paper in dossier.papers.filter(replaced_at__isnull=True).order_by("pk"):
        lan.post(
            reverse("dossiers:mark", args=[dossier.reference]), {"paper": paper.pk, "verdict": "in_order"}
        )
    lan.post(reverse("dossiers:accept", args=[dossier.code]))
    visit = {"team": team.pk, "visit_on": "18/10/2021", "visit_hour": "08:30", "note": ""}
    assert lan.post(reverse("dossiers:propose_team", args=[dossier.code]), visit).status_code == 302
    assert ha.post(reverse("dossiers:assign_team", args=[dossier.code]), visit).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.team) == (State.TEAM_ASSIGNED, team)
    assert [row.user.full_name for row in team.members_on(cast.AT.date())] == [
        "Ngô Văn Út",
        "Thạch Thị Sa Ry",
    ]


def test_a_team_needs_people_and_the_page_says_whom_to_invite_first() -> None:
    admin = administrator()
    page = admin.get(reverse("organisations:new_team")).content.decode()
    assert "Chưa có ai làm tổ trưởng được" in page
    assert reverse("organisations:invite_official") in page
    invited(admin, "ut")
    assert "Ngô Văn Út" in admin.get(reverse("organisations:new_team")).content.decode()
    assert TeamMember.objects.count() == 0
