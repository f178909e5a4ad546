"""A print, an open scan, a bound volume and a paper with an annex in the world of tests/world.py: rows as the worker
and the Office leave them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from applications import paper_signing
from applications.models import Dossier, Scan, ScanPage, SigningPack, Volume, VolumeBook
from applications.states import State
from tests import cast
from tests.applications import making


def signing_things(dossiers: dict[str, Dossier], at: datetime) -> dict[str, Any]:
    """The draft has a print and a scan with one page that is asked about; the submitted dossier has its volume."""
    draft, handed_in = dossiers[State.DRAFT], dossiers[State.SUBMITTED]
    owner = making.owner_of(draft)
    file = making.stored_pdf(by=owner, at=at)
    SigningPack.objects.create(
        dossier=draft, version=1, code="ABCDEFGH", text_digest="0" * 64, printed=[], pages=1, file=file,
        made_at=at, made_by=owner, rendered_at=at,
    )  # fmt: skip
    scan = Scan.objects.create(
        dossier=draft, state=Scan.State.READY, whole=file, pages=1, sent_at=at, sent_by=owner, touched_at=at
    )
    scan.files.create(position=1, file=file, kind="pdf")
    ScanPage.objects.create(scan=scan, number=1, file_position=1)
    volume = Volume.objects.create(
        dossier=handed_in, version=1, key="0" * 64, parts=[], pages=1, digest="0" * 64, token="VOLUME234567",
        made_at=at,
    )  # fmt: skip
    VolumeBook.objects.create(volume=volume, number=1, file=file, first_page=1, pages=1)
    return {"volume_token": volume.token, "annex_scan": annex_scan(at)}


def annex_scan(at: datetime) -> UUID:
    """What the Office typed beside the scan of one consent for two sites, not yet read back; the scan's id."""
    sites = [cast.make_site(name=f"Nhà kho {number}", zone=None, at=at) for number in (1, 2)]
    advices = [making.advice_of(making.make_dossier(State.FORWARDED, site=site, at=at)) for site in sites]
    clerk, chairman = cast.OFFICIALS["office_clerk"](), cast.OFFICIALS["chairman"]()
    scan = making.stored_pdf(by=clerk, at=at)
    paper_signing.keep_many(
        advices=advices, kind="quyet_dinh", signer=chairman, number=1912, dated=at.date(), scan=scan, by=clerk,
        at=at,
    )  # fmt: skip
    return scan.pk
