"""The two tasks of paper and ink on a dossier's task list: print what is to be signed, bring it back."""

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Dossier, Scan, SigningPack
from applications.packing import printing
from applications.scanning import taking
from pages import parts
from pages.templatetags.ui import vn_moment, vn_time


def signing_tasks(dossier: Dossier) -> list[parts.Task]:
    """Print and scan, each with how it stands; three queries."""
    ref = [dossier.reference]
    pack, scan = printing.latest(dossier), taking.open_scan(dossier)
    filed = dossier.scans.filter(state=Scan.State.CLOSED).order_by("-sent_at", "pk").first()
    return [
        parts.Task(
            _("In bộ giấy tờ để ký"), reverse("dossiers:pack", args=ref), _print_line(pack), "file-earmark-text",
            parts.Tag(_("Xong"), "ok", "check-circle") if pack else parts.Tag(_("Chưa bắt đầu"), "calm", "circle"),
        ),
        parts.Task(
            _("Tải bản đã ký"), reverse("dossiers:scan", args=ref), _scan_line(scan, filed), "cloud-arrow-up",
            _scan_tag(scan, filed),
        ),
    ]  # fmt: skip


def _print_line(pack: SigningPack | None) -> str:
    if pack is None:
        return _("Mỗi trang có mã, quét về cổng tự xếp")
    return _("Bản in %(n)s, %(at)s") % {"n": pack.version, "at": vn_moment(pack.made_at)}


def _scan_line(scan: Scan | None, filed: Scan | None) -> str:
    if scan is not None and scan.state == Scan.State.READING:
        return _("Đang đọc bản quét gửi lúc %(at)s") % {"at": vn_time(scan.sent_at)}
    if scan is not None:
        return _("Có trang cần anh/chị xếp")
    if filed is not None:
        return _("Đã đọc bản quét gửi lúc %(at)s") % {"at": vn_moment(filed.sent_at)}
    return _("Một bản quét của cả xấp, hoặc ảnh chụp từng trang")


def _scan_tag(scan: Scan | None, filed: Scan | None) -> parts.Tag:
    if scan is not None and scan.state == Scan.State.READY:
        return parts.Tag(_("Cần sửa"), "wait", "exclamation-circle")
    if scan is not None:
        return parts.Tag(_("Đang làm"), "info", "pencil")
    if filed is not None:
        return parts.Tag(_("Xong"), "ok", "check-circle")
    return parts.Tag(_("Chưa bắt đầu"), "calm", "circle")
