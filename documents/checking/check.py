"""One file, from the outside in: size, kind by content, then its inside in a limited child."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from documents.checking.kinds import MEDIA_TYPES, PAPERS, Kind, kind_of
from documents.checking.refusal import Refused, megabytes, refusal
from documents.checking.viruses import ScannerSilent, virus_in
from documents.digests import digest_of
from documents.hostile.finding import Finding
from documents.hostile.pdf import inspect_pdf
from documents.hostile.picture import inspect_picture
from documents.hostile.workbook import inspect_workbook
from documents.limits import ChildFailed, in_limited_child

log = logging.getLogger(__name__)

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one file may be. The pixel limits admit an A3 page at 600 dpi and a 108-megapixel phone."""

    file_bytes: int = 25 * _MEGABYTE
    pages: int = 2_000
    picture_pixels: int = 120_000_000
    pdf_picture_pixels: int = 600_000_000
    columns: int = 200
    rows: int = 120_000
    unpacked_bytes: int = 300 * _MEGABYTE
    seconds: float = 30
    megabytes: int = 1024


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. `pages` counts the sheets of a workbook; a photograph is one page."""

    kind: Kind
    pages: int
    size: int
    sha256: str
    media_type: str


def check(
    path: Path, *, name: str, accept: Collection[Kind] = PAPERS, limits: Limits = DEFAULT_LIMITS
) -> Checked:
    """The file judged; it is only read, never repaired, so a signature in it stays whole. Raises Refused."""
    size = path.stat().st_size
    if size == 0:
        raise refusal("empty", name=name)
    if size > limits.file_bytes:
        raise refusal("too_large", name=name, size=megabytes(size), most=megabytes(limits.file_bytes))
    kind = accepted_kind(path, name=name, accept=accept)
    finding = _look_inside(path, kind, limits)
    if finding.fault:
        raise _in_words(finding, kind, name, limits)
    _ask_for_viruses(path, name)
    digest = digest_of(path)
    return Checked(kind, finding.pages, size, digest, MEDIA_TYPES[kind])


def _ask_for_viruses(path: Path, name: str) -> None:
    """Refuses what clamd names, and everything while a clamd that is configured is silent."""
    if not settings.CLAMD:
        return
    try:
        found = virus_in(path, address=settings.CLAMD)
    except ScannerSilent as silent:
        log.error("clamd does not answer: %s", silent)
        raise refusal("unscanned", name=name) from silent
    if found:
        log.warning("clamd found %s", found)
        raise refusal("virus", name=name, virus=found)


def accepted_kind(path: Path, *, name: str, accept: Collection[Kind]) -> Kind:
    """The file's kind by its first bytes, one of `accept`. Raises Refused, saying what it is instead."""
    seems = kind_of(path)
    if isinstance(seems, Kind) and seems in accept:
        return seems
    if seems == "locked":
        raise refusal("locked_workbook", name=name)
    if isinstance(seems, Kind) and seems is not Kind.XLSX:
        seems = "paper"
    accepted = ", ".join(kind.upper() for kind in Kind if kind in accept)
    raise refusal("not_accepted", name=name, seems=str(seems), accepted=accepted)


def _look_inside(path: Path, kind: Kind, limits: Limits) -> Finding:
    inspect, bounds = _reader(kind, limits)
    try:
        return in_limited_child(inspect, path, *bounds, seconds=limits.seconds, megabytes=limits.megabytes)
    except ChildFailed as failure:
        log.warning("A reader gave up on a %s file: %s", kind, failure)
        return Finding(fault="damaged" if failure.reason in ("error", "killed") else "too_heavy")


def _reader(kind: Kind, limits: Limits) -> tuple[Callable[..., Finding], tuple[str | int, ...]]:
    if kind is Kind.PDF:
        return inspect_pdf, (limits.pages, limits.pdf_picture_pixels)
    if kind is Kind.XLSX:
        return inspect_workbook, (limits.columns, limits.rows, limits.unpacked_bytes)
    return inspect_picture, (str(kind), limits.picture_pixels)


def _in_words(finding: Finding, kind: Kind, name: str, limits: Limits) -> Refused:
    code, facts = finding.fault, dict(finding.facts)
    if kind is Kind.XLSX and code in ("too_heavy", "locked"):
        code = f"{code}_workbook"
    if code == "damaged" and kind in (Kind.JPEG, Kind.PNG, Kind.HEIC):
        code = "damaged_picture"
    if code == "pixels":
        facts["most"] = limits.picture_pixels // 1_000_000
    return refusal(code, name=name, **facts)
