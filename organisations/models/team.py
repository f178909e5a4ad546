"""Inspection teams, their members by date, and the sites bound to them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.models.agency import Agency
from organisations.models.enterprise import Site


class TeamQuerySet(models.QuerySet["Team"]):
    """Reads over teams."""

    def ended_on(self, day: date) -> "TeamQuerySet":
        """Teams whose people have all come to their last day; one that never had anybody is not among them."""
        rows = TeamMember.objects.filter(team=OuterRef("pk"))
        going_on = rows.filter(Q(until__isnull=True) | Q(until__gt=day))
        return self.filter(Exists(rows) & ~Exists(going_on))

    def going_on(self, day: date) -> "TeamQuerySet":
        """Teams that can be asked for a visit to come, by their number."""
        return self.exclude(pk__in=self.ended_on(day).values("pk")).order_by("number")


class Team(models.Model):
    """A provincial inspection team (Tổ kiểm tra): the body is bound to a site, not each member (A-26)."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=80)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    basis = models.CharField(max_length=150, default="")

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    def leader_on(self, day: date) -> "TeamMember | None":
        """Who leads the team that day; without a query where `members` was fetched before."""
        leaders = (row for row in self.members.all() if row.is_leader and row.since <= day)
        return next((row for row in leaders if row.until is None or row.until >= day), None)

    def last_day(self) -> date | None:
        """The last day of whoever is longest in it; None while somebody has none, or where nobody ever was."""
        days = [row.until for row in self.members.all()]
        written = [day for day in days if day is not None]
        return max(written, default=None) if len(written) == len(days) else None

    def members_on(self, day: date) -> list["TeamMember"]:
        """Who belongs to the team that day, the leader first."""
        rows = self.members.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))
        return list(rows.select_related("user").order_by("-is_leader", "pk"))


def leaders_on(day: date) -> dict[int, "TeamMember"]:
    """The leader of each team that day, by the team's id: one query, however many teams."""
    rows = TeamMember.objects.filter(is_leader=True, since__lte=day).select_related("user")
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=day))
    return {row.team_id: row for row in rows.order_by("-pk")}


class TeamMember(models.Model):
    """A person in a team from a day until a day."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_memberships")
    is_leader = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-is_leader", "pk"]


class TeamBinding(models.Model):
    """The team that follows a site throughout (III.1.3.4); at most one is open a site."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="team_bindings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="bindings")
    bound_at = models.DateTimeField()
    bound_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["-bound_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(ended_at__isnull=True), name="one_open_binding"
            )
        ]
