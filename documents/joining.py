"""Several files of one paper made into one PDF: photographs upright on A4, PDFs after one another.

The result is for reading and binding. The originals are kept as they came, and only they carry a signature.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.digests import digest_of
from documents.hostile.join import join
from documents.limits import in_limited_child


@dataclass(frozen=True)
class Joined:
    """The PDF written at the target."""

    pages: int
    size: int
    sha256: str


def to_pdf(
    files: Sequence[tuple[Path, str]], target: Path, *, seconds: float = 180, megabytes: int = 1024
) -> Joined:
    """Write the files, in their order, as one PDF at `target`; the same files give the same bytes.

    Each is a path and its checked kind. Scripts, links, notes and metadata stay behind; what a stamp or a
    filled field shows is drawn into the page. Raises ChildFailed, and then leaves no target.
    """
    unfinished = target.with_name(f"{target.name}.part")
    try:
        pages = in_limited_child(
            join,
            [(path, str(kind)) for path, kind in files],
            unfinished,
            seconds=seconds,
            megabytes=megabytes,
        )
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    digest = digest_of(target)
    return Joined(pages, target.stat().st_size, digest)
