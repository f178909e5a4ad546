"""Who is told of papers: a print to sign, a scan read, one that came after the dossier. Handlers of events."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.models import Dossier, EntryFile, Paper, Scan, SigningPack
from applications.telling import handlers_of, people_of
from notices.telling import tell
from organisations.models import User

# The page of a print or a scan tells by itself while somebody waits at it; after this long nobody does.
WAITED = timedelta(minutes=5)


def pack_ready(pack_id: str, *, at: datetime) -> None:
    """Who asked for the print."""
    with override("vi"):
        pack = SigningPack.objects.select_related("dossier", "made_by").get(pk=pack_id)
        papers = pack.kind == SigningPack.Kind.PAPERS
        title = _("Bộ giấy tờ để ký đã sẵn sàng") if papers else _("Tờ ngăn cách đã sẵn sàng")
        line = _("Hồ sơ %(code)s: bản in %(pages)s trang đã sẵn sàng; tải về để in.") % {
            "code": pack.dossier.reference, "pages": pack.pages,
        }  # fmt: skip
        path = reverse("dossiers:pack", args=[pack.dossier.reference])
        _tell(pack.made_by, f"pack:{pack.pk}", title, line, path, asked=pack.made_at, at=at)


def scan_read(scan_id: str, *, at: datetime) -> None:
    """Who sent the scan, of what it has come to by now."""
    with override("vi"):
        scan = Scan.objects.select_related("dossier", "sent_by").get(pk=scan_id)
        said = {
            Scan.State.READY: (_("Bản quét chờ xem lại"), _("Hồ sơ %(code)s: bản quét còn trang chờ anh/chị xếp.")),
            Scan.State.CLOSED: (_("Bản quét đã xếp xong"), _("Hồ sơ %(code)s: mọi trang quét đã vào đúng giấy tờ.")),
            Scan.State.FAILED: (_("Bản quét không đọc được"), _("Hồ sơ %(code)s: xem lý do và cách gửi lại bản quét.")),
        }.get(Scan.State(scan.state))  # fmt: skip
        if said is None:  # dropped meanwhile, or more pages have come and it is being read again
            return
        title, line = said
        if scan.state == Scan.State.CLOSED and not scan.sheets.filter(paper__isnull=False).exists():
            title = _("Bản quét chưa vào hồ sơ")
            line = _("Hồ sơ %(code)s: không có trang nào xếp được; xem vì sao và gửi lại.")
        path = reverse("dossiers:scan", args=[scan.dossier.reference])
        key = f"scan:{scan.pk}:{scan.sent_at:%Y%m%d%H%M%S}"
        line %= {"code": scan.dossier.reference}
        _tell(scan.sent_by, key, title, line, path, asked=scan.sent_at, at=at)


def paper_followed(paper_id: str, *, at: datetime) -> None:
    """Who has the dossier: a paper that could come later is there, to be read."""
    with override("vi"):
        paper = _paper(paper_id)
        line = _("Hồ sơ %(code)s: giấy tờ được nộp sau đã có bản mới; mời xem và đánh dấu.")
        tell(handlers_of(paper.dossier, at=at), key=f"followed:{paper.pk}", title=_("Giấy tờ nộp sau đã đến"),
             line=line % {"code": paper.dossier.reference}, path=_page_of(paper), at=at)  # fmt: skip


def paper_returned(paper_id: str, *, at: datetime) -> None:
    """The enterprise, where no request for a supplement tells it and it may send another at once."""
    with override("vi"):
        paper = _paper(paper_id)
        if paper.verdict != Paper.Verdict.RETURNED or paper.verdict_at is None:  # read again since
            return
        key = f"returned:{paper.pk}:{paper.verdict_at:%Y%m%d%H%M%S}"
        line = _("Hồ sơ %(code)s: giấy tờ nộp sau bị trả lại; xem lý do và tải bản khác.")
        tell(people_of(paper.dossier.site.enterprise_id), key=key, title=_("Một giấy tờ bị trả lại"),
             line=line % {"code": paper.dossier.reference}, path=_page_of(paper), at=at)  # fmt: skip


def file_retracted(file_id: str, *, at: datetime) -> None:
    """The enterprise, when the agency withdrew a file of a message or behind an answer."""
    with override("vi"):
        sent = EntryFile.objects.filter(file__pk=file_id).select_related("dossier__site").first()
        answers = Q(baseline_evidence=file_id) | Q(signer_authorisation=file_id)
        rows = Dossier.objects.filter(answers, submitted_at__isnull=False).select_related("site")
        dossier = sent.dossier if sent else rows.order_by("-submitted_at", "pk").first()
        if dossier is None:  # the enterprise has answered with another file since
            return
        line = _("Hồ sơ %(code)s: một tệp gửi nhầm đã được rút; xem lý do.") % {"code": dossier.reference}
        page = "messages" if sent else "detail"
        tell(people_of(dossier.site.enterprise_id), key=f"retract:{file_id}", title=_("Một tệp đã được rút"),
             line=line, path=reverse(f"dossiers:{page}", args=[dossier.reference]), at=at)  # fmt: skip


def _paper(paper_id: str) -> Paper:
    return Paper.objects.select_related("dossier__site", "dossier__handled_by").get(pk=paper_id)


def _page_of(paper: Paper) -> str:
    return reverse("dossiers:paper", args=[paper.dossier.reference, paper.slot])


def _tell(user: User, key: str, title: str, line: str, path: str, *, asked: datetime, at: datetime) -> None:
    channels = settings.NOTICE_CHANNELS if at - asked > WAITED else ()
    tell([user], key=key, title=title, line=line, path=path, at=at, channels=channels)
