"""From the first sign-in to drafted papers: the plan answered in six short parts, with and without script."""

import io
from collections.abc import Callable
from pathlib import Path

import pdfplumber
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications import plan_answers
from applications.models import Dossier
from applications.plan_rows import open_row
from tests import cast
from tests.applications import making, plan_samples
from tests.stories import test_enterprise as newcomer
from tests.stories.conftest import PATIENCE_MS
from tests.stories.people import enter, follow, heading, press, sees
from tests.stories.seeing import Seen

PARTS = ("work", "lodging", "isolation", "meals", "testing", "team")
NEXT = "Lưu và tiếp tục"


def fill(page: Page, **texts: str) -> None:
    """Fields by their names, as each part shows them."""
    for name, text in texts.items():
        page.locator(f"[name='{name.replace('__', '-')}']").fill(text)


def answer_the_plan(page: Page) -> None:
    """All six parts, each leading to the next."""
    heading(page, "Cách làm việc và các ca")
    fill(page, products="cơm dừa nạo sấy", shifts__0__name="Ca sáng", shifts__0__starts="6h", shifts__0__ends="14:00",
         shifts__0__people="200", shifts__1__name="Ca chiều", shifts__1__starts="14 giờ", shifts__1__ends="22:00",
         shifts__1__people="180")  # fmt: skip
    expect(page.locator("#plan-state")).to_contain_text("Các ca cộng lại 380 người; tối đa 400 người")
    press(page, NEXT)
    heading(page, "Chỗ ở và đưa đón")
    fill(page, rooms__0__place="Nhà nghỉ trong khuôn viên", rooms__0__rooms="50", rooms__0__beds="400",
         keeper="Thạch Thị Hồng", keeper_phone="0912 345 101")  # fmt: skip
    page.get_by_label("Không tổ chức xe đưa đón").check()
    press(page, NEXT)
    heading(page, "Khu cách ly")
    fill(page, place="Dãy nhà phía bắc", rooms="6", beds="6", keeper="Kim Thị Sa Vann", keeper_phone="0912345102",
         health_unit="Trạm Y tế thị trấn Càng Long", health_phone="0294 3855 010")  # fmt: skip
    press(page, NEXT)
    heading(page, "Bữa ăn")
    page.get_by_label("Bếp của cơ sở, không có đơn vị bên ngoài").check()
    fill(page, kitchen_people="8", seats="100")
    press(page, NEXT)
    heading(page, "Xét nghiệm")
    page.get_by_label("Xét nghiệm nhanh kháng nguyên").check()
    fill(page, provider="Trung tâm Y tế Càng Long", provider_phone="0294 3862 111", place="Nhà xe",
         keeper="Kim Thị Sa Vann", keeper_phone="0912345102")  # fmt: skip
    press(page, NEXT)
    heading(page, "Tổ An toàn, tổ tự quản")
    fill(page, members__0__name="Sơn Thị Chanh Đa", members__0__area="Toàn cơ sở", members__0__phone="0912345678",
         self_head="Huỳnh Văn Đặng", self_phone="0912345106", self_people="5", police="Công an thị trấn Càng Long",
         police_phone="0294 3855 113")  # fmt: skip
    page.locator("[name='members-0-role']").select_option(label="Tổ trưởng")
    press(page, NEXT)


def test_a_newcomer_goes_from_the_first_sign_in_to_the_printed_pack(
    page: Page, portal: str, work: Callable[[], None], tmp_path: Path
) -> None:
    cast.load_reference()
    newcomer.register(page, portal)
    follow(page, "Nhận doanh nghiệp")
    newcomer.claim(page)
    page.goto(f"{portal}/dossiers/new/")
    page.get_by_label("Xưởng cơm dừa").check()
    press(page, "Bắt đầu")
    newcomer.answer(page, tmp_path)
    follow(page, "Trả lời")
    answer_the_plan(page)
    heading(page, "Kiểm tra câu trả lời về phương án")
    sees(page, "Đã trả lời đủ")
    follow(page, "Xem giấy tờ đã soạn")
    heading(page, "Soạn giấy tờ")
    sees(page, "Không còn chỗ trống")
    follow(page, "2. Phương án sản xuất gắn với phòng, chống dịch COVID-19")
    expect(page.get_by_role("img", name="Trang 1 của")).to_be_visible()
    with page.expect_download(timeout=4 * PATIENCE_MS) as word:  # beside the pictures of the page
        follow(page, "Tải bản Word")
    assert Path(word.value.path()).read_bytes().startswith(b"PK")
    dossier = Dossier.objects.get()
    page.goto(f"{portal}/dossiers/{dossier.reference}/")
    follow(page, "In bộ giấy tờ để ký")
    press(page, "In bộ ký")
    sees(page, "Đang soạn bộ ký")
    work()
    link = page.get_by_role("link", name="Mở bộ ký để in (PDF)")
    expect(link).to_be_visible()
    pack = page.request.get(f"{portal}{link.get_attribute('href')}").body()
    with pdfplumber.open(io.BytesIO(pack)) as printed:
        text = "\n".join(sheet.extract_text() for sheet in printed.pages)
    assert "cơm dừa nạo sấy" in text
    assert "Bản cam kết".upper() in text.upper()
    row = open_row(dossier)
    assert row is not None
    assert plan_answers.read(row.answers).people == 380
    assert dossier.caterer == "in_house"


