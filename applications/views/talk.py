"""`/messages/` with the enterprise, `/notes/` among officials, and the files of messages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages as banners
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from applications import talking
from applications.actors import may_prepare
from applications.models import Dossier, EntryFile
from applications.promises import promise
from applications.retracting import gone_words, may_retract_files
from applications.uploading import hold_file
from applications.views.answering import REFUSED, UNTRIED, Attempt, attempting
from applications.views.fetching import dossier_or_404
from documents.checking import Refused as FileRefused
from documents.models import StoredFile
from documents.serving import serve
from documents.storing import or_gone, why_withdrawn
from notices import threads
from organisations.models import User
from pages import parts
from pages.templatetags.ui import vn_moment

MOST_FILES = 5


class EntryForm(forms.Form):
    """Words; `sent_key` makes a form that is sent twice one entry."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=talking.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Chưa có nội dung. Viết điều cần nói.")},
    )  # fmt: skip
    sent_key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40)


def messages(request: HttpRequest, ref: str) -> HttpResponse:
    """The thread of both sides."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not talking.may_read_messages(dossier, by=request.user, at=now):
        raise PermissionDenied
    writes = talking.may_write_messages(dossier, by=request.user, at=now)
    return _thread(request, dossier, "messages", talking.messages_key(dossier), writes=writes, at=now)


def notes(request: HttpRequest, ref: str) -> HttpResponse:
    """What only officials read."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not talking.may_note(dossier, by=request.user, at=now):
        raise PermissionDenied
    return _thread(request, dossier, "notes", talking.notes_key(dossier), writes=True, at=now)


def _thread(
    request: HttpRequest, dossier: Dossier, name: str, key: str, *, writes: bool, at: datetime
) -> HttpResponse:
    form = EntryForm(request.POST or None, initial={"sent_key": uuid4().hex})
    attempt, refused = UNTRIED, list[str]()
    if request.method == "POST":
        if not writes:
            raise PermissionDenied
        attempt = Attempt(status=REFUSED)
        if form.is_valid():
            attempt, refused = _sent(request, dossier, name, form, at=at)
        if attempt.done:
            words = _("Đã gửi.") if name == "messages" else _("Đã ghi.")
            banners.success(request, words, extra_tags=f"{name}-{dossier.pk}")
            return redirect(f"dossiers:{name}", dossier.reference)
    context = _context(request, dossier, name, key, at=at) | {
        "form": form,
        "attempt": attempt,
        "refused": refused,
        "writes": writes,
    }
    return render(request, "applications/thread.html", context, status=attempt.status)


def _sent(
    request: HttpRequest, dossier: Dossier, name: str, form: EntryForm, *, at: datetime
) -> tuple[Attempt, list[str]]:
    """What came of it, and a sentence for each file that is not taken; files without a message do not stay."""
    files: list[StoredFile] = []
    with or_gone(files):
        refused = _check(request, files, by=request.user, at=at) if name == "messages" else []
        if refused:
            return Attempt(status=REFUSED), refused
        return attempting(request, _verb(request, dossier, name, form, files, at=at), form=form), []


def _context(request: HttpRequest, dossier: Dossier, name: str, key: str, *, at: datetime) -> dict[str, Any]:
    """What was said and who has read it, beside the form that says more."""
    return {
        "dossier": dossier,
        "name": name,
        "entries": _entries(dossier, key, by=request.user, note=name == "notes", at=at),
        "readers": [row for row in threads.readers(key) if row.user_id != request.user.pk],
        "own": may_prepare(dossier, by=request.user, at=at),
        "inside": talking.may_note(dossier, by=request.user, at=at),
        "promise": promise(dossier, at=at),
        "unread": threads.unread([key], by=request.user).get(key, 0),
    }


def _verb(
    request: HttpRequest,
    dossier: Dossier,
    name: str,
    form: EntryForm,
    files: list[StoredFile],
    *,
    at: datetime,
) -> Callable[[], Any]:
    given = {"text": form.cleaned_data["text"], "sent_key": form.cleaned_data["sent_key"] or uuid4().hex}
    if name == "notes":
        return lambda: talking.note(dossier=dossier, by=request.user, at=at, **given)
    return lambda: talking.send(dossier=dossier, files=files, by=request.user, at=at, **given)


def _check(request: HttpRequest, files: list[StoredFile], *, by: User, at: datetime) -> list[str]:
    """Puts the good files into `files`; gives the plain sentence for each that is not taken."""
    sent: list[UploadedFile] = request.FILES.getlist("files")
    if len(sent) > MOST_FILES:
        return [_("Mỗi tin tối đa %(n)s tệp. Gửi thành nhiều tin.") % {"n": MOST_FILES}]
    refused = []
    for upload in sent:
        try:
            files.append(hold_file(upload, by=by, at=at))
        except FileRefused as refusal:
            refused.append(f"{upload.name}: {refusal.message}")
    return refused


def _files(dossier: Dossier, *, by: User, at: datetime) -> dict[int, list[parts.SentFile]]:
    """The files of each message, by the key of its entry."""
    rows = list(EntryFile.objects.filter(dossier=dossier).select_related("file"))
    reasons = why_withdrawn([row.file for row in rows])
    retracts = bool(rows) and may_retract_files(dossier, by=by, at=at)
    files: dict[int, list[parts.SentFile]] = {}
    for row in rows:
        path = [dossier.reference, row.entry_id, row.position]
        sent = parts.SentFile(
            row.file.name,
            reverse("dossiers:message_file", args=path),
            gone=gone_words(row.file, reasons),
            retract_url=reverse("dossiers:retract_message_file", args=path) if retracts else "",
        )
        files.setdefault(row.entry_id, []).append(sent)
    return files


def _entries(dossier: Dossier, key: str, *, by: User, note: bool, at: datetime) -> list[parts.Message]:
    files = {} if note else _files(dossier, by=by, at=at)
    return [
        parts.Message(
            who=row.by_name, side=row.side, when=vn_moment(row.at), text=row.text, own=row.by_id == by.pk,
            note=note, files=tuple(files.get(row.pk, ())),
        )
        for row in threads.entries(key)
    ]  # fmt: skip


@require_POST
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """The thread is before the reader's eyes: said by the page itself, or by a button without script."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not talking.may_read_messages(dossier, by=request.user, at=now):
        raise PermissionDenied
    return _marked(request, dossier, "messages", talking.messages_key(dossier), at=now)


@require_POST
def read_notes(request: HttpRequest, ref: str) -> HttpResponse:
    """The notes are before the reader's eyes."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not talking.may_note(dossier, by=request.user, at=now):
        raise PermissionDenied
    return _marked(request, dossier, "notes", talking.notes_key(dossier), at=now)


def _marked(request: HttpRequest, dossier: Dossier, name: str, key: str, *, at: datetime) -> HttpResponse:
    threads.mark_read(key, by=request.user, at=at)
    if request.headers.get("HX-Request"):
        return HttpResponse()
    return redirect(f"dossiers:{name}", dossier.reference)


@require_safe
def file(request: HttpRequest, ref: str, entry: int, position: int) -> HttpResponseBase:
    """A file of a message, for who reads the messages."""
    dossier = dossier_or_404(request, ref)
    if not talking.may_read_messages(dossier, by=request.user, at=timezone.now()):
        raise PermissionDenied
    row = get_object_or_404(
        EntryFile.objects.select_related("file"), dossier=dossier, entry__pk=entry, position=position
    )
    return serve(row.file, inline="download" not in request.GET)
