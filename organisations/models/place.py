"""Where things lie: administrative units by date, economic zones and parks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdminUnit(models.Model):
    """A province, district or commune with the dates it existed; codes are the General Statistics Office's."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Tỉnh")
        DISTRICT = "district", _("Huyện")
        COMMUNE = "commune", _("Xã")

    code = models.CharField(max_length=5, primary_key=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    sort_key = models.CharField(max_length=200)

    class Meta:
        ordering = ["sort_key", "code"]
        indexes = [models.Index(fields=["level", "sort_key"], name="unit_by_level")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Kind and name: "Huyện Càng Long"."""
        return f"{self.kind} {self.name}"

    @property
    def name_in_text(self) -> str:
        """The same inside a sentence: "huyện Càng Long"."""
        return f"{self.kind[:1].lower()}{self.kind[1:]} {self.name}"


class Zone(models.Model):
    """An economic zone, an industrial park, or a cluster; a cluster is neither (A-03, sizing)."""

    class Kind(models.TextChoices):
        ECONOMIC_ZONE = "zone", _("Khu kinh tế")
        PARK = "park", _("Khu công nghiệp")
        CLUSTER = "cluster", _("Cụm công nghiệp")

    code = models.SlugField(primary_key=True, max_length=30)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    districts = models.ManyToManyField(AdminUnit, related_name="+")
    sort_key = models.CharField(max_length=200)

    class Meta:
        ordering = ["sort_key", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_zone_or_park(self) -> bool:
        """Whether sites here are received by the Economic Zone Board."""
        return self.kind != self.Kind.CLUSTER
