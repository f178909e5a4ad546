"""Changing who signs for an enterprise, by a dated paper: the old signer stays on what was signed before."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.models import SignerPaper
from applications.telling import officials_of, people_of
from documents.models import StoredFile
from journal.recording import announce, record
from notices.telling import fitted, tell
from organisations import people
from organisations.models import Enterprise, Site, User
from organisations.roles import May


@transaction.atomic
def change(
    *, enterprise: Enterprise, full_name: str, title: str, capacity: str, since: date, until: date | None,
    number: str, dated: date, file: StoredFile, by: User, at: datetime,
) -> SignerPaper:  # fmt: skip
    """A new signer from a day on, with the paper that says so. Raises organisations.people.SignerTooEarly.

    `file` is kept and not yet saved (documents.storing.keep).
    """
    row = people.set_representative(
        enterprise=enterprise, full_name=full_name, title=title, capacity=capacity, since=since, until=until,
        by=by, at=at,
    )  # fmt: skip
    file.save()
    paper = SignerPaper.objects.create(
        representative=row, number=number.strip(), dated=dated, file=file, sent_at=at, sent_by=by
    )
    record(
        "representative.paper", by=by, at=at, kind="enterprise", subject_id=enterprise.pk,
        fields=["dated", "file", "number"],
    )  # fmt: skip
    announce("representative.changed", paper.pk, at=at)
    return paper


def changed(paper_id: str, *, at: datetime) -> None:
    """Tells the agencies that receive a site of the enterprise, and its own people."""
    paper = SignerPaper.objects.select_related("representative__enterprise").get(pk=paper_id)
    firm = paper.representative.enterprise
    agencies = Site.objects.filter(enterprise=firm).order_by("receiving_agency")
    told = people_of(firm.pk)
    for agency in agencies.values_list("receiving_agency", flat=True).distinct():
        told += officials_of(agency, permission=May.CONFIRM_CLAIMS, at=at)
    with override("vi"):
        values = {"name": firm.name, "day": f"{paper.representative.since:%d/%m/%Y}"}
        line = fitted(_("%(name)s đổi người ký giấy tờ từ %(day)s; giấy kèm theo."), values, cut="name")
        path = reverse("enterprise", args=[firm.pk])
        tell(told, key=f"signer:{paper.pk}", title=_("Đổi người ký"), line=line, path=path, at=at)
