"""What a browser sends, on disk: a file above the limit is counted to its end and not kept.

`FILE_UPLOAD_HANDLERS` names the handler, so that a 40 MB file gets a plain sentence with its true size and
never fills the disk.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.checking import refusal
from documents.checking.refusal import megabytes
from documents.models import StoredFile

# Of one request: a paper of many phone photographs from who is signed in, a form from who is not.
MOST_OF_MEMBERS = 400 * 1024 * 1024
MOST_OF_STRANGERS = 1024 * 1024


class CountingUploadHandler(TemporaryFileUploadHandler):
    """Writes each file to the temporary folder up to just above the limit of one file."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:
        """Refuses a whole request before a byte is kept: the files of a stranger would fill the disk."""
        user = getattr(self.request, "user", None)
        most = MOST_OF_MEMBERS if user is not None and user.is_authenticated else MOST_OF_STRANGERS
        if content_length > most:
            raise RequestDataTooBig(f"{content_length} bytes in one request")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept <= settings.MAX_FILE_BYTES:
            self.kept += len(raw_data)
            super().receive_data_chunk(raw_data, start)


@contextmanager
def sent_on_disk(upload: UploadedFile) -> Iterator[Path]:
    """The path of a file as sent. Raises documents.checking.Refused when it is above the limit."""
    if upload.size is not None and upload.size > settings.MAX_FILE_BYTES:
        most = megabytes(settings.MAX_FILE_BYTES)
        raise refusal("too_large", name=upload.name or "", size=megabytes(upload.size), most=most)
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="sent-") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


@contextmanager
def stored_on_disk(file: StoredFile) -> Iterator[Path]:
    """The path of a stored file: the store's own, or a copy where the store is on another machine."""
    try:
        path = Path(str(file.content.path))
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(
            prefix="stored-", suffix=Path(str(file.content.name)).suffix
        ) as copy:
            with file.content.open("rb") as stream:
                for chunk in stream.chunks():
                    copy.write(chunk)
            copy.flush()
            yield Path(copy.name)
        return
    yield path
