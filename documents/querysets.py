"""What each person may see of letters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from organisations.models import Site
from organisations.roles import May

if TYPE_CHECKING:
    from organisations.models import User


class LetterQuerySet(models.QuerySet[Any]):
    """Letters are seen through the site that they are about."""

    def visible_to(self, user: User, *, on: date) -> LetterQuerySet:
        """All letters about the person's own sites or field; other agencies see the Chairman's letters only."""
        if not user.is_authenticated:
            return self.none()
        members = user.memberships.filter(ended_at__isnull=True).values("enterprise")
        own = Q(site_id__in=Site.objects.filter(enterprise__in=members).values("pk"))
        about = Q(site_id__in=Site.objects.visible_to(user, on=on).values("pk"))
        if user.may(May.SEE_LETTERS, on=on) or user.may(May.LEAD_VISITS, on=on):
            return self.filter(own | about)
        return self.filter(own | (about & Q(kind__in=["decision", "refusal"])))
