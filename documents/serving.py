"""Handing a stored file over. Only an owner's view calls this, after fetching the owner by sight."""

from urllib.parse import quote

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from documents.models import StoredFile

PDF = "application/pdf"


def policy(media_type: str) -> str:
    """A paper is somebody else's document: nothing in it may run, embed or call out.

    A sandbox would also keep Chromium's own viewer from showing a PDF, which it draws outside the page.
    """
    rules = "default-src 'none'; frame-ancestors 'self'"
    return f"{rules}; object-src 'self'" if media_type == PDF else f"{rules}; sandbox"


def serve(file: StoredFile, *, inline: bool = False, name: str = "") -> FileResponse:
    """The bytes as an attachment, or in the page for a PDF of ours; never sniffed, never cached by a proxy."""
    if file.withdrawn_at is not None:
        raise Http404(_("Tệp đã được rút."))
    response = FileResponse(file.content.open("rb"), content_type=file.media_type)
    disposition = "inline" if inline and file.media_type == PDF else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name or file.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = policy(file.media_type)
    return response
