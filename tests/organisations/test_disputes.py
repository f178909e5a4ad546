"""A claim that the agency does not believe: said why, rights ended, the tax code open to its true owner."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from applications import telling
from journal.models import AuditEvent, OutboxRow
from notices.models import Message
from organisations import importing, invitations, registering
from organisations.models import AccessRequest, Enterprise, Membership, MembershipInvitation
from tests import cast

pytestmark = pytest.mark.django_db
REASON = "Mã số thuế này thuộc công ty khác."


def words(answer: Any) -> str:
    return str(answer.content.decode())


def claimed() -> Enterprise:
    return cast.make_site(cast.make_enterprise(confirmed=False)).enterprise


def url(enterprise: Enterprise, name: str = "organisations:dispute_claim") -> str:
    return reverse(name, args=[enterprise.pk])


def test_a_disputed_claim_ends_the_rights_and_tells_the_claimant_why() -> None:
    enterprise = claimed()
    claimant = enterprise.claimed_by
    officer = cast.signed_in(cast.make_zone_officer())
    assert "Không xác nhận" in words(officer.get(url(enterprise, "enterprise")))
    assert "Sau khi trả lời" in words(officer.get(url(enterprise)))
    page = words(officer.post(url(enterprise), {"reason": REASON}, follow=True))
    assert REASON in page
    assert "Xác nhận doanh nghiệp này" not in page
    assert not Membership.objects.filter(enterprise=enterprise, ended_at__isnull=True).exists()
    assert cast.signed_in(claimant).get(url(enterprise, "enterprise")).status_code == 404
    event = OutboxRow.objects.get(event="enterprise.disputed")
    telling.enterprise_disputed(event.subject_id, at=event.at)
    telling.enterprise_disputed(event.subject_id, at=event.at)
    notice = Message.objects.get(user=claimant, title="Doanh nghiệp không được xác nhận")
    assert REASON in notice.line
    row = AuditEvent.objects.get(verb="enterprise.disputed")
    assert row.fields == ["dispute_reason", "disputed_at", "memberships"]
    assert REASON not in row.reason


def test_a_dispute_needs_its_reason() -> None:
    enterprise = claimed()
    answer = cast.signed_in(cast.make_zone_officer()).post(url(enterprise), {"reason": " "})
    assert "Nhập lý do không xác nhận." in words(answer)
    enterprise.refresh_from_db()
    assert enterprise.disputed_at is None


def test_what_was_answered_once_stays_answered() -> None:
    enterprise = claimed()
    officer = cast.signed_in(cast.make_zone_officer())
    officer.post(url(enterprise), {"reason": REASON})
    officer.post(url(enterprise), {"reason": "lần hai"})
    assert "không xác nhận trước đó" in words(
        officer.post(url(enterprise, "organisations:confirm_claim"), follow=True)
    )
    enterprise.refresh_from_db()
    assert (enterprise.confirmed_at, enterprise.dispute_reason) == (None, REASON)
    assert OutboxRow.objects.filter(event="enterprise.disputed").count() == 1


def test_letting_in_the_owner_makes_the_claim_wait_again() -> None:
    enterprise = claimed()
    officer = cast.make_zone_officer()
    client = cast.signed_in(officer)
    client.post(url(enterprise), {"reason": REASON})
    owner = cast.make_person("chu-that@anh-duong.example", "Trần Văn Thật")
    registering.ask_access(tax_code=enterprise.tax_code, note="", by=owner, at=cast.AT)
    asked = AccessRequest.objects.get(user=owner)
    registering.decide_access(
        asked=asked, granted=True, level=Membership.Level.SUBMIT, by=officer, at=cast.AT
    )
    assert "Đã xác nhận" in words(client.post(url(enterprise, "organisations:confirm_claim"), follow=True))
    enterprise.refresh_from_db()
    assert enterprise.confirmed_at is not None


def listed(enterprise: Enterprise, *, at: datetime) -> MembershipInvitation:
    """What the agency's list leaves as the newest invitation, when it names an address of the firm."""
    site = enterprise.sites.get()
    row = {
        "row": 4,
        "tax_code": enterprise.tax_code,
        "site": site.name,
        "email": "chu-that@anh-duong.example",
    }
    importing.enter(rows=[row], agency=cast.agency("EZB"), by=cast.make_zone_officer(), at=at)
    return MembershipInvitation.objects.filter(enterprise=enterprise).order_by("-invited_at").first()


def test_an_owner_invited_by_the_agencys_list_makes_the_claim_wait_again() -> None:
    enterprise = claimed()
    client = cast.signed_in(cast.make_zone_officer())
    client.post(url(enterprise), {"reason": REASON})
    owner = cast.make_person("chu-that@anh-duong.example", "Trần Văn Thật")
    invitations.accept(invitation=listed(enterprise, at=cast.AT), user=owner, at=cast.AT)
    assert "Đã xác nhận" in words(client.post(url(enterprise, "organisations:confirm_claim"), follow=True))
    enterprise.refresh_from_db()
    assert enterprise.confirmed_at is not None


def test_a_list_asks_again_whose_invitation_is_over_and_only_then() -> None:
    enterprise = claimed()
    cast.signed_in(cast.make_zone_officer()).post(url(enterprise), {"reason": REASON})
    first = listed(enterprise, at=cast.AT)
    assert listed(enterprise, at=cast.AT + timedelta(days=6)) == first
    again = listed(enterprise, at=first.expires_at)
    assert again != first
    assert invitations.is_open(again, at=first.expires_at)


def test_another_agency_does_not_dispute() -> None:
    enterprise = claimed()
    assert cast.signed_in(cast.make_dolisa_head()).get(url(enterprise)).status_code == 404
    assert cast.signed_in(cast.make_chairman()).post(url(enterprise), {"reason": REASON}).status_code == 403
