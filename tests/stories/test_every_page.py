"""Every page of every role, filled, empty and in error: clean to axe, and nothing wider than the screen.

The routes of tests/permissions.py are walked one by one (`walk`), each form sent empty once; what the same address
shows to somebody else, in another state or at the next step is looked at by its own line.
"""

import inspect
import sys
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from applications.models import Dossier, EntryFile
from applications.retracting import retract, retract_file
from applications.states import State
from inspections.models import Visit
from organisations import invitations
from organisations.models import Membership, User
from tests import cast
from tests.applications import making
from tests.permissions import TABLE
from tests.stories import addresses
from tests.stories.people import enter, sign_in
from tests.stories.seeing import Seen
from tests.world import World, make_world

ROWS = {"TOTAL_FORMS": 3, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 9}
REASON = {"clause": "III.1.3.3-g", "text": "Khu cách ly chung lối đi với xưởng", "to_do": "Mở lối đi riêng"}
REASONS = {f"reasons-{name}": value for name, value in ROWS.items()} | {
    f"reasons-0-{name}": value for name, value in REASON.items()
}


@pytest.fixture
def seen(page: Page, portal: str) -> Seen:
    return Seen(page, portal)


@pytest.fixture
def world(portal: str) -> World:
    """One of everything that has an address, as of yesterday."""
    return make_world(timezone.now() - timedelta(hours=20))


def of(dossier: Dossier, *pages: str) -> list[str]:
    """Addresses of a dossier's pages: "clock", "papers/worker_list" …"""
    base = reverse("dossiers:detail", args=[dossier.reference])
    return [base + (f"{page}/" if page and "?" not in page else page) for page in pages]


def come(seen: Seen, person: User) -> None:
    """The person's browser; the password was given this minute."""
    enter(seen.page, seen.portal, person, confirmed_at=timezone.now().timestamp())


def walk(seen: Seen, world: World, side: str) -> None:
    """Every address of this side that answers a page, and each of its forms sent empty."""
    for name in addresses.pages(side):
        if person := world.people.get(addresses.viewer(name)):
            come(seen, person)
        path = reverse(name, args=TABLE[name].arguments(world))
        seen.visit(path)
        if not seen.page.url.startswith(f"{seen.portal}{path}"):
            seen.faults.append(f"{name} leads on to {seen.page.url}")
        if name not in addresses.NOT_SPOILED:
            seen.spoil(name, summary=name not in addresses.NO_SUMMARY)


# --- the list is whole ---


def test_every_address_is_walked_or_stands_in_a_list_with_its_reason() -> None:
    walked = [name for side in addresses.EVERY_SIDE for name in addresses.pages(side)]
    asked = {name for name, row in TABLE.items() if row.get}
    lists = {**addresses.NO_PAGE, **addresses.REACHED, **addresses.ONLY_SENT}
    assert len(walked) == len(set(walked))
    assert set(walked) | set(lists) == set(TABLE)
    assert set(walked) == asked - set(lists)
    assert not asked & set(addresses.ONLY_SENT), "a GET is answered"
    assert all(len(reason.split()) >= 3 for reason in lists.values())


def test_what_the_lists_leave_out_is_known_and_what_is_reached_by_a_story_is_named_in_it() -> None:
    told = inspect.getsource(sys.modules[__name__])
    reached = set(addresses.REACHED) - set(addresses.BULK)
    assert [name for name in reached if f'"{name}"' not in told] == []
    known = set(TABLE)
    assert {*addresses.NO_PAGE, *addresses.REACHED, *addresses.NOT_SPOILED, *addresses.NO_SUMMARY} <= known


# --- the walk, and beside it other states ---


A_PERMIT = {
    "tax_code": "0100109106", "firm_name": "Cơ sở Gạch Cầu Kè", "firm_address": "Ấp 3", "firm_phone": "",
    "signer_name": "Ngô Văn Ba", "signer_title": "Giám đốc", "name": "Lò gạch số 1", "zone": "", "commune": "29263",
    "address": "Ấp 3", "number": "2156/QĐ-UBND", "signed_on": "04/10/2021", "signer": "Trần Minh Khải",
    "starts_on": "06/10/2021", "until": "", "baseline": "300", "cap": "", "mode": "three_on_site", "paper_dossier": "",
}  # fmt: skip


