"""A small province in which every address has something to show: for tests over all routes.

One enterprise of the cast with a dossier in every state at DOLISA, all of one district; who else there is
stands outside: another enterprise, the other receiving agency, another district, another team.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import plan
from applications import opinions, signers, talking
from applications.models import Dossier, Upload
from applications.states import State
from documents import issuing
from notices import telling
from notices.models import Message
from organisations import authorising, covering, invitations, registering
from organisations.models import AccessRequest, Holiday, Membership, User
from organisations.roles import Role
from tests import cast
from tests.applications import making
from tests.applications.desk_things import desk_things
from tests.signing_things import signing_things


@dataclass
class World:
    """People by name, and one of everything that has an address."""

    people: dict[str, User]
    dossiers: dict[str, Dossier]
    at: datetime
    things: dict[str, Any] = field(default_factory=dict)

    def dossier(self, state: str) -> str:
        """The reference of the dossier in a state."""
        return self.dossiers[state].reference


def make_people() -> dict[str, User]:
    """The cast, and for each side the same role elsewhere."""
    cast.make_team()
    other_team = cast.make_team(2)
    other_team.members.all().delete()
    elsewhere = cast.make_official("to-2@tra-vinh.example", "Sơn Minh", Role.TEAM, "DOH", "Tổ trưởng")
    other_team.members.create(user=elsewhere, is_leader=True, since=cast.SINCE)
    return {
        **{name: make() for name, make in cast.OFFICIALS.items()},
        "owner": cast.make_person(),
        "colleague": cast.make_colleague(),
        "stranger": cast.make_other_enterprise().claimed_by,
        "newcomer": cast.make_person("moi@moi.example", "Người Mới"),
        "district_elsewhere": cast.make_district("844"),
        "team_leader_elsewhere": elsewhere,
    }


def make_world(at: datetime) -> World:
    """Everything, submitted at `at` and moved on each hour."""
    everybody = make_people()
    dossiers = {}
    for state in State:
        site = cast.make_site(name=f"Cơ sở {state.value}", zone=None, at=at)
        dossiers[state.value] = making.make_dossier(state, site=site, at=at)
    world = World(everybody, dossiers, at)
    world.things = {**_organisations(world), **_papers(world), **desk_things(world.people, dossiers, at)}
    world.things |= signing_things(dossiers, at)
    return world


def _organisations(world: World) -> dict[str, Any]:
    """Rows of people, places and invitations."""
    enterprise, admin = cast.make_enterprise(), world.people["admin"]
    unconfirmed = registering.register_enterprise(
        by=cast.make_person("cho@cho.example", "Chờ Xác Nhận"), at=world.at, tax_code="2100567893",
        name="Công ty Chờ", address="1 Phạm Ngũ Lão", province=None, phone="", signer_name="Chờ",
        signer_title="Giám đốc", signer_capacity="legal",
    )  # fmt: skip
    cast.make_site(unconfirmed, name="Cơ sở chờ", zone=None, at=world.at)
    registering.ask_access(
        tax_code=enterprise.tax_code, note="Tôi là kế toán", by=world.people["newcomer"], at=world.at
    )
    official = invitations.invite_official(
        email="sap-den@tra-vinh.example", full_name="Sắp Đến", agency=cast.agency("DOH"), role=Role.HEALTH,
        title="Chuyên viên", since=cast.SINCE, by=admin, at=world.at,
    )  # fmt: skip
    joining = invitations.invite_colleague(
        enterprise=enterprise, email="moi-vao@anh-duong.example", level=Membership.Level.PREPARE,
        by=world.people["owner"], at=world.at,
    )  # fmt: skip
    cover = covering.set_cover(
        absent=world.people["dolisa_officer"], by_colleague=world.people["dolisa_head"],
        since=world.at.date() + timedelta(days=30), until=world.at.date() + timedelta(days=31),
        by=world.people["dolisa_officer"], at=world.at,
    )  # fmt: skip
    authorisation = authorising.register(
        holder=world.people["dolisa_head"], agency=cast.agency("DOLISA"), number="12/GUQ-UBND",
        signed_on=cast.SINCE, since=cast.SINCE, until=cast.SINCE, by=world.people["office_clerk"], at=world.at,
    )  # fmt: skip
    owner = world.people["owner"]
    paper = signers.change(
        enterprise=enterprise, full_name="Lê Thị Mỹ Ẩn", title="Giám đốc", capacity="legal",
        since=plan.local_day(world.at), until=None, number="01/QĐ", dated=plan.local_day(world.at),
        file=making.stored_pdf(by=owner, at=world.at), by=owner, at=world.at,
    )  # fmt: skip
    return {
        "authorisation": authorisation.pk,
        "signer_paper": paper.pk,
        "cover": cover.pk,
        "enterprise": enterprise.pk,
        "site": world.dossiers[State.APPROVED].site_id,
        "unconfirmed": unconfirmed.pk,
        "access": AccessRequest.objects.get().pk,
        "official_invitation": official.pk,
        "official_token": invitations.token_of(official),
        "joining": joining.pk,
        "membership": Membership.objects.get(user=world.people["colleague"]).pk,
        "post": world.people["department"].posts.get().pk,
        "team": cast.make_team().pk,
        "team_member": cast.make_team().members.get(is_leader=False).pk,
        "holiday": Holiday.objects.order_by("pk").first().pk,
    }


def _papers(world: World) -> dict[str, Any]:
    """Rows of letters, visits, files and messages."""
    decided = making.decision_of(world.dossiers[State.APPROVED])
    issuing.make_pdf(str(decided.letter_id), at=world.at)
    draft = world.dossiers[State.DRAFT]
    file = making.stored_pdf(by=world.people["owner"], at=world.at)
    waiting = Upload.objects.create(
        dossier=draft, slot="commitment", file=file, kind="pdf", at=world.at, by=world.people["owner"]
    )
    visit = making.see(world.dossiers[State.TEAM_ASSIGNED], world.at + timedelta(hours=9))
    telling.tell([world.people["owner"]], key="k", title="t", line="l", path="/inbox/", at=world.at)
    return {
        **_talk(world),
        "letter": decided.letter_id,
        "token": decided.letter.token,
        "visit": visit.pk,
        "upload": waiting.pk,
        "paper": world.dossiers[State.SUBMITTED].papers.get(slot="commitment").pk,
        "advice": making.advice_of(world.dossiers[State.FORWARDED]).pk,
        "message": Message.objects.get(user=world.people["owner"], key="k").pk,
    }


def _talk(world: World) -> dict[str, Any]:
    """A message with a file, a note, and an opinion asked of the district."""
    dossier, officer = world.dossiers[State.SUBMITTED], world.people["dolisa_officer"]
    file = making.stored_pdf(by=officer, at=world.at)
    entry = talking.send(
        dossier=dossier, text="Xem giúp mẫu kèm theo", files=[file], sent_key="a", by=officer, at=world.at
    )
    talking.note(dossier=dossier, text="Đã gọi điện", sent_key="b", by=officer, at=world.at)
    opinion = opinions.ask(
        dossier=dossier,
        agency=cast.agency("DIST-842"),
        question="Khu cách ly",
        days=2,
        by=officer,
        at=world.at,
    )
    reference = dossier.reference
    return {
        "message_dossier": reference, "entry": entry.pk, "one": 1, "asked_about": reference,
        "opinion": opinion.pk,
    }  # fmt: skip
