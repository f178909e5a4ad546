"""Receiving files: the true size is known, and what is above the limit does not fill the disk."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.uploads import CountingUploadHandler, sent_on_disk

MEGABYTE = 1024 * 1024


def test_a_file_above_the_limit_is_counted_to_its_end_and_not_kept() -> None:
    handler = CountingUploadHandler()
    handler.new_file("files", "lon.pdf", "application/pdf", None)
    for _ in range(40):
        handler.receive_data_chunk(bytes(MEGABYTE), 0)
    file = handler.file_complete(40 * MEGABYTE)
    assert file is not None
    with file:
        assert file.size == 40 * MEGABYTE
        kept = Path(file.temporary_file_path()).stat().st_size
        assert settings.MAX_FILE_BYTES < kept <= settings.MAX_FILE_BYTES + MEGABYTE


def test_a_small_file_that_never_touched_the_disk_is_given_a_path_for_the_while() -> None:
    with sent_on_disk(SimpleUploadedFile("a.pdf", b"%PDF-")) as path:
        assert path.read_bytes() == b"%PDF-"
    assert not path.exists()


@pytest.mark.django_db
def test_a_stranger_cannot_fill_the_disk_and_gets_words(client) -> None:
    big = SimpleUploadedFile("anh.jpg", b"x" * (2 * 1024 * 1024))
    answer = client.post(reverse("track"), {"code": "1", "tax_code": "2", "file": big})
    assert answer.status_code == 400
    assert "html" in answer["Content-Type"]
