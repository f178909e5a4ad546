"""The paper by which somebody became a signer of an enterprise."""

from django.conf import settings
from django.db import models

from documents.models import StoredFile
from organisations.models import Representative


class SignerPaper(models.Model):
    """A decision, a changed certificate or an authorisation: its number, its day and its file."""

    representative = models.ForeignKey(Representative, models.CASCADE, related_name="+")
    number = models.CharField(max_length=60)
    dated = models.DateField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-dated", "-pk"]
