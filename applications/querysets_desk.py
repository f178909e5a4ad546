"""Reads over what belongs to a receiving agency."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from organisations.querysets import sight
from organisations.roles import May

if TYPE_CHECKING:
    from organisations.models import User


class OfAgencies(models.QuerySet[Any]):
    """Rows that name their agency: seen by those who receive dossiers there."""

    def visible_to(self, user: User, *, on: date) -> OfAgencies:
        """Rows of the agencies at which the person receives that day."""
        return self.filter(agency__in=user.agencies_where(May.RECEIVE, on=on))


class OfPaperPermits(models.QuerySet[Any]):
    """Permits entered from paper: seen by who sees the site."""

    def visible_to(self, user: User, *, on: date) -> OfPaperPermits:
        """Those of the sites in the person's field of sight."""
        return self.filter(sight(user, on=on, site="permit__site__"))

    def not_ended(self, *, on: date) -> OfPaperPermits:
        """Those that have not ended before the day; one that begins later counts."""
        return self.filter(models.Q(permit__until__isnull=True) | models.Q(permit__until__gte=on))
