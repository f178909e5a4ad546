"""From the advice to the letter: the officer forwards, the Chairman asks and decides, a worker makes the PDF."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from applications.models import Dossier
from applications.states import State
from documents.models import Letter
from journal import outbox
from tests import cast
from tests.applications import making
from tests.conftest import ROOT
from tests.stories.people import confirm_password, enter, failed, follow, heading, press, sees

QUESTION = "Khu cách ly có đủ phòng riêng không?"
WORKER = ("celery", "--quiet", "--app", "restart_portal.celery", "worker", "--pool", "solo",
          "--loglevel", "ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat")  # fmt: skip


@pytest.fixture
def worker(portal_environment: dict[str, str]) -> Iterator[None]:
    """A worker as the portal runs it, on this story's database."""
    command = [sys.executable, "-m", *WORKER]
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    process = subprocess.Popen(command, env=portal_environment | quiet, cwd=ROOT, stdout=subprocess.DEVNULL)
    yield
    process.terminate()
    process.wait(timeout=30)


def made(state: str) -> Dossier:
    return making.make_dossier(state, at=timezone.now() - timedelta(hours=8))


def forward(page: Page, portal: str, dossier: Dossier) -> None:
    """The officer's advice: consent, as the form proposes it."""
    enter(page, portal, cast.make_dolisa_officer())
    page.goto(f"{portal}/dossiers/{dossier.code}/")
    follow(page, "Trình Chủ tịch")
    page.get_by_label("Số tờ trình").fill("214/TTr-SLĐTBXH")
    press(page, "Xem lại trước khi trình")
    heading(page, "Xem lại ý kiến trình Chủ tịch")
    press(page, "Trình Chủ tịch")
    sees(page, str(dossier.code))


def send_back(page: Page, portal: str, dossier: Dossier) -> None:
    """The Chairman reads and asks."""
    page.goto(f"{portal}/decisions/")
    follow(page, "Cơ sở Càng Long")
    expect(page.get_by_role("img", name="Văn bản dự thảo, trang 1")).to_be_visible()
    follow_action(page, "Trả lại để làm rõ")
    press(page, "Trả lại")
    failed(page, "Viết điều cần làm rõ.")
    page.get_by_label("Cần làm rõ điều gì").fill(QUESTION)
    press(page, "Trả lại")
    expect(page.get_by_role("main")).to_contain_text("Chờ quyết định")
    assert making.fresh(dossier).state == State.INSPECTED


def follow_action(page: Page, name: str) -> None:
    page.get_by_role("region", name="Quyết định").get_by_role("link", name=name).click()


def approve(page: Page, portal: str, dossier: Dossier) -> None:
    """The Chairman signs, and says first who is there."""
    enter(page, portal, cast.make_chairman())
    page.goto(f"{portal}/dossiers/{dossier.code}/decide/")
    page.get_by_role("button", name="Đồng ý và ký").click()
    confirm_password(page)
    sees(page, "01/QĐ-UBND")
    assert making.fresh(dossier).state == State.APPROVED


def open_letter(page: Page, portal: str, dossier: Dossier) -> Letter:
    """The enterprise opens the PDF once the worker has made it."""
    letter = making.decision_of(dossier).letter
    enter(page, portal, making.owner_of(dossier))
    page.goto(f"{portal}/dossiers/{dossier.code}/")
    follow(page, "Mở văn bản")
    sees(page, "Tệp PDF")
    link = page.get_by_role("main").get_by_role("link", name="Mở văn bản")
    expect(link).to_be_visible(timeout=60_000)
    answer = page.request.get(f"{portal}{link.get_attribute('href')}")
    assert answer.body().startswith(b"%PDF")
    return letter


def check_by_anyone(page: Page, portal: str, letter: Letter) -> None:
    """The address of the letter's code, in a browser without scripts and without an account."""
    page.goto(f"{portal}/check/{letter.token}/")
    heading(page, "Văn bản này do cổng phát hành")
    sees(page, "01/QĐ-UBND")
    page.goto(f"{portal}/check/")
    page.get_by_label("Mã kiểm tra").fill(letter.token.lower())
    press(page, "Kiểm tra")
    heading(page, "Văn bản này do cổng phát hành")


