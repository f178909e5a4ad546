"""Days off and swapped working days, an editable table seeded from the holidays package."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A public holiday, or a weekend day that is worked by decision."""

    class Kind(models.TextChoices):
        OFF = "off", _("Nghỉ")
        WORKING = "working", _("Làm bù")

    on = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OFF)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.name}"

    @classmethod
    def days(cls) -> tuple[frozenset[date], frozenset[date]]:
        """(holidays, swapped working days), as the rules of the plan take them."""
        rows = list(cls.objects.values_list("on", "kind"))
        return (
            frozenset(on for on, kind in rows if kind == cls.Kind.OFF),
            frozenset(on for on, kind in rows if kind == cls.Kind.WORKING),
        )
