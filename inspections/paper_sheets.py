"""A confirmation sheet that was signed on paper: a scan of paper is taken as a digital one is (III.1.3.1-d)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications import lifecycle, waiting_scans
from applications.actors import is_leader
from applications.models import Dossier, Upload
from applications.states import State
from applications.unmet import NotAllowed, Stale, Unmet
from documents.checking import Kind
from documents.issuing import OnPaper
from documents.models import StoredFile
from inspections.models import Visit
from journal.recording import record
from organisations.models import User
from pages.templatetags.ui import vn_date

CLAUSE = "III.1.3.1-d"


@dataclass(frozen=True)
class SignedPaper:
    """What stands on the paper: the day, who signed for the team and for the enterprise; and its scan, one PDF."""

    dated: date
    team_signer: str
    firm_signer: str
    scan: StoredFile

    def unmet(self, visit: Visit, *, at: datetime) -> list[Unmet]:
        """A sheet is signed by both sides, once the visit is over."""
        wanted = [
            (bool(self.team_signer.strip()), _("Chưa ghi ai ký cho tổ kiểm tra."), "team_signer"),
            (bool(self.firm_signer.strip()), _("Chưa ghi ai ký cho doanh nghiệp."), "firm_signer"),
            (self.dated <= plan.local_day(at), _("Ngày ký nằm sau hôm nay. Nhập ngày đã ký."), "dated"),
        ]
        missing = [Unmet("paper", CLAUSE, words, anchor) for met, words, anchor in wanted if not met]
        if visit.ended_at is not None and self.dated < plan.local_day(visit.ended_at):
            words = _("Ngày ký đứng trước ngày kiểm tra %(day)s.") % {"day": vn_date(visit.ended_at)}
            missing.append(Unmet("paper", CLAUSE, words, "dated"))
        return missing

    def on_paper(self, by: User) -> OnPaper:
        """As letters signed on paper are kept; a sheet bears no number."""
        return OnPaper(number=None, dated=self.dated, scan=self.scan, recorded_by=by)


@transaction.atomic
def wait(*, dossier: Dossier, scan: StoredFile, by: User, at: datetime) -> None:
    """Keeps the scan until it is signed for, in the place of one that the leader sent before."""
    held = lifecycle.held(dossier.pk)
    if not is_leader(held, by=by, at=at):
        raise NotAllowed("sign_sheet")
    if held.state != State.TEAM_ASSIGNED:
        raise Stale(held)
    waiting_scans.clear(held, by=by, at=at)
    scan.save()
    Upload.objects.create(dossier=held, slot=waiting_scans.SHEET, file=scan, kind=Kind.PDF, at=at, by=by)
    record("upload.kept", by=by, at=at, kind="dossier", subject_id=held.pk, fields=[waiting_scans.SHEET])
