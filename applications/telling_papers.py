"""Who is told that the worker is done with their papers: a print to sign, a scan read. Handlers of events."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.models import Scan, SigningPack
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


def _tell(user: User, key: str, title: str, line: str, path: str, *, asked: datetime, at: datetime) -> None:
    channels = settings.NOTICE_CHANNELS if at - asked > WAITED else ()
    tell([user], key=key, title=title, line=line, path=path, at=at, channels=channels)