def test_without_script_a_row_is_added_and_everything_typed_stays(new_page, portal: str) -> None:
    dossier = making.draft(at=timezone.now())
    page = enter(new_page(script=False, width=390), portal, making.owner_of(dossier))
    page.goto(portal + reverse("dossiers:plan_part", args=[dossier.pk, "work"]))
    fill(
        page,
        products="may mặc",
        shifts__0__name="Ca một",
        shifts__1__name="Ca hai",
        shifts__1__starts="hai giờ",
    )
    press(page, "Thêm ca")
    expect(page.locator("[name='shifts-2-name']")).to_be_visible()
    expect(page.locator("[name='shifts-1-name']")).to_have_value("Ca hai")
    expect(page.locator("[name='shifts-1-starts']")).to_have_value("hai giờ")
    fill(page, shifts__1__starts="14:00", shifts__2__name="Ca ba")
    page.get_by_role("button", name="Bỏ dòng này Ca 1").click()
    expect(page.locator("[name='shifts-0-name']")).to_have_value("Ca hai")
    expect(page.locator("[name='shifts-1-name']")).to_have_value("Ca ba")
    press(page, "Lưu, làm tiếp sau")
    sees(page, "Đã lưu “Cách làm việc và các ca”.")


def test_enter_in_a_field_saves_and_drops_no_row(page: Page, portal: str) -> None:
    dossier = making.draft(at=timezone.now())
    enter(page, portal, making.owner_of(dossier))
    page.goto(portal + reverse("dossiers:plan_part", args=[dossier.pk, "work"]))
    fill(page, shifts__0__name="Ca một")
    page.locator("[name='shifts-0-name']").press("Enter")
    heading(page, "Chỗ ở và đưa đón")
    row = open_row(dossier)
    assert row is not None
    assert [shift.name for shift in plan_answers.read(row.answers).work.shifts] == ["Ca một"]


def test_a_session_that_ran_out_costs_nothing_that_was_typed(page: Page, portal: str) -> None:
    dossier = making.draft(at=timezone.now())
    owner = making.owner_of(dossier)
    enter(page, portal, owner)
    page.goto(portal + reverse("dossiers:plan_part", args=[dossier.pk, "isolation"]))
    page.context.clear_cookies(name="sessionid")
    fill(page, place="Dãy nhà phía bắc", rooms="4")
    press(page, NEXT)
    heading(page, "Đăng nhập")
    enter(page, portal, owner)
    page.goto(portal + reverse("dossiers:plan_part", args=[dossier.pk, "isolation"]))
    expect(page.locator("[name='place']")).to_have_value("Dãy nhà phía bắc")
    expect(page.locator("[name='rooms']")).to_have_value("4")


def test_every_page_of_the_plan_and_its_papers(page: Page, portal: str) -> None:
    seen = Seen(page, portal)
    empty = making.draft(at=timezone.now())
    full = making.draft(cast.make_site(name="Xưởng hai", zone=None), timezone.now())
    plan_samples.answer_all(full, timezone.now())
    enter(page, portal, making.owner_of(empty))
    for dossier in (empty, full):
        base = reverse("dossiers:detail", args=[dossier.reference])
        seen.visit(
            base, f"{base}plan/", f"{base}drafts/", f"{base}drafts/commitment/", f"{base}papers/commitment/"
        )
        seen.visit(*(f"{base}plan/{part}/" for part in PARTS))
    page.goto(f"{portal}{base}plan/isolation/")
    fill(page, rooms="bốn", keeper_phone="không nhớ")
    press(page, NEXT)
    expect(page.get_by_role("alert")).to_be_focused()
    seen.look("isolation in error")
    seen.finds_nothing()
