"""What each person may see of enterprises and sites; every field of sight starts here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.roles import May, Role

if TYPE_CHECKING:
    from organisations.models import Site, User

# Roles whose field is the whole province; which columns they see is a matter of the page.
PROVINCE_WIDE = {Role.HEALTH, Role.POLICE, Role.UNION, Role.DEPARTMENT}


def sight(user: User, *, on: date, site: str = "") -> Q:
    """Sites a person sees: their enterprises', agency's, team's or district's, or all.

    `site` is the path to the site from the model that is filtered ("site__" from a dossier). Each part is a
    subquery of its own, so that no join multiplies rows.
    """
    if not user.is_authenticated:
        return Q(pk__in=[])
    if user.may(May.SEE_ALL_DOSSIERS, on=on):
        return Q()
    seen = own_enterprises(user, site=site)
    for post in user.posts_on(on):
        if post.role in {Role.RECEIVING, Role.RECEIVING_HEAD}:
            seen |= Q(**{f"{site}receiving_agency": post.agency_id})
        elif post.role == Role.TEAM:
            seen |= Q(**{f"{site}pk__in": team_sites(user, on=on)})
        elif post.role == Role.DISTRICT and post.agency.district_id:
            seen |= Q(**{f"{site}district": post.agency.district_id})
        elif post.role in PROVINCE_WIDE:
            return Q()
    return seen


def surely_sees(user: User, site: Site, *, on: date) -> bool:
    """Whether a site lies in a person's field of sight as far as the posts alone tell: for links, without a query.

    Memberships and teams are not asked, so a False may be too careful; a True is what `sight` gives.
    """
    if not sight(user, on=on):  # the whole province
        return True
    for post in user.posts_on(on):
        receives = post.role in {Role.RECEIVING, Role.RECEIVING_HEAD}
        if receives and post.agency_id == site.receiving_agency_id:
            return True
        if post.role == Role.DISTRICT and post.agency.district_id == site.district_id:
            return True
    return False


def own_enterprises(user: User, *, site: str = "") -> Q:
    """Sites of the enterprises that a person belongs to; officials hardly ever do, which spares a subquery."""
    if user.is_official and not user.open_enterprises:
        return Q(**{f"{site}pk__in": []})  # nothing; an empty Q would mean everything
    members = user.memberships.filter(ended_at__isnull=True)
    return Q(**{f"{site}enterprise__in": members.values("enterprise")})


def team_sites(user: User, *, on: date) -> Any:
    """Sites bound to a team of which the person is a member that day."""
    rows = user.team_memberships.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))
    return rows.filter(team__bindings__ended_at__isnull=True).values("team__bindings__site")


class SiteQuerySet(models.QuerySet[Any]):
    """Reads over sites."""

    def visible_to(self, user: User, *, on: date) -> SiteQuerySet:
        """Sites in the person's field of sight."""
        return self.filter(sight(user, on=on))


class EnterpriseQuerySet(models.QuerySet[Any]):
    """Reads over enterprises."""

    def visible_to(self, user: User, *, on: date) -> EnterpriseQuerySet:
        """The person's own enterprises, and those of which the person sees a site."""
        if not user.is_authenticated:
            return self.none()
        sites = sight(user, on=on)
        if not sites:  # the whole province
            return self.all()
        members = user.memberships.filter(ended_at__isnull=True)
        own = Q(pk__in=members.values("enterprise"))
        if not user.posts_on(on):
            return self.filter(own)
        # Asked row by row: as a list, both databases would gather all sites in sight first.
        seen = self.model._meta.get_field("sites").related_model._default_manager.filter(sites)
        rows = Q(Exists(seen.filter(enterprise=OuterRef("pk")).order_by()))
        return self.filter(rows | own) if user.open_enterprises else self.filter(rows)
