"""What each person may see of visits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from applications.models import Dossier

if TYPE_CHECKING:
    from organisations.models import User


class VisitQuerySet(models.QuerySet[Any]):
    """Visits are seen through their dossier."""

    def visible_to(self, user: User, *, on: date) -> VisitQuerySet:
        """Visits of dossiers in the person's field of sight."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user, on=on).values("pk"))
