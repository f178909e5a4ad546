"""Which page goes where: codes in, places out. Pure: no database, no file, no clock.

A page is certain when its one code names a print of this dossier whose text still stands, and no other page
claims the same place. Everything else is a proposal that a person confirms, or a sentence that says why not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from applications.models import ScanPage
from applications.packing.slots import slot_of
from documents import page_codes
from documents.page_codes import PageCode

Found = ScanPage.Found


@dataclass(frozen=True)
class Print:
    """What is known of one print of this dossier: its paper's pages by slot, and which texts still stand."""

    pk: int
    version: int
    pages: Mapping[str, int]
    standing: frozenset[str]
    separates: bool = False


@dataclass(frozen=True)
class Seen:
    """One page as it was read."""

    number: int
    file: int
    codes: tuple[str, ...]
    is_blank: bool = False
    guess: str = ""


@dataclass(frozen=True)
class Placed:
    """What a page is taken for. `slot` and `page` are certain for `coded`, else a proposal or empty."""

    number: int
    found: str
    slot: str = ""
    page: int | None = None
    pages: int = 0
    pack: int | None = None

    @property
    def is_certain(self) -> bool:
        return self.found == Found.CODED

    @property
    def is_set_aside(self) -> bool:
        """Covers, separators and empty backs need nobody."""
        return self.found in (Found.COVER, Found.SEPARATOR, Found.BLANK)


@dataclass(frozen=True)
class Stack:
    """A coded paper as it came back: its pages in order, those that are missing, those that came twice."""

    slot: str
    pages: int
    numbers: tuple[int, ...]
    missing: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every page of it is there exactly once."""
        return not self.missing and not self.doubled


@dataclass(frozen=True)
class Sorted:
    """All pages, and the papers that coded pages make up."""

    pages: tuple[Placed, ...]
    stacks: tuple[Stack, ...] = field(default=())


def sort(seen: Sequence[Seen], prints: Mapping[str, Print]) -> Sorted:
    """Places every page; `prints` are this dossier's, by the code that stands on them."""
    placed = [_by_code(page, prints) for page in seen]
    placed = _with_proposals(seen, _doubles_marked(placed))
    return Sorted(tuple(placed), tuple(_stacks(placed)))


def _by_code(page: Seen, prints: Mapping[str, Print]) -> Placed:
    codes = [code for code in map(page_codes.read, page.codes) if code is not None]
    if not codes:
        return Placed(page.number, Found.BLANK if page.is_blank else Found.UNREAD)
    if len(codes) > 1:
        return Placed(page.number, Found.MIXED)
    known = prints.get(codes[0].pack)
    if known is None:
        return Placed(page.number, Found.FOREIGN)
    return _of_print(page, codes[0], known)


def _of_print(page: Seen, code: PageCode, known: Print) -> Placed:
    """A page of a print of this dossier: every part of its code must agree with what was printed."""
    if page_codes.version_sign(known.version) != page_codes.version_sign(code.version):
        return Placed(page.number, Found.FOREIGN)
    if code.slot == page_codes.COVER:
        return Placed(page.number, Found.COVER, pack=known.pk)
    slot = slot_of(code.slot)
    if known.pages.get(slot) != code.pages:
        return Placed(page.number, Found.FOREIGN)
    if known.separates:
        return Placed(page.number, Found.SEPARATOR, slot, pack=known.pk)
    found = Found.CODED if slot in known.standing else Found.OLD
    return Placed(page.number, found, slot, code.page, code.pages, known.pk)


def _doubles_marked(placed: Sequence[Placed]) -> list[Placed]:
    """Two sheets for one place: which of them bears the signature is for a person to say."""
    claims = Counter((each.slot, each.page) for each in placed if each.is_certain)
    return [
        replace(each, found=Found.DOUBLE) if each.is_certain and claims[each.slot, each.page] > 1 else each
        for each in placed
    ]


def _with_proposals(seen: Sequence[Seen], placed: Sequence[Placed]) -> list[Placed]:
    """Pages without a code: those behind a separator, those whose file or words name a paper, single gaps."""
    done: list[Placed] = []
    behind, file = "", None
    for page, each in zip(seen, placed, strict=True):
        if page.file != file:
            behind, file = "", page.file
        if each.found == Found.SEPARATOR:
            behind = each.slot
        elif each.found not in (Found.UNREAD, Found.BLANK):
            behind = ""
        elif each.found == Found.UNREAD and behind:
            each = replace(each, found=Found.BEHIND, slot=behind)
        elif each.found == Found.UNREAD and page.guess:
            each = replace(each, found=Found.NAMED, slot=page.guess)
        done.append(each)
    return _gaps_proposed(done)


def _gaps_proposed(placed: Sequence[Placed]) -> list[Placed]:
    """The one unread page of a stack that misses one page is proposed for the gap; never more than proposed."""
    unread = [each.number for each in placed if each.found == Found.UNREAD]
    gaps = [(stack, page) for stack in _stacks(placed) for page in stack.missing]
    if len(unread) != 1 or len(gaps) != 1:
        return list(placed)
    stack, page = gaps[0]
    return [
        replace(each, slot=stack.slot, page=page, pages=stack.pages) if each.number == unread[0] else each
        for each in placed
    ]


def _stacks(placed: Iterable[Placed]) -> list[Stack]:
    """Papers of which at least one page came back, in the order in which they came."""
    found: dict[str, list[Placed]] = {}
    for each in placed:
        if each.found in (Found.CODED, Found.DOUBLE):
            found.setdefault(each.slot, []).append(each)
    return [_stack(slot, pages) for slot, pages in found.items()]


def _stack(slot: str, placed: Sequence[Placed]) -> Stack:
    pages = placed[0].pages
    claims = Counter(each.page for each in placed)
    ordered = sorted(placed, key=lambda each: (each.page or 0, each.number))
    return Stack(
        slot,
        pages,
        tuple(each.number for each in ordered),
        tuple(page for page in range(1, pages + 1) if page not in claims),
        tuple(page for page, times in sorted(claims.items()) if page and times > 1),
    )
