"""Print, sign, scan, file: the way of a stack of paper through the portal."""

import random
from dataclasses import replace
from datetime import datetime

import pytest

from applications.models import Dossier, Scan, ScanPage, SigningPack
from applications.packing import printing
from journal.models import OutboxRow
from tests import cast
from tests.applications import copier, making, signing

pytestmark = pytest.mark.django_db

Found = ScanPage.Found


def test_a_stack_comes_back_whole_and_is_filed_by_itself() -> None:
    dossier = making.draft()
    pack = signing.printed(dossier)
    assert OutboxRow.objects.filter(event="pack.ready", subject_id=str(pack.pk)).count() == 1
    dice = random.Random(1)
    sheets = signing.sheets_of(pack)[1:]
    dice.shuffle(sheets)
    # Skew, but not so much that the glass cuts the code off; what comes worse is in test_three_hundred_scans.
    wears = [replace(copier.worn(dice), skew=dice.uniform(-3, 3), dpi=200, noise=0, blur=0.0) for _ in sheets]
    content = copier.scan(sheets, wears, dice)
    scan = signing.read(dossier, content)
    assert scan.state == Scan.State.CLOSED, list(scan.sheets.values_list("number", "found", "codes"))
    for row in pack.printed:
        paper = dossier.papers.get(slot=row["slot"], replaced_at__isnull=True)
        assert paper.pages == row["pages"]


def test_the_same_text_is_one_print_and_a_changed_text_another() -> None:
    dossier = making.draft()
    first = _asked(dossier)
    assert _asked(dossier, cast.instant("2021-10-15")).pk == first.pk
    making.fill(dossier, signer_name="Người Ký Khác")
    second = _asked(making.fresh(dossier))
    assert second.version == first.version + 1
    assert second.code != first.code
    assert printing.latest(dossier).pk == second.pk


def _asked(dossier: Dossier, at: datetime = cast.AT) -> SigningPack:
    return printing.ask(dossier=dossier, by=making.owner_of(dossier), at=at)
