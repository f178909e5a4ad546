"""What each person may see of letters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.models import Site
from organisations.querysets import team_sites
from organisations.roles import PERMISSIONS, May

if TYPE_CHECKING:
    from organisations.models import User

READS = frozenset({May.SEE_LETTERS, May.LEAD_VISITS})


class LetterQuerySet(models.QuerySet[Any]):
    """Letters are seen through the site that they are about."""

    def visible_to(self, user: User, *, on: date) -> LetterQuerySet:
        """All letters about the person's own sites or field; other agencies see the Chairman's letters only.

        Each post opens its own field: beside another post it opens no more.
        """
        if not user.is_authenticated:
            return self.none()
        members = user.memberships.filter(ended_at__isnull=True).values("enterprise")
        own = self._of(Site.objects.filter(enterprise__in=members))
        about = self._of(Site.objects.visible_to(user, on=on))
        reading = [bool(READS & PERMISSIONS[post.role]) for post in user.posts_on(on)]
        if reading and all(reading):
            return self.filter(own | about)
        if any(reading):
            own |= self._of(Site.objects.filter(_read_whole(user, on=on)))
        return self.filter(own | (about & Q(kind__in=["decision", "refusal"])))

    def about(self, sites: models.QuerySet[Site]) -> LetterQuerySet:
        """Letters about one of these sites."""
        return self.filter(self._of(sites))

    def _of(self, sites: models.QuerySet[Site]) -> Q:
        """Letters about one of these sites, by their own key or as one line of an annex."""
        lines = self.model._meta.get_field("sites").related_model.objects.filter(
            letter=OuterRef("pk"), site_id__in=sites.values("pk")
        )
        return Q(site_id__in=sites.values("pk")) | Q(site_id__isnull=True) & Q(Exists(lines))


def _read_whole(user: User, *, on: date) -> Q:
    """Sites of which some post opens every letter: all, those of the receiving agency, those of the teams."""
    seen = Q(pk__in=[])
    for post in user.posts_on(on):
        given = PERMISSIONS[post.role]
        if {May.SEE_ALL_DOSSIERS, May.SEE_LETTERS} <= given:
            return Q()
        if May.SEE_LETTERS in given:
            seen |= Q(receiving_agency=post.agency_id)
        elif May.LEAD_VISITS in given:
            seen |= Q(pk__in=team_sites(user, on=on))
    return seen


class ImportQuerySet(models.QuerySet[Any]):
    """Imports of a register belong to the agency that made them."""

    def visible_to(self, user: User, *, on: date) -> ImportQuerySet:
        """Those of the agencies at which the person confirms claims that day."""
        return self.filter(agency__in=user.agencies_where(May.CONFIRM_CLAIMS, on=on))