def test_pages_open_to_everybody(seen: Seen, world: World) -> None:
    walk(seen, world, "open")
    seen.visit("/guide/?place=zone&workers=300", f"/check/{world.things['volume_token']}/")
    seen.visit("/check/KHONGCO22222/?khong-co", "/khong-co/")
    dossier = world.dossiers[State.SUBMITTED]
    seen.send("/track/", {"code": dossier.code, "tax_code": cast.TAX_CODE})
    seen.finds_nothing()


def test_pages_of_the_enterprise(seen: Seen, world: World) -> None:
    walk(seen, world, "owner")
    seen.visit("/search/?q=co%20so", f"/check/{world.things['volume_token']}/")
    for state in set(State) - {State.DRAFT, State.SUBMITTED}:
        seen.visit(*of(world.dossiers[state], ""))
    seen.visit(
        *of(world.dossiers[State.DECLINED], "withdraw", "timeline"),
        *of(world.dossiers[State.APPROVED], "clock"),
    )
    asked = world.dossiers[State.SUPPLEMENT_REQUESTED]
    seen.visit(*of(asked, "supplement", "clock"))
    seen.spoil("supplement")
    draft = world.dossiers[State.DRAFT]
    full = making.fill(making.draft(cast.make_site(name="Xưởng hai", zone=None), world.at), world.at)
    seen.visit(*of(draft, ""), *of(full, "", "papers/worker_list", "papers/request_letter", "check"))
    for part in ("production", "signer"):
        seen.visit(reverse("dossiers:answers", args=[draft.reference, part]))
        seen.spoil(part)
    for slot in ("vaccination_slips", "request_letter"):
        seen.visit(reverse("dossiers:paper", args=[draft.reference, slot]))
        seen.spoil(slot)
    seen.finds_nothing()


def test_pages_of_the_desk(seen: Seen, world: World) -> None:
    walk(seen, world, "desk")
    now, dossiers = timezone.now(), world.dossiers
    waiting, accepted, inspected = (
        dossiers[state] for state in (State.SUBMITTED, State.ACCEPTED, State.INSPECTED)
    )
    seen.visit(
        "/home/", "/dossiers/?group=overdue", "/dossiers/?q=khongthay", "/search/?q=co%20so", "/inbox/"
    )
    seen.visit("/letters/", "/sites/", reverse("enterprise", args=[world.things["unconfirmed"]]))
    empty = cast.make_site(name="Kho chưa có hồ sơ", zone=None, at=world.at)
    for tab in ("site", "site_dossiers", "site_letters", "site_history"):
        seen.visit(*(reverse(tab, args=[pk]) for pk in (dossiers[State.FORWARDED].site_id, empty.pk)))
    seen.visit(
        *of(waiting, "?paper=3", "?tab=answers", "?tab=visit", "?paper=1&return=1", "supplement", "messages")
    )
    for page in ("?paper=1&return=1", "supplement", "messages"):
        seen.visit(*of(waiting, page))
        seen.spoil(page)
    seen.visit(*of(accepted, "", "timeline", "corrections"), *of(dossiers[State.TEAM_PROPOSED], "holding"))
    seen.visit(*of(inspected, "", "?tab=visit", "forward/?verdict=refuse"))
    seen.spoil("forward/?verdict=refuse")
    again = making.submit(making.mend(dossiers[State.SUPPLEMENT_REQUESTED], now), now)
    seen.visit(*of(again, "", "supplement"))
    seen.send(*of(waiting, "decline"), REASONS)
    tomorrow = f"{now + timedelta(days=1):%d/%m/%Y}"
    seen.send(*of(inspected, "forward"), {
        "verdict": "approve", "number": "214/TTr-SLĐTBXH", "starts_on": tomorrow, "hour": 6, "cap": 40,
        "mode": "three_on_site", "conditions": "Lối đi một chiều", "note": "",
    })  # fmt: skip
    seen.send(*of(dossiers[State.TEAM_ASSIGNED], "move-visit"), {
        "team": world.things["team"], "visit_on": tomorrow, "visit_hour": "14:30", "reason": "Xe của tổ hỏng",
    })  # fmt: skip
    seen.finds_nothing()


