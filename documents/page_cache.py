"""Pictures of pages, drawn once: kept under the portal's own folder by the file's digest, page and width."""

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from documents.models import StoredFile
from documents.page_images import page_png
from documents.uploads import stored_on_disk

# The widths that pages ask for: a sheet in the case, and the same enlarged.
WIDTHS = (900, 1600)


def drawn(file: StoredFile, *, page: int, width: int) -> bytes:
    """The page as PNG. Raises PageMissing and ChildFailed as page_images does; ValueError for another width."""
    if width not in WIDTHS:
        raise ValueError(f"a page is drawn {WIDTHS} wide, not {width}")
    kept = Path(settings.VAR) / "page_images" / file.sha256[:2] / f"{file.sha256}-{page}-{width}.png"
    if kept.is_file():
        return kept.read_bytes()
    with stored_on_disk(file) as path:
        picture = page_png(path, page=page, width=width)
    put(kept, picture)
    return picture


def put(path: Path, content: bytes) -> None:
    """Whole or not at all: another request may read it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as unfinished:
        unfinished.write(content)
    os.replace(unfinished.name, path)


def sweep(*, before: datetime) -> int:
    """Forgets pictures, previews and drafts drawn before an instant, and what a killed drawing left; how many went."""
    gone = 0
    for folder in ("page_images", "previews", "drafts"):
        for path in (Path(settings.VAR) / folder).rglob("*"):
            with suppress(FileNotFoundError):  # withdrawn or swept by another at the same time
                if path.is_file() and path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    gone += 1
    return gone


def forget(sha256: str) -> None:
    """Removes the pictures of a file whose bytes were withdrawn."""
    for picture in (Path(settings.VAR) / "page_images" / sha256[:2]).glob(f"{sha256}-*.png"):
        picture.unlink(missing_ok=True)
