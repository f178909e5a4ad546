"""A newcomer's way: from the front page to a submitted dossier, and home again after the decision."""

import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

import plan
from applications.models import Dossier
from applications.states import State
from organisations.models import Enterprise
from pages.templatetags.ui import vn_date
from tests import cast
from tests.applications import making
from tests.stories import files
from tests.stories.people import (
    CODE,
    choose_files,
    follow,
    heading,
    link_in_the_last_letter,
    press,
    sees,
    sign_in,
)

EMAIL = "moi@dua-cang-long.example"
SENTENCE = "dua kho cang long 2021"
ONE_PAGE_PAPERS = (
    "Kế hoạch xét nghiệm",
    "Phương án khu cách ly",
    "Quy định an toàn sản xuất",
    "Quy định nơi làm việc, nơi ở",
    "Quy định Tổ An toàn COVID-19",
    "Quy định quản lý lao động, khai báo y tế",
    "Bản cam kết",
)


def day(days: int) -> str:
    return vn_date(plan.local_day(timezone.now()) + timedelta(days=days))


def register(page: Page, portal: str) -> None:
    """An account of one's own, its address confirmed from the letter."""
    page.goto(portal)
    page.get_by_role("link", name="Đăng nhập").first.click()
    follow(page, "Đăng ký tài khoản")
    page.get_by_label("Họ và tên").fill("Sơn Thị Chanh Đa")
    page.get_by_label("Thư điện tử").fill(EMAIL)
    page.get_by_label("Điện thoại di động").fill("0912 345 678")
    page.get_by_label("Mật khẩu", exact=True).fill(SENTENCE)
    page.get_by_label("Nhập lại mật khẩu").fill(SENTENCE)
    press(page, "Đăng ký")
    heading(page, "Mở thư để xác nhận")
    page.goto(link_in_the_last_letter())
    press(page, "Đúng, xác nhận")
    sign_in(page, EMAIL, SENTENCE)


def claim(page: Page) -> None:
    """The enterprise by its tax code, then its site."""
    page.get_by_label("Mã số thuế").fill(cast.TAX_CODE)
    page.get_by_label("Tên doanh nghiệp").fill("Công ty TNHH Dừa Càng Long")
    page.get_by_label("Địa chỉ trụ sở").fill("12 Nguyễn Đáng, phường 7")
    page.get_by_label("Điện thoại doanh nghiệp").fill("0294 3555 111")
    page.get_by_label("Họ tên người ký").fill("Sơn Thị Chanh Đa")
    page.get_by_label("Chức danh").fill("Giám đốc")
    press(page, "Gửi, rồi thêm cơ sở")
    page.get_by_label("Tên cơ sở").fill("Xưởng cơm dừa")
    page.get_by_label("Xã, phường, thị trấn").select_option(label="Thị trấn Càng Long")
    page.get_by_label("Số nhà, đường, ấp").fill("Khóm 3")
    press(page, "Thêm cơ sở")


def answer(page: Page, folder: Path) -> None:
    """The three groups of questions, each from the task list."""
    follow(page, "Chọn hình thức sản xuất, ngày bắt đầu")
    page.get_by_label("Ba tại chỗ: làm việc, ăn, nghỉ tại cơ sở").check()
    page.get_by_label("Ngày muốn bắt đầu").fill(day(14))
    press(page, "Lưu")
    follow(page, "Ghi số lao động hiện có")
    page.get_by_label("Số lao động hiện có").fill("1.200")
    page.get_by_label("Ngày của bảng lương").fill(day(-60))
    page.get_by_label("Bảng lương", exact=True).set_input_files(files.signed_paper(folder, "bang-luong.pdf"))
    page.get_by_label("Số lao động của doanh nghiệp trong tỉnh").fill("1.200")
    press(page, "Lưu")
    follow(page, "Ghi người ký và liên hệ")
    page.get_by_label("Ngày ký các giấy tờ").fill(day(-1))
    page.get_by_label("Người liên hệ").fill("Sơn Thị Chanh Đa")
    page.get_by_label("Điện thoại liên hệ").fill("0912 345 678")
    press(page, "Lưu")


