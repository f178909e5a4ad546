"""Every page of every role, filled, empty and in error: clean to axe, and nothing wider than the screen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from applications import opinions, talking
from applications.models import Dossier
from applications.states import State
from inspections.models import Visit
from journal import outbox
from organisations.models import Site
from tests import cast
from tests.applications import making
from tests.stories.people import enter
from tests.stories.seeing import Seen


@pytest.fixture
def seen(page: Page, portal: str) -> Seen:
    return Seen(page, portal)


def made(state: str, name: str = "Cơ sở Càng Long", **answered: object) -> Dossier:
    """One of the enterprise's sites, its dossier in this state, papers and letters made."""
    site: Site = cast.make_site(name=name, zone=None)
    dossier = making.make_dossier(state, site=site, at=timezone.now() - timedelta(hours=8), **answered)
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)
    return making.fresh(dossier)


def of(dossier: Dossier, *pages: str) -> list[str]:
    """Addresses of a dossier's pages: "clock", "papers/worker_list" …"""
    base = reverse("dossiers:detail", args=[dossier.reference])
    return [base + (f"{page}/" if page and "?" not in page else page) for page in pages]


def test_public_pages(seen: Seen) -> None:
    letter = making.decision_of(made(State.APPROVED)).letter
    seen.visit(
        "/", "/guide/", "/guide/?place=zone&workers=300", "/plan/", "/plan/III.1.2-a/", "/check/",
        f"/check/{letter.token}/", "/check/KHONGCO22222/?khong-co", "/track/", "/accounts/login/",
        "/accounts/signup/", "/accounts/password/reset/", "/khong-co/",
    )  # fmt: skip
    seen.spoil(
        ("/accounts/login/", "Đăng nhập"),
        ("/accounts/signup/", "Đăng ký"),
        ("/accounts/password/reset/", "Gửi đường dẫn"),
    )
    seen.finds_nothing()


def test_pages_of_a_newcomer(seen: Seen) -> None:
    cast.load_reference()
    enter(seen.page, seen.portal, cast.make_person())
    seen.visit("/home/", "/dossiers/", "/dossiers/new/", "/sites/", "/letters/", "/inbox/", "/sites/access/")
    seen.spoil(("/sites/claim/", "Gửi, rồi thêm cơ sở"), ("/sites/access/", "Gửi lời xin"))
    seen.finds_nothing()


def test_pages_of_an_enterprise_that_prepares(seen: Seen) -> None:
    dossier = making.draft(at=timezone.now())
    full = making.fill(
        making.draft(cast.make_site(name="Xưởng hai", zone=None), timezone.now()), timezone.now()
    )
    enter(seen.page, seen.portal, making.owner_of(dossier))
    seen.visit("/home/", "/dossiers/", "/dossiers/new/", "/sites/", "/sites/new/", "/colleagues/")
    seen.visit(f"/colleagues/{dossier.site.enterprise_id}/invite/", "/accounts/profile/", "/accounts/email/")
    seen.visit("/accounts/password/change/", "/accounts/2fa/", *of(dossier, "", "check", "withdraw", "clock"))
    seen.visit(*of(full, "", "papers", "papers/worker_list", "papers/request_letter", "check", "timeline"))
    part = reverse("dossiers:answers", args=[dossier.pk, "baseline"])
    paper = reverse("dossiers:paper", args=[dossier.pk, "vaccination_slips"])
    check = reverse("dossiers:check", args=[full.pk])
    seen.spoil(
        (part, "Lưu"), (part.replace("baseline", "production"), "Lưu"), (part.replace("baseline", "signer"), "Lưu"),
        (paper, "Lưu"), (paper.replace("vaccination_slips", "request_letter"), "Tải lên"),
        (check, "Nộp hồ sơ"), ("/sites/new/", "Thêm cơ sở"),
    )  # fmt: skip
    seen.finds_nothing()


def test_pages_of_an_enterprise_that_waits_and_works(seen: Seen) -> None:
    done = made(State.APPROVED)
    others = [
        made(state, f"Xưởng {state}") for state in (State.SUBMITTED, State.DECLINED, State.TEAM_ASSIGNED)
    ]
    refused = made(State.REFUSED, "Xưởng bị từ chối")
    enter(seen.page, seen.portal, making.owner_of(done))
    seen.visit("/home/", "/dossiers/", "/letters/", "/inbox/", "/search/?q=cang")
    seen.visit(*of(done, "", "clock", "timeline", "submitted", "papers/request_letter"))
    seen.visit(
        f"/letters/{making.decision_of(done).letter.pk}/", f"/sites/enterprise/{done.site.enterprise_id}/"
    )
    for dossier in (*others, refused):
        seen.visit(*of(dossier, "", "withdraw"))
    seen.finds_nothing()


