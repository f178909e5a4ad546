"""What a person says of the pages that are left: into a paper, to a place in a paper, out, or later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications import lifecycle
from applications.actors import may_prepare
from applications.models import Paper, Scan
from applications.packing.sheets import NEVER_SCANNED
from applications.scanning import placing, sorting
from applications.scanning.taking import CLAUSE
from applications.scanning.words import Titles, titles_of
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from documents.limits import ChildFailed
from organisations.models import User

LATER, OUT = "", "out"


@dataclass(frozen=True)
class Confirmed:
    """Papers filed now, and whether the scan is done with."""

    papers: Mapping[str, Paper]
    is_closed: bool


@dataclass
class _Plan:
    """Pages by paper: those with a place of their own, those in the order of the scan, those left out."""

    places: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    out: list[int] = field(default_factory=list)


def confirm(*, scan: Scan, choices: Mapping[int, str], stamp: str, by: User, at: datetime) -> Confirmed:
    """Files what the choices make whole; the rest stays. Stale if the scan has moved since its page was drawn."""
    if not may_prepare(scan.dossier, by=by, at=at):
        raise NotAllowed("confirm_scan")
    if scan.state != Scan.State.READY or stamp != stamp_of(scan):
        raise Stale(scan.dossier)
    found = placing.sorted_pages(scan, at=at)
    titles = titles_of(scan.dossier, at=at)
    wanted = _planned(scan, found, choices, titles)
    papers = _papers(found, wanted, titles)
    _leave_out(scan, wanted.out, at=at)
    filed = _filed(scan, papers, by=by, at=at)
    fresh = Scan.objects.get(pk=scan.pk)
    state = Scan.State.READY if placing.left(fresh, found) else Scan.State.CLOSED
    Scan.objects.filter(pk=scan.pk, state=Scan.State.READY).update(
        state=state, touched_at=at, closed_at=at if state == Scan.State.CLOSED else None
    )
    return Confirmed(filed, state == Scan.State.CLOSED)


def _filed(scan: Scan, papers: Mapping[str, Sequence[int]], *, by: User, at: datetime) -> dict[str, Paper]:
    """Stale when another was first, or the scan ended while it was being cut up; Refused when it cannot be cut."""
    try:
        return placing.file_pages(scan, papers, by=by, at=at)
    except placing.Elsewhere as error:
        raise Stale(scan.dossier) from error
    except (ChildFailed, OSError) as error:
        if not Scan.objects.filter(pk=scan.pk, state__in=Scan.OPEN).exists():
            raise Stale(scan.dossier) from error
        words = _(
            "Chưa cắt được trang nào từ bản quét này. Bấm lại; nếu vẫn vậy, kết thúc rồi gửi bản quét mới."
        )
        raise Refused([Unmet("cut", CLAUSE, words, "files")]) from error


def stamp_of(scan: Scan) -> str:
    """Tells whether a scan is still as a page showed it."""
    return scan.touched_at.isoformat()


def places_of(found: sorting.Sorted) -> dict[str, int]:
    """Papers whose pages have numbers of their own in this scan, with how many pages each has."""
    return {each.slot: each.pages for each in found.pages if each.pages}


@transaction.atomic
def _leave_out(scan: Scan, numbers: Sequence[int], *, at: datetime) -> None:
    lifecycle.held(scan.dossier_id)
    scan.sheets.filter(number__in=numbers, paper__isnull=True).update(left_out_at=at)


def _planned(scan: Scan, found: sorting.Sorted, choices: Mapping[int, str], titles: Titles) -> _Plan:
    """Certain pages keep their place; a choice speaks for every page that is not filed yet."""
    wanted, numbered = _Plan(), places_of(found)
    rows = list(scan.sheets.order_by("number", "pk"))
    filed = {row.slot for row in rows if row.paper_id is not None}
    gone = {row.number for row in rows if row.paper_id is not None or row.left_out_at}
    for page in found.pages:
        if page.number in gone:
            continue
        if page.is_certain:
            _place(wanted, page.slot, page.page or 0, page.number)
            continue
        choice = choices.get(page.number, LATER)
        if choice.partition(":")[0] in filed:
            raise _already(choice, page.number, titles)
        _choose(wanted, numbered, page.number, choice, titles)
    return wanted


def _already(choice: str, number: int, titles: Titles) -> Refused:
    words = _("“%(paper)s” đã xếp từ bản quét này. Muốn thêm trang, tải bản mới ở mục của giấy tờ đó.")
    paper = titles.get(choice.partition(":")[0], "")
    return Refused([Unmet("filed", CLAUSE, words % {"paper": paper}, f"page-{number}")])


def _choose(wanted: _Plan, numbered: Mapping[str, int], number: int, choice: str, titles: Titles) -> None:
    slot, _colon, place = choice.partition(":")
    if choice == OUT:
        wanted.out.append(number)
    elif choice == LATER:
        return
    elif place in map(str, range(1, numbered.get(slot, 0) + 1)):
        _place(wanted, slot, int(place), number)
    elif not place and slot in titles and slot not in numbered and slot != NEVER_SCANNED:
        wanted.rows.setdefault(slot, []).append(number)
    else:
        words = _("Chọn trang của “%(paper)s”: giấy tờ này có số trang riêng.")
        raise Refused([Unmet("place", CLAUSE, words % {"paper": titles.get(slot, "")}, f"page-{number}")])


def _place(wanted: _Plan, slot: str, place: int, number: int) -> None:
    wanted.places.setdefault(slot, {}).setdefault(place, []).append(number)


def _papers(found: sorting.Sorted, wanted: _Plan, titles: Titles) -> dict[str, list[int]]:
    """Papers that are whole; Refused where two sheets claim one place."""
    papers, pages = dict(wanted.rows), places_of(found)
    for slot, places in wanted.places.items():
        for place, numbers in sorted(places.items()):
            if len(numbers) > 1:
                words = _("Hai tờ cùng là trang %(page)s của “%(paper)s”. Chọn một tờ, tờ kia chọn Bỏ.")
                values = {"page": place, "paper": titles.get(slot, "")}
                raise Refused([Unmet("double", CLAUSE, words % values, f"page-{numbers[1]}")])
        if set(places) == set(range(1, pages[slot] + 1)):
            papers[slot] = [numbers[0] for _place_, numbers in sorted(places.items())]
    return papers
