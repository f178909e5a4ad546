"""One of everything that the desk keeps beside the dossiers, for tests over all addresses."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from applications import bulk, correcting, library, paper_permits, saved_views
from applications.models import Dossier
from documents.models import RegisterImport
from organisations.models import User
from tests.applications import making

PAPER_TERMS = {
    "number": "2156/QĐ-UBND", "signed_on": date(2021, 10, 4), "signer": "Trần Minh Khải",
    "starts_on": date(2021, 10, 6), "until": None, "baseline": 300, "cap": 100, "mode": "three_on_site",
    "paper_dossier": "HS 12",
}  # fmt: skip
LIBRARY_TEXT = {
    "kind": "reason", "clause": "III.1.3.3-e", "text": "Phiếu tiêm không khớp danh sách", "to_do": "Nộp lại",
    "since": date(2021, 10, 1), "until": None,
}  # fmt: skip


def desk_things(people: Mapping[str, User], dossiers: Mapping[str, Dossier], at: datetime) -> dict[str, Any]:
    """Keys of the things, by the names that tests/permissions.py uses."""
    officer = people["dolisa_officer"]
    view = saved_views.save(name="Mới nộp", query="group=new&state=submitted", shared=True, by=officer, at=at)
    source = making.stored_workbook(by=officer, at=at)
    register = RegisterImport.objects.create(
        agency=dossiers["submitted"].receiving_agency, source=source, at=at, by=officer,
        counts=dict.fromkeys(("read", "enterprise", "site", "known", "bad", "firms"), 0),
    )  # fmt: skip
    entered = paper_permits.enter(
        firm={"tax_code": dossiers["submitted"].site.enterprise.tax_code}, site=dossiers["declined"].site,
        terms=PAPER_TERMS, scan=making.stored_pdf(by=officer, at=at), by=officer, at=at,
    )  # fmt: skip
    corrected = correcting.correct(
        dossier=dossiers["accepted"],
        version=dossiers["accepted"].version,
        values={"signer_title": "Tổng giám đốc"},
        reason="Gõ thiếu",
        by=officer,
        at=at,
    )
    act = bulk.run("claim", [dossiers["team_proposed"]], {}, by=officer, at=at)
    text = library.write(text=None, values=LIBRARY_TEXT, by=officer, at=at)
    return {
        "library_text": text.pk,
        "bulk_act": act.pk,
        "shared_view": view.pk,
        "register": register.pk,
        "paper_permit": entered.pk,
        "correction": corrected[0].pk,
    }
