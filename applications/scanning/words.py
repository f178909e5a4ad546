"""What is said of a scanned page: why it was not filed, and what to do."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Dossier, ScanPage, SigningPack
from applications.scanning.sorting import Placed, Stack
from applications.slot_states import slots_of
from pages.templatetags.ui import vn_moment

Found = ScanPage.Found
Titles = Mapping[str, str]


def titles_of(dossier: Dossier, *, at: datetime) -> dict[str, str]:
    """Titles by slot, in the plan's order."""
    return {slot.code: str(slot.title) for slot in slots_of(dossier, at=at)}


def why(placed: Placed, *, titles: Titles, pack: SigningPack | None, file_name: str) -> str:
    """One sentence for a page that waits for a person."""
    paper = titles.get(placed.slot, placed.slot)
    if placed.found == Found.OLD and pack is not None:
        words = _("Đây là bản in lúc %(at)s của “%(paper)s”; câu chữ đã đổi từ đó. Nên in lại rồi ký.")
        return words % {"at": vn_moment(pack.made_at), "paper": paper}
    if placed.found == Found.DOUBLE:
        words = _("Trang %(page)s của “%(paper)s” có hai tờ. Chọn tờ có chữ ký và dấu.")
        return words % {"page": placed.page, "paper": paper}
    if placed.found == Found.BEHIND:
        return _("Nằm sau tờ ngăn cách “%(paper)s”.") % {"paper": paper}
    if placed.found == Found.NAMED:
        return _("Đoán theo tên tệp “%(file)s” hoặc chữ trên trang.") % {"file": file_name}
    if placed.found == Found.UNREAD and placed.page:
        return _("Không đọc được mã. Bộ này thiếu đúng một trang, có thể là trang này.")
    sentences = {
        Found.FOREIGN: _("Mã trên trang thuộc bộ ký của hồ sơ khác, hoặc không phải do cổng in."),
        Found.MIXED: _("Trên trang có hai mã khác nhau, có thể hai tờ bị kéo chồng."),
    }
    return sentences.get(Found(placed.found), _("Không thấy mã trên trang này."))


def missing_line(stack: Stack, *, titles: Titles) -> str:
    """ "thiếu trang 3 của Bản cam kết"."""
    pages = ", ".join(str(page) for page in stack.missing)
    return _("Thiếu trang %(pages)s của “%(paper)s”") % {
        "pages": pages,
        "paper": titles.get(stack.slot, stack.slot),
    }
