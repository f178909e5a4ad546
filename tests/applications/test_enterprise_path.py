"""The enterprise's whole way by the browser's requests: from no dossier to the confirmation."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import plan
from applications.models import Dossier
from applications.states import State
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db


def pdf(name: str = "giay-to.pdf", pages: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, making.pdf_bytes(pages), "application/pdf")


def workbook(rows: int = making.WORKERS) -> SimpleUploadedFile:
    return SimpleUploadedFile("danh-sach.xlsx", making.worker_list_bytes(rows))


def day(days: int) -> str:
    return f"{plan.local_day(timezone.now()) + timedelta(days=days):%d/%m/%Y}"


def answers(part: str) -> dict[str, Any]:
    """What a person types into a part."""
    return {
        "production": {"mode": "three_on_site", "requested_start_on": day(14)},
        "baseline": {
            "baseline": "300",
            "baseline_as_of": "30/06/2021",
            "baseline_evidence": pdf("bang-luong.pdf"),
            "enterprise_total": "1.300",
        },
        "signer": {
            "signer_name": "Lê Thị Mỹ Ẩn",
            "signer_title": "Giám đốc",
            "signer_capacity": "legal",
            "signed_on": day(-1),
            "contact_name": "Đỗ Kim Ánh",
            "contact_phone": "0912 345 678",
        },
    }[part]


def extras(slot: str) -> dict[str, Any]:
    """The question of a slot that has one."""
    return {
        "vaccination_slips": {"slips_count": str(making.WORKERS), "slips_missing_reason": ""},
        "investment_certificate": {"certificate": "erc", "certificate_reason": ""},
        "caterer_information": {"caterer": "external"},
    }.get(slot, {})


def fill_in(client: Client, dossier: Dossier) -> None:
    """Every answer and every required paper, as the browser sends them."""
    for part in ("production", "baseline", "signer"):
        url = reverse("dossiers:answers", args=[dossier.reference, part])
        response = client.post(url, answers(part))
        assert response.status_code == 302, response.context["form"].errors
    for slot in rules_at(timezone.now()).phase(1).papers():
        if slot.required:
            file = workbook() if slot.code == "worker_list" else pdf(f"{slot.code}.pdf")
            url = reverse("dossiers:paper", args=[dossier.reference, slot.code])
            response = client.post(url, {"files": [file], **extras(slot.code)})
            assert response.status_code == 302, (slot.code, response.context["errors"])


@pytest.fixture
def site() -> Any:
    return cast.make_site(at=timezone.now())


@pytest.fixture
def client_of(site: Any) -> Client:
    return cast.signed_in(site.enterprise.claimed_by)


def test_from_no_dossier_to_the_confirmation(site: Any, client_of: Client) -> None:
    client = client_of
    assert client.get(reverse("home")).status_code == 200
    assert client.get(reverse("dossiers:list")).status_code == 200
    assert client.get(reverse("dossiers:new")).status_code == 200
    started = client.post(reverse("dossiers:new"), {"site": str(site.pk)})
    dossier = Dossier.objects.get(site=site)
    assert started.url == reverse("dossiers:detail", args=[dossier.reference])
    page = client.get(started.url)
    assert page.status_code == 200
    assert page.context["next"]["label"] == "Trả lời"
    fill_in(client, dossier)
    page = client.get(started.url)
    assert page.context["unmet"] == ()
    assert page.context["next"]["title"] == "Kiểm tra rồi nộp hồ sơ"
    check = client.get(reverse("dossiers:check", args=[dossier.reference]))
    assert check.status_code == 200
    sent = client.post(reverse("dossiers:submit", args=[dossier.reference]), {"declared": "yes"})
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED
    assert dossier.code is not None
    assert sent.url == reverse("dossiers:submitted", args=[dossier.code])
    done = client.get(sent.url)
    assert done.status_code == 200
    assert dossier.code in done.content.decode()
    assert "<svg" in done.content.decode()
    assert "Giấy biên nhận đang được làm" in done.content.decode()
    for name in ("detail", "clock", "timeline", "papers", "withdraw"):
        assert client.get(reverse(f"dossiers:{name}", args=[dossier.code])).status_code == 200
    assert client.get(reverse("home")).status_code == 200
