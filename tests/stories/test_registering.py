"""A newcomer signs up, claims a tax code and adds a site; nothing typed is lost when the sign-in runs out."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Page, expect

from organisations.models import Enterprise, Site
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


@pytest.fixture(autouse=True)
def _reference(transactional_db: None) -> None:
    cast.load_reference()


def sign_in(page: Page, email: str, password: str = cast.PASSWORD) -> None:
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def clean(page: Page) -> None:
    faults = Axe().run(page, options=AA).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


def fill_claim(page: Page) -> None:
    page.get_by_label("Mã số thuế").fill(cast.TAX_CODE)
    page.get_by_label("Tên doanh nghiệp").fill("Công ty TNHH May mặc Ánh Dương")
    page.get_by_label("Địa chỉ trụ sở").fill("12 Nguyễn Đáng")
    page.get_by_label("Điện thoại doanh nghiệp").fill("0294 3555 111")
    page.get_by_label("Họ tên người ký").fill("Lê Thị Mỹ Ẩn")
    page.get_by_label("Chức danh").fill("Giám đốc")


def test_a_newcomer_reaches_the_receiving_agency(page: Page, portal: str) -> None:
    page.goto(f"{portal}/accounts/signup/")
    page.get_by_label("Họ và tên").fill("Lê Thị Mỹ Ẩn")
    page.get_by_label("Thư điện tử").fill("an@anh-duong.example")
    page.get_by_label("Điện thoại di động").fill("0912 345 678")
    page.get_by_label("Mật khẩu", exact=True).fill(cast.PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(cast.PASSWORD)
    page.get_by_role("button", name="Đăng ký").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mở thư để xác nhận")
    link = re.search(r"http\S+", str(mail.outbox[0].body))
    assert link is not None
    page.goto(link.group())
    page.get_by_role("button", name="Đúng, xác nhận").click()
    sign_in(page, "an@anh-duong.example")
    page.goto(f"{portal}/sites/")
    clean(page)
    page.get_by_role("main").get_by_role("link", name="Nhận doanh nghiệp").click()
    fill_claim(page)
    page.get_by_role("button", name="Gửi, rồi thêm cơ sở").click()
    page.get_by_label("Tên cơ sở").fill("Xưởng Long Đức")
    page.get_by_label("Cơ sở ở").select_option(label="Khu công nghiệp Long Đức")
    page.get_by_label("Xã, phường, thị trấn").select_option(label="Xã Long Đức")
    page.get_by_label("Số nhà, đường, ấp").fill("Lô C2")
    clean(page)
    page.get_by_role("button", name="Thêm cơ sở").click()
    expect(page.get_by_role("main")).to_contain_text("Cơ quan tiếp nhận: Ban Quản lý Khu kinh tế Trà Vinh")
    assert Site.objects.get().receiving_agency.code == "EZB"
    clean(page)


def test_a_form_survives_a_sign_in_that_ran_out(page: Page, portal: str) -> None:
    person = cast.make_person()
    page.goto(f"{portal}/accounts/login/?next=/sites/claim/")
    sign_in(page, person.email)
    fill_claim(page)
    page.get_by_label("Người được ủy quyền").check()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Gửi, rồi thêm cơ sở").click()
    expect(page.get_by_role("main")).to_contain_text("Phiên đã hết")
    sign_in(page, person.email)
    expect(page.get_by_label("Tên doanh nghiệp")).to_have_value("Công ty TNHH May mặc Ánh Dương")
    expect(page.get_by_label("Người được ủy quyền")).to_be_checked()
    page.get_by_role("button", name="Gửi, rồi thêm cơ sở").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thêm cơ sở")
    assert Enterprise.objects.get().representatives.get().capacity == "authorised"


def test_a_claim_with_mistakes_leads_to_the_first_of_them(new_page: Callable[..., Page], portal: str) -> None:
    page = new_page(width=390)
    page.goto(f"{portal}/accounts/login/?next=/sites/claim/")
    sign_in(page, cast.make_person().email)
    page.get_by_label("Mã số thuế").fill("210045678")
    page.get_by_role("button", name="Gửi, rồi thêm cơ sở").click()
    expect(page.get_by_role("alert")).to_be_focused()
    clean(page)
    page.get_by_role("link", name="Mã số thuế có 9 chữ số").click()
    expect(page.get_by_label("Mã số thuế")).to_be_focused()
    expect(page).to_have_title(re.compile("^Lỗi: "))