def test_second_steps_of_the_desk(seen: Seen, world: World) -> None:
    come(seen, world.people["dolisa_officer"])
    seen.page.goto(f"{seen.portal}/dossiers/")
    for name, tax_code in addresses.FIRMS:
        seen.send(reverse(name), {"step": "find", "tax_code": tax_code})
        seen.spoil(f"{name}, {tax_code}")
    seen.send(reverse("dossiers:paper_permit"), A_PERMIT)
    seen.spoil("a permit read back")
    for name, state in addresses.BULK.items():
        seen.send(reverse(name), {"pick": world.dossier(state)})
        seen.spoil(name)
    seen.send(reverse("dossiers:bulk_propose"), {
        "pick": world.dossier(State.ACCEPTED), "step": "check", "team": world.things["team"],
        "visit_on": f"{timezone.now() + timedelta(days=1):%d/%m/%Y}", "visit_hour": "08:00", "apart": 2, "note": "",
    })  # fmt: skip
    come(seen, world.people["district"])
    seen.visit("/home/", *of(world.dossiers[State.SUBMITTED], "", "opinions"))
    seen.spoil("an opinion")
    seen.finds_nothing()


def test_pages_after_submission(seen: Seen, world: World) -> None:
    """A paper that follows, what was withdrawn, and a holder who is away."""
    approved, held = world.dossiers[State.APPROVED], world.dossiers[State.INSPECTED]
    officer, head = world.people["dolisa_officer"], world.people["dolisa_head"]
    come(seen, world.people["owner"])
    seen.visit("/home/", *of(approved, "", "papers/health_contract"))
    seen.spoil("papers/health_contract")
    making.put_paper(approved, "health_contract", world.at)
    wrong = approved.papers.get(slot="commitment")
    retract(paper=wrong, reason="Bản của công ty khác", by=officer, at=world.at)
    sent = EntryFile.objects.select_related("file", "dossier").get(entry=world.things["entry"])
    files = [(held, held.baseline_evidence), (sent.dossier, sent.file)]
    for dossier, file in files:
        retract_file(dossier=dossier, file=file, what="file", reason="Nhầm tệp", by=officer, at=world.at)
    seen.visit("/home/", *of(approved, "", "papers/health_contract", "papers/commitment"))
    come(seen, officer)
    seen.visit(
        *of(approved, "?paper=health_contract", "?paper=commitment", "papers/health_contract/v1/retract")
    )
    seen.visit(*of(held, "?tab=answers"), *of(sent.dossier, "messages"))
    come(seen, head)
    everything = f"{reverse('dossiers:hand_over_all')}?of={officer.pk}"
    for address in (*of(held, "holding"), everything, reverse("organisations:cover")):
        seen.visit(address)
        seen.spoil(address)
    seen.finds_nothing()


def test_pages_of_the_others(seen: Seen, world: World) -> None:
    walk(seen, world, "others")
    forwarded, approved = world.dossiers[State.FORWARDED], world.dossiers[State.APPROVED]
    come(seen, world.people["chairman"])
    seen.visit("/home/", "/dossiers/", "/letters/", *of(approved, "", "decided"))
    seen.visit(*of(world.dossiers[State.TEAM_PROPOSED], "", "assign-team"), *of(forwarded, ""))
    advice = making.advice_of(forwarded)
    seen.send(*of(forwarded, "decide/refuse"), {**REASONS, "advice": advice.pk, "kind": "thong_bao"})
    second = making.make_dossier(
        State.FORWARDED, site=cast.make_site(name="Xưởng hai", zone=None), at=world.at
    )
    both = [("advice", advice.pk), ("advice", making.advice_of(second).pk)]
    seen.send("/decisions/annex/", [("step", "read"), ("kind", "quyet_dinh"), *both])
    seen.send("/decisions/session/", {"act": "begin"})
    come(seen, world.people["team_leader"])
    visited = Visit.objects.get(dossier=world.dossiers[State.INSPECTED])
    seen.visit(
        "/home/",
        "/inbox/",
        reverse("visits:visit", args=[visited.pk]),
        *of(world.dossiers[State.INSPECTED], ""),
    )
    for name in ("office_clerk", "leader", "health", "department"):
        come(seen, world.people[name])
        seen.visit("/home/", *of(approved, ""))
    seen.visit("/dossiers/", "/sites/", "/letters/")
    seen.finds_nothing()


