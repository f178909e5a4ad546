"""A claim that the agency does not believe: the claimants lose their rights and are told why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from journal.recording import announce, record
from organisations.models import Enterprise, Membership, MembershipInvitation, User


@transaction.atomic
def dispute_claim(*, enterprise: Enterprise, reason: str, by: User, at: datetime) -> bool:
    """Nobody speaks for the enterprise until somebody is let in anew. False when it was answered before."""
    waiting = Enterprise.objects.filter(pk=enterprise.pk, confirmed_at__isnull=True, disputed_at__isnull=True)
    if not waiting.update(disputed_at=at, disputed_by=by, dispute_reason=reason.strip()[:500]):
        return False
    Membership.objects.filter(enterprise=enterprise, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    MembershipInvitation.objects.filter(
        enterprise=enterprise, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)
    fields = ["disputed_at", "dispute_reason", "memberships"]
    record("enterprise.disputed", by=by, at=at, kind="enterprise", subject_id=enterprise.pk, fields=fields)
    announce("enterprise.disputed", enterprise.pk, at=at)
    return True


def reopen(enterprise_id: UUID) -> None:
    """Somebody was let in: the claim waits for its agency once more."""
    Enterprise.objects.filter(pk=enterprise_id, confirmed_at__isnull=True).update(disputed_at=None)
