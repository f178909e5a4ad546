"""The main ways by keyboard alone: what has the focus is always to be seen."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from applications.states import State
from tests import cast
from tests.applications import making
from tests.stories.people import enter, heading, sees

MOST_TABS = 120
HAS_FOCUS = "element => element === document.activeElement"
RING = "element => parseFloat(getComputedStyle(element).outlineWidth)"


def tab_to(page: Page, target: Locator) -> None:
    """Tab until the target has the focus; its ring must show."""
    expect(target).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate(HAS_FOCUS):
            assert target.evaluate(RING) >= 2
            return
    raise AssertionError(f"not reached within {MOST_TABS} tabs: {target}")


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name, exact=True).first


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def skip_the_bar(page: Page) -> None:
    tab_to(page, page.get_by_role("link", name="Đến nội dung chính"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_an_enterprise_submits_without_a_mouse(page: Page, portal: str) -> None:
    dossier = making.fill(making.draft(at=timezone.now()), timezone.now())
    enter(page, portal, making.owner_of(dossier)).goto(f"{portal}/home/")
    skip_the_bar(page)
    for name in ("Làm tiếp", "Kiểm tra trước khi nộp"):
        tab_to(page, link(page, name))
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: not url.endswith("/home/"))
    heading(page, "Kiểm tra trước khi nộp")
    skip_the_bar(page)
    tab_to(page, page.get_by_label("Các giấy tờ đúng với bản đã ký và đóng dấu"))
    page.keyboard.press("Space")
    tab_to(page, button(page, "Nộp hồ sơ"))
    page.keyboard.press("Enter")
    heading(page, "Đã nộp hồ sơ")
    assert making.fresh(dossier).state == State.SUBMITTED


def test_an_officer_accepts_without_a_mouse(page: Page, portal: str) -> None:
    dossier = making.make_dossier(State.SUBMITTED, at=timezone.now() - timedelta(hours=2))
    enter(page, portal, cast.make_dolisa_officer()).goto(f"{portal}/dossiers/")
    tab_to(page, link(page, "Cơ sở Càng Long"))
    page.keyboard.press("Enter")
    for _ in range(13):
        expect(button(page, "Đạt")).to_be_visible()
        page.wait_for_load_state()  # the keys listen once the page's script has run
        with page.expect_navigation():
            page.keyboard.press("d")
    tab_to(page, link(page, "Tiếp nhận"))
    page.keyboard.press("Enter")
    heading(page, "Tiếp nhận hồ sơ")
    tab_to(page, button(page, "Tiếp nhận"))
    page.keyboard.press("Enter")
    sees(page, str(dossier.code))
    assert making.fresh(dossier).state == State.ACCEPTED


def test_the_key_that_sends_a_paper_back_leads_to_its_reason_and_escape_leads_out(
    page: Page, portal: str
) -> None:
    dossier = making.make_dossier(State.SUBMITTED, at=timezone.now() - timedelta(hours=2))
    enter(page, portal, cast.make_dolisa_officer()).goto(f"{portal}/dossiers/{dossier.code}/?paper=3")
    send_back = link(page, "Trả lại, ghi lý do")
    for words in ("Thiếu dấu", "Thiếu dấu, thiếu chữ ký"):
        page.wait_for_load_state()
        page.keyboard.press("t")
        reason = page.get_by_label("Lý do trả lại")
        expect(reason).to_be_focused()
        reason.fill(words)
        page.keyboard.press("Escape")
        expect(send_back).to_be_focused()
    page.keyboard.press("k")
    sees(page, "Kiểm tra giấy tờ 2")
    assert making.fresh(dossier).papers.get(slot="worker_list").verdict == ""
