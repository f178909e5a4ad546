"""Reads over dossiers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from applications.states import WITH_OFFICIALS
from organisations.models import Site
from organisations.querysets import own_enterprises, sight
from organisations.roles import May
from pages.folding import fold

if TYPE_CHECKING:
    from organisations.models import User


class DossierQuerySet(models.QuerySet[Any]):
    """Every page starts from `visible_to`: what is not in it does not exist (404)."""

    def visible_to(self, user: User, *, on: date, joined: bool = False) -> DossierQuerySet:
        """Dossiers in the person's field of sight. Drafts, thrown away or not, are seen by the enterprise only.

        A receiving agency sees what it received, which stays with it when a site is moved; a team sees the
        dossiers assigned to it beside the sites bound to it. Who fetches one dossier asks for it `joined` to its
        site; over many, that would be slower.
        """
        if not user.is_authenticated:
            return self.none()
        # The code is born when a dossier is first handed in.
        field = in_sight(user, on=on, joined=joined)
        if field and user.posts_on(on):
            field |= self._asked(user, on=on)
        seen = field & Q(code__isnull=False)
        if user.is_official and not user.open_enterprises:
            return self.filter(seen)
        return self.filter(seen | Q(site__in=Site.objects.filter(own_enterprises(user)).values("pk")))

    def _asked(self, user: User, *, on: date) -> Q:
        """About which an agency of the person was asked for its opinion: it sees the case for that."""
        opinions = self.model._meta.get_field("opinions").related_model._default_manager
        agencies = {post.agency_id for post in user.posts_on(on)}
        return Q(pk__in=opinions.filter(agency__in=agencies).order_by().values("dossier"))

    def on_desks(self, user: User, *, on: date) -> DossierQuerySet:
        """What `visible_to` gives that somebody at an office or in a team works on now.

        An agency works on what it has received; a dossier that another received is not on its desk, even if the
        site has come into its field since.
        """
        agencies = user.agencies_where(May.RECEIVE, on=on)
        if agencies and len(agencies) == len(user.posts_on(on)):
            return self.open().filter(receiving_agency__in=agencies)
        return self.open().filter(in_sight(user, on=on))

    def open(self) -> DossierQuerySet:
        """Not yet ended, drafts left out."""
        return self.filter(state__in=WITH_OFFICIALS)

    def overdue(self, *, at: datetime) -> DossierQuerySet:
        """Whose present stage is past its due time."""
        return self.open().filter(due_at__lt=at)

    def found(self, text: str) -> DossierQuerySet:
        """Every folded word occurs in code, site, enterprise or tax code."""
        rows = self
        for word in fold(text)[:100].split():
            rows = rows.filter(search__contains=word)
        return rows


def in_sight(user: User, *, on: date, joined: bool = False) -> Q:
    """Dossiers of the sites in the field of sight of a post, and those that its agency or team received.

    The site is asked row by row and last: as a list, both databases would gather all sites in sight first, and
    then look for each one's dossiers.
    """
    sites = sight(user, on=on, site="site__" if joined else "")
    if not sites:  # the whole province
        return Q()
    if not user.posts_on(on):
        return Q(pk__in=[])
    seen = Q(receiving_agency__in=user.agencies_where(May.RECEIVE, on=on))
    if user.may(May.LEAD_VISITS, on=on):
        current = user.team_memberships.filter(since__lte=on)
        current = current.filter(Q(until__isnull=True) | Q(until__gte=on))
        seen |= Q(team__in=current.values("team"))
    return seen | (sites if joined else Q(Exists(Site.objects.filter(sites, pk=OuterRef("site")).order_by())))
