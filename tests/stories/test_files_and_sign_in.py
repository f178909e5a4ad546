"""A sign-in that runs out while files are chosen: they stay chosen, and are sent once signed in again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import cast
from tests.applications import making
from tests.stories.people import choose_files, enter, press, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_files_wait_in_the_page_until_the_person_has_signed_in_on_another_tab(
    new_page: Callable[..., Page], portal: str, tmp_path: Path
) -> None:
    dossier = making.draft(at=timezone.now())
    paper = tmp_path / "cong-van.pdf"
    paper.write_bytes(making.pdf_bytes(2))
    page = enter(new_page(), portal, making.owner_of(dossier))
    page.goto(portal + reverse("dossiers:paper", args=[dossier.reference, "request_letter"]))
    choose_files(page, paper)
    Session.objects.all().delete()
    press(page, "Tải lên")
    expect(page.get_by_text("Phiên đã hết.")).to_be_visible()
    assert not dossier.papers.exists()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập ở thẻ mới").click()
    sign_in(opened.value, making.owner_of(dossier), cast.PASSWORD)
    expect(opened.value).to_have_url(portal + reverse("home"))
    press(page, "Tải lên")
    expect(page.get_by_text(", 2 trang.")).to_be_visible()
    assert dossier.papers.get().pages == 2