@pytest.mark.smoke
def test_a_question_is_answered_consent_is_signed_and_anyone_can_check_the_letter(
    new_page: Callable[..., Page], portal: str, worker: None
) -> None:
    dossier = made(State.INSPECTED)
    officer, chairman, owner = new_page(), new_page(), new_page(width=390, height=844)
    forward(officer, portal, dossier)
    send_back(enter(chairman, portal, cast.make_chairman()), portal, dossier)
    officer.goto(f"{portal}/dossiers/{dossier.code}/")
    sees(officer, QUESTION)
    forward(officer, portal, dossier)
    approve(chairman, portal, dossier)
    letter = open_letter(owner, portal, dossier)
    officer.goto(f"{portal}/letters/{letter.pk}/")
    expect(officer.get_by_role("main")).to_contain_text(making.owner_of(dossier).full_name)
    check_by_anyone(new_page(script=False), portal, letter)


def test_while_the_letter_is_being_drawn_its_place_says_so(
    new_page: Callable[..., Page], portal: str
) -> None:
    page = enter(new_page(), portal, cast.make_chairman())
    held: list[Route] = []
    page.route("**/decide/*.png", lambda route: held.append(route))
    page.goto(f"{portal}/dossiers/{made(State.FORWARDED).code}/decide/", wait_until="domcontentloaded")
    words = page.get_by_role("region", name="Bản xem trước").get_by_text("Đang dựng văn bản…")
    expect(words).to_have_count(2)
    expect(words.first).to_be_in_viewport()
    for route in held:
        route.continue_()
    expect(words).to_have_count(0)
    expect(page.get_by_role("img", name="Văn bản dự thảo, trang 1")).to_be_in_viewport()


def test_a_refusal_has_reasons_and_the_enterprise_starts_again_from_it(
    new_page: Callable[..., Page], portal: str
) -> None:
    dossier = made(State.FORWARDED)
    page, owner = enter(new_page(), portal, cast.make_chairman()), new_page()
    page.goto(f"{portal}/dossiers/{dossier.code}/decide/refuse/")
    page.get_by_label("Thấy gì").first.fill("Phòng cách ly chung lối đi với xưởng")
    press(page, "Xem lại trước khi ký")
    failed(page, "Chọn điều khoản")
    expect(page.get_by_label("Thấy gì").first).to_have_value("Phòng cách ly chung lối đi với xưởng")
    page.get_by_label("Điều khoản").first.select_option("III.1.3.3-g")
    press(page, "Xem lại trước khi ký")
    heading(page, "Xem lại văn bản không đồng ý")
    expect(page.get_by_role("img", name="Văn bản dự thảo, trang 1")).to_be_visible()
    page.get_by_role("button", name="Thay đổi III.1.3.3-g").click()
    page.wait_for_load_state("load")  # the scripts of the form run before a person can type
    expect(page.get_by_label("Thấy gì").first).to_have_value("Phòng cách ly chung lối đi với xưởng")
    page.get_by_label("Cần làm gì").first.fill("Mở lối đi riêng cho phòng cách ly")
    press(page, "Xem lại trước khi ký")
    sees(page, "Mở lối đi riêng cho phòng cách ly")
    press(page, "Ký văn bản không đồng ý")
    confirm_password(page)
    sees(page, "TB-UBND")
    assert making.fresh(dossier).state == State.REFUSED
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)
    enter(owner, portal, making.owner_of(dossier))
    owner.goto(f"{portal}/dossiers/{dossier.code}/")
    sees(owner, "Phòng cách ly chung lối đi với xưởng")
    press(owner, "Lập hồ sơ mới")
    heading(owner, "Cơ sở Càng Long")
    assert Dossier.objects.filter(site=dossier.site, state=State.DRAFT).exists()