def test_pages_of_the_receiving_agency(seen: Seen) -> None:
    waiting = made(State.SUBMITTED)
    accepted, inspected = made(State.ACCEPTED, "Xưởng ba"), made(State.INSPECTED, "Xưởng bốn")
    enter(seen.page, seen.portal, cast.make_dolisa_officer())
    seen.visit(
        "/home/", "/dossiers/", "/dossiers/?group=overdue", "/dossiers/?q=khongthay", "/search/?q=cang"
    )
    seen.visit(
        *of(waiting, "", "?paper=3", "?paper=1&return=1", "?tab=answers", "?tab=visit", "accept", "clock")
    )
    seen.visit(*of(accepted, "", "propose-team", "timeline"), *of(inspected, "", "?tab=visit", "reinspect"))
    seen.visit(
        *of(inspected, "forward", "forward/?verdict=refuse"), "/sites/", "/letters/", "/visits/", "/inbox/"
    )
    seen.visit(f"/sites/enterprise/{waiting.site.enterprise_id}/")
    seen.spoil(
        (of(waiting, "?paper=1&return=1")[0], "Trả lại"), (of(waiting, "decline")[0], "Xem lại trước khi từ chối"),
        (of(accepted, "propose-team")[0], "Trình đề xuất"), (of(inspected, "forward")[0], "Xem lại trước khi trình"),
        (of(inspected, "reinspect")[0], "Hẹn kiểm tra lại"),
    )  # fmt: skip
    seen.finds_nothing()


def test_pages_that_several_share(seen: Seen) -> None:
    officer, district = cast.make_dolisa_officer(), cast.make_district("844")
    asked, waiting = made(State.SUPPLEMENT_REQUESTED, "Xưởng tám"), made(State.SUBMITTED)
    now = timezone.now()
    talking.send(dossier=waiting, text="Xem giúp", sent_key="a", by=making.owner_of(waiting), at=now)
    talking.note(dossier=waiting, text="Đã gọi", sent_key="b", by=officer, at=now)
    opinions.ask(
        dossier=waiting, agency=cast.agency("DIST-844"), question="Đường vào?", days=1, by=officer, at=now
    )
    supplementary = making.submit(made(State.SUPPLEMENT_REQUESTED, "Xưởng chín"), now)
    enter(seen.page, seen.portal, officer)
    seen.visit(*of(waiting, "supplement", "messages", "notes", "opinions", "holding"), "/dossiers/hand-over/")
    seen.visit("/cover/", *of(supplementary, "", "supplement", "notes", "messages", "opinions", "clock"))
    seen.spoil(
        (of(waiting, "supplement")[0], "Xem phiếu trước khi gửi"), (of(waiting, "notes")[0], "Ghi"),
        (of(waiting, "opinions")[0], "Gửi câu hỏi"), (of(waiting, "messages")[0], "Gửi"), ("/cover/", "Đặt người thay"),
    )  # fmt: skip
    enter(seen.page, seen.portal, making.owner_of(asked))
    seen.visit(*of(asked, "", "supplement", "messages", "clock"), *of(waiting, "", "supplement", "messages"))
    enter(seen.page, seen.portal, district)
    seen.visit("/home/", *of(waiting, "", "opinions"))
    seen.spoil((of(waiting, "opinions")[0], "Gửi ý kiến"))
    seen.finds_nothing()


def test_pages_of_the_chairman(seen: Seen) -> None:
    forwarded, proposed = made(State.FORWARDED), made(State.TEAM_PROPOSED, "Xưởng năm")
    done = made(State.APPROVED, "Xưởng sáu")
    enter(seen.page, seen.portal, cast.make_chairman(), confirmed_at=timezone.now().timestamp())
    seen.visit("/home/", "/decisions/", "/dossiers/", "/letters/", *of(done, "decided", ""))
    seen.visit(*of(forwarded, "", "decide", "decide/refuse", "return"), *of(proposed, "assign-team"))
    seen.visit("/accounts/reauthenticate/")
    seen.spoil(
        (of(forwarded, "return")[0], "Trả lại"),
        (of(forwarded, "decide/refuse")[0], "Xem lại trước khi ký"),
    )
    seen.finds_nothing()


def test_pages_of_the_team(seen: Seen) -> None:
    dossier = made(State.TEAM_ASSIGNED)
    visited = Visit.objects.get(dossier=made(State.INSPECTED, "Xưởng bảy"))
    visit = Visit.objects.get(dossier=dossier)
    enter(seen.page, seen.portal, cast.make_team_leader(), confirmed_at=timezone.now().timestamp())
    seen.visit(
        "/home/", "/visits/", f"/visits/{visit.pk}/", f"/visits/{visit.pk}/sign/", f"/visits/{visited.pk}/"
    )
    seen.visit(*of(dossier, "", "clock"), "/inbox/")
    seen.finds_nothing()


def test_pages_of_the_other_agencies(seen: Seen) -> None:
    dossier = made(State.APPROVED)
    for make in (cast.make_health, cast.make_district, cast.make_leader):
        enter(seen.page, seen.portal, make())
        seen.visit("/home/", *of(dossier, ""))
    seen.visit("/dossiers/", "/sites/", "/letters/")
    seen.finds_nothing()


def test_pages_of_the_administrator(seen: Seen) -> None:
    cast.make_team()
    enter(seen.page, seen.portal, cast.make_admin(), confirmed_at=timezone.now().timestamp())
    seen.visit("/home/", "/people/", "/people/invite/", "/catalogues/", "/catalogues/holidays/")
    seen.visit(
        "/catalogues/holidays/new/", "/catalogues/zones/", "/catalogues/teams/", "/catalogues/agencies/"
    )
    seen.visit("/system/", "/system/components/", "/journal/", "/accounts/2fa/totp/activate/")
    seen.spoil(("/people/invite/", "Gửi thư mời"), ("/catalogues/holidays/new/", "Lưu"))
    seen.finds_nothing()
