"""Handing a stored file over. Only an owner's view calls this, after fetching the owner by sight."""

from urllib.parse import quote

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from documents.models import StoredFile


def serve(file: StoredFile, *, inline: bool = False, name: str = "") -> FileResponse:
    """The bytes as an attachment, or in the page for a PDF of ours; never sniffed, never cached by a proxy."""
    if file.withdrawn_at is not None:
        raise Http404(_("Tệp đã được rút."))
    response = FileResponse(file.content.open("rb"), content_type=file.media_type)
    disposition = "inline" if inline and file.media_type == "application/pdf" else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name or file.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    # A paper is somebody else's document: nothing in it may run, embed or call out.
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'; sandbox"
    return response