# --- with nothing to show ---


EMPTY = {
    "newcomer": "home dossiers dossiers/new sites sites/new letters inbox colleagues",
    "dolisa_officer": "home dossiers dossiers/book dossiers/library dossiers/views dossiers/hand-over sites"
                      " sites/permits letters visits inbox catalogues/teams",
    "office_clerk": "home decisions decisions/authorisations letters/register letters/numbers",
    "chairman": "home decisions decisions/session decisions/annex",
    "team_leader": "home visits",
    "admin": "people journal catalogues/teams",
    "district": "home",
}  # fmt: skip


def test_pages_with_nothing_to_show(seen: Seen) -> None:
    cast.load_reference()
    for name, pages in EMPTY.items():
        come(seen, cast.make_person() if name == "newcomer" else cast.OFFICIALS[name]())
        seen.visit(*(f"/{page}/" for page in pages.split()))
    seen.finds_nothing()


# --- pages that somebody must first have come to ---


def test_pages_behind_a_link_in_a_mail(seen: Seen) -> None:
    owner, admin, now = cast.make_enterprise().claimed_by, cast.make_admin(), timezone.now()
    key = default_token_generator.make_token(owner)
    seen.visit(reverse("account_reset_password_from_key", args=["1", "abc-def"]))
    seen.visit(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(owner), key]))
    seen.spoil("a new password")
    seen.visit(
        EmailConfirmationHMAC(owner.emailaddress_set.get()).key.join(("/accounts/confirm-email/", "/"))
    )
    accept = reverse("organisations:accept_invitation")
    seen.visit(f"{accept}?khong-co")
    official = invitations.invite_official(
        email="sap-den@tra-vinh.example", full_name="Sắp Đến", agency=cast.agency("DOH"), role=cast.Role.HEALTH,
        title="Chuyên viên", since=cast.SINCE, by=admin, at=now,
    )  # fmt: skip
    known = invitations.invite_colleague(
        enterprise=cast.make_enterprise(), email=cast.make_person("b@b.example", "Bé").email,
        level=Membership.Level.PREPARE, by=owner, at=now,
    )  # fmt: skip
    seen.visit(f"/accounts/invitation/{invitations.token_of(known)}/")  # has an account: asked to sign in
    seen.visit(f"/accounts/invitation/{invitations.token_of(official)}/")
    seen.spoil("an invitation")
    come(seen, admin)
    seen.visit(f"/accounts/invitation/{invitations.token_of(official)}/")  # somebody else is signed in
    seen.finds_nothing()


def test_pages_of_a_second_factor(seen: Seen) -> None:
    officer = cast.make_dolisa_officer()
    TOTP.activate(officer, generate_totp_secret())
    RecoveryCodes.activate(officer)
    seen.page.goto(f"{seen.portal}/accounts/login/")
    sign_in(seen.page, officer)
    seen.page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    seen.look("mfa_authenticate")
    seen.spoil("mfa_authenticate")
    come(seen, officer)
    names = "mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"
    seen.visit(*map(reverse, (*names, "organisations:recovery_codes")))
    enter(seen.page, seen.portal, officer)
    seen.visit(reverse("mfa_reauthenticate"))
    seen.spoil("mfa_reauthenticate")
    seen.finds_nothing()
