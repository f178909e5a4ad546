"""A stack of paper: printed with codes, signed, scanned on any copier, filed, handed in, bound."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.models import Dossier, SigningPack
from applications.states import State
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import copier, making, signing
from tests.stories.people import choose_files, enter, follow, heading, press, sees
from tests.stories.seeing import Seen

pytestmark = pytest.mark.django_db(transaction=True)

# What the portal does not draft, or what is no text to sign.
FROM_OUTSIDE = ("investment_certificate", "worker_list", "vaccination_slips")


def prepared() -> Dossier:
    """A draft whose answers are given and whose papers from elsewhere are there; the rest is to be signed."""
    now = timezone.now()
    dossier = making.draft(cast.make_site(name="Cơ sở Càng Long", zone=None, at=now), now)
    making.fill(dossier, now)
    known = {slot.code for slot in rules_at(now).phase(1).papers()}
    dossier.papers.filter(slot__in=known - set(FROM_OUTSIDE)).delete()
    return making.fresh(dossier)


def scan_of(sheets: list[copier.Sheet], target: Path) -> Path:
    """The signed sheets as a copier mails them: shuffled, askew, some upside down."""
    dice = random.Random(1)
    dice.shuffle(sheets)
    wears = [copier.Wear(dpi=200, skew=dice.uniform(-3, 3), turn=dice.choice((0, 180))) for _ in sheets]
    target.write_bytes(copier.scan(sheets, wears, dice))
    return target


def test_a_signed_stack_comes_back_in_one_scan(
    page: Page, portal: str, work: Callable[[], None], tmp_path: Path
) -> None:
    dossier = prepared()
    seen = Seen(page, portal)
    enter(page, portal, making.owner_of(dossier))
    page.goto(f"{portal}/dossiers/{dossier.reference}/")

    follow(page, "In bộ giấy tờ để ký")
    press(page, "In bộ ký")
    sees(page, "Đang soạn bộ ký")
    seen.look("a print that is being made")
    work()
    expect(page.get_by_role("link", name="Mở bộ ký để in (PDF)")).to_be_visible()
    seen.look("a print that is ready")

    pack = SigningPack.objects.select_related("file").get(dossier=dossier)
    sheets = signing.sheets_of(pack)
    last = next(each for each in reversed(sheets) if each.slot == "commitment")
    page.goto(f"{portal}/dossiers/{dossier.reference}/scan/")
    seen.look("the place for signed pages")
    first = scan_of([each for each in sheets if each is not last], tmp_path / "xap.pdf")
    choose_files(page, first)
    press(page, "Gửi để đọc")
    sees(page, "Đang đọc bản quét")
    work()
    sees(page, f"Thiếu trang {last.page} của “Bản cam kết”")
    seen.look("a page is missing")

    choose_files(page, scan_of([last], tmp_path / "trang-thieu.pdf"))
    press(page, "Gửi để đọc")
    sees(page, "Đang đọc bản quét")
    work()
    sees(page, "Đã xếp vào hồ sơ")

    page.goto(f"{portal}/dossiers/{dossier.reference}/check/")
    page.get_by_label("Các giấy tờ đúng với bản đã ký và đóng dấu").check()
    press(page, "Nộp hồ sơ")
    heading(page, "Đã nộp hồ sơ")
    work()
    handed_in = making.fresh(dossier)
    assert handed_in.state == State.SUBMITTED
    page.goto(f"{portal}/dossiers/{handed_in.reference}/volume/")
    sees(page, "Mở tập hồ sơ")
    sees(page, handed_in.volumes.get().digest)
    seen.look("the bound volume")
    seen.finds_nothing()