def open_paper(page: Page, title: str) -> None:
    page.get_by_role("link", name=re.compile(rf"^\d+\. {re.escape(title)}$")).click()


def upload(page: Page, title: str, *paths: Path, button: str = "Tải lên") -> None:
    """Opens the paper from the task list, and comes back to it."""
    open_paper(page, title)
    choose_files(page, *paths)
    press(page, button)
    heading(page, "Xưởng cơm dừa")


def send_papers(page: Page, folder: Path) -> None:
    """Photographs, scans, the filled form, and the questions beside three papers; the signed plan before them."""
    follow(page, "Phương án sản xuất, bản đã ký")
    choose_files(page, files.signed_paper(folder))
    press(page, "Tải lên")
    heading(page, "Xưởng cơm dừa")
    upload(page, "Công văn đề nghị", *(files.photograph(folder, number) for number in (1, 2, 3)))
    sees(page, "3 trang")
    open_paper(page, "Giấy chứng nhận đầu tư")
    page.get_by_label("Giấy chứng nhận đăng ký doanh nghiệp").check()
    choose_files(page, files.signed_paper(folder))
    press(page, "Lưu")
    open_paper(page, "Danh sách lao động")
    with page.expect_download() as form:
        follow(page, "Biểu mẫu danh sách (.xlsx)")
    choose_files(page, files.filled_form(form.value.path(), folder))
    press(page, "Tải lên")
    sees(page, f"{making.WORKERS} người, đọc được cả {making.WORKERS} dòng")
    follow(page, "Phiếu xác nhận tiêm chủng")
    page.get_by_label("Số phiếu trong các tệp").fill(str(making.WORKERS))
    choose_files(page, files.signed_paper(folder))
    press(page, "Lưu")
    for title in ONE_PAGE_PAPERS:
        upload(page, title, files.signed_paper(folder))
    open_paper(page, "Thông tin đơn vị cung cấp suất ăn")
    page.get_by_label("Đơn vị bên ngoài cung cấp suất ăn").check()
    choose_files(page, files.signed_paper(folder))
    press(page, "Lưu")


def test_a_newcomer_registers_files_the_papers_and_submits(page: Page, portal: str, tmp_path: Path) -> None:
    cast.load_reference()
    register(page, portal)
    follow(page, "Nhận doanh nghiệp")
    claim(page)
    page.goto(f"{portal}/dossiers/new/")
    page.get_by_label("Xưởng cơm dừa").check()
    press(page, "Bắt đầu")
    heading(page, "Xưởng cơm dừa")
    answer(page, tmp_path)
    send_papers(page, tmp_path)
    follow(page, "Kiểm tra trước khi nộp")
    heading(page, "Kiểm tra trước khi nộp")
    follow(page, "Thay đổi Ngày ký")
    page.get_by_label("Ngày ký các giấy tờ").fill(day(-2))
    press(page, "Lưu")
    heading(page, "Kiểm tra trước khi nộp")
    expect(page.locator("dl").first).to_contain_text(day(-2))
    page.get_by_label("Các giấy tờ đúng với bản đã ký và đóng dấu").check()
    press(page, "Nộp hồ sơ")
    heading(page, "Đã nộp hồ sơ")
    expect(page.get_by_text(CODE).first).to_be_visible()
    expect(page.get_by_role("link", name="0294 3555 021").first).to_be_visible()
    dossier = Dossier.objects.get()
    assert dossier.state == State.SUBMITTED
    assert dossier.site.enterprise == Enterprise.objects.get(tax_code=cast.TAX_CODE)
    assert dossier.papers.get(slot="request_letter", replaced_at=None).pages == 3
