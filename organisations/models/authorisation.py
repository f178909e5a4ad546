"""Written authorisations to sign "TUQ." (Decree 30, Art. 13.3; A-20): who, for what, from when until when."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisations.models.agency import Agency, Post
from plan.clock import LOCAL


class Authorisation(models.Model):
    """The Chairman authorises the head of a receiving agency to sign refusals, on the Committee's number and seal.

    The paper itself (number, day, who signed it) is registered; it ends by its day or is ended earlier.
    """

    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="authorisations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    since = models.DateField()
    until = models.DateField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="authorisation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(signed_on__lte=F("since")), name="authorisation_signed_before"
            ),
            models.UniqueConstraint(
                fields=["holder", "agency", "number"],
                condition=Q(ended_at__isnull=True),
                name="one_authorisation_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def post(self) -> Post | None:
        """The post at the agency by which the holder signs; None when it has ended."""
        return next((post for post in self.holder.all_posts if post.agency_id == self.agency_id), None)


def authorisation_of(user: Any, agency_id: int, *, on: date) -> Authorisation | None:
    """The authorisation by which a person, in post at the agency, may sign for it on a day.

    One that was ended holds for the papers of the days before, which may be recorded later.
    """
    if not any(post.agency_id == agency_id for post in user.posts_on(on)):
        return None
    after = datetime.combine(on + timedelta(days=1), time.min, tzinfo=LOCAL)
    rows = Authorisation.objects.filter(holder=user, agency=agency_id, since__lte=on, until__gte=on)
    rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=after))
    found: Authorisation | None = rows.select_related("agency", "holder").first()
    return found
