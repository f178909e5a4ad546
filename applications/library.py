"""Texts that an agency words once: reasons with clause and what to do, and conditions; chosen, counted, journalled."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.http import QueryDict

import plan
from applications.models import LibraryText
from applications.unmet import NotAllowed
from journal.recording import record
from organisations.models import User
from organisations.roles import May

FIELDS = ("kind", "clause", "text", "to_do", "since", "until")
Kind = LibraryText.Kind


def in_force(agency_id: int, kind: str, *, on: date) -> list[LibraryText]:
    """Texts to choose from that day, the most used of each clause first."""
    rows = LibraryText.objects.filter(agency=agency_id, kind=kind, since__lte=on)
    return list(rows.filter(Q(until__isnull=True) | Q(until__gte=on)).order_by("clause", "-uses", "pk"))


class WrittenOver(Exception):
    """A colleague changed the text since the page showed it; `text` is what it is now."""

    def __init__(self, text: LibraryText) -> None:
        super().__init__(text.pk)
        self.text = text


@transaction.atomic
def write(
    *, text: LibraryText | None, values: Mapping[str, Any], seen: datetime | None = None, by: User, at: datetime
) -> LibraryText:  # fmt: skip
    """Adds a text, or changes one: what was printed before stays as it was printed.

    `seen` is when the text that the page showed was written; WrittenOver when it was written since.
    """
    agencies = by.agencies_where(May.RECEIVE, on=at)
    if not agencies or (text is not None and text.agency_id not in agencies):
        raise NotAllowed("library")
    if text is None:
        made = LibraryText.objects.create(agency_id=agencies[0], written_at=at, written_by=by, **values)
        record("library.added", by=by, at=at, kind="library_text", subject_id=made.pk, fields=list(values))
        return made
    changed = [name for name in FIELDS if name in values and getattr(text, name) != values[name]]
    if changed:
        won = LibraryText.objects.filter(pk=text.pk, written_at=seen).update(
            written_at=at, written_by=by, **{name: values[name] for name in changed}
        )
        if not won:
            raise WrittenOver(LibraryText.objects.select_related("written_by").get(pk=text.pk))
        record("library.changed", by=by, at=at, kind="library_text", subject_id=text.pk, fields=changed)
    return LibraryText.objects.get(pk=text.pk)


def count(
    agency_id: int, *, reasons: Iterable[Mapping[str, str]] = (), conditions: Iterable[str] = (), at: datetime
) -> None:
    """Counts the texts that were printed as the library words them, inside the verb's transaction."""
    day = plan.local_day(at)
    said = {(Kind.REASON.value, reason.get("clause", ""), reason.get("text", "")) for reason in reasons}
    said |= {(Kind.CONDITION.value, "", text.strip()) for text in conditions}
    if not said:
        return
    rows = LibraryText.objects.filter(
        agency=agency_id, since__lte=day, text__in=[text for _k, _c, text in said]
    )
    used = [
        row.pk
        for row in rows.order_by("pk")
        if (row.kind, row.clause if row.kind == Kind.REASON else "", row.text) in said
    ]
    LibraryText.objects.filter(pk__in=used).update(uses=F("uses") + 1)


def with_reason(
    data: QueryDict, texts: Sequence[LibraryText], *, most: int, prefix: str = "reasons"
) -> QueryDict:
    """What was typed, with the text chosen from the library in the first row of reasons that is empty."""
    chosen = _chosen(data, f"{prefix}-library", texts)
    if chosen is None:
        return data
    values = {"clause": chosen.clause, "text": chosen.text, "to_do": chosen.to_do}
    return _in_first_empty(data, prefix, values, asked=("clause", "text"), most=most)


def with_extra(
    data: QueryDict, texts: Sequence[LibraryText], *, most: int, about: str, prefix: str = "extras"
) -> QueryDict:
    """The same for what is asked beside the returned papers of a supplement; the officer says what it is about."""
    chosen = _chosen(data, f"{prefix}-library", texts)
    if chosen is None:
        return data
    values = {"about": about, "fault": chosen.text, "to_do": chosen.to_do}
    return _in_first_empty(data, prefix, values, asked=("about", "fault"), most=most)


def with_return(data: QueryDict, texts: Sequence[LibraryText]) -> dict[str, str]:
    """Reason and way to mend of a paper that goes back: the text chosen, else what was typed."""
    chosen = _chosen(data, "return-library", texts)
    if chosen is None:
        return {"reason": data.get("reason", ""), "fix": data.get("fix", "")}
    return {"reason": chosen.text, "fix": chosen.to_do or data.get("fix", "")}


def _in_first_empty(
    data: QueryDict, prefix: str, values: Mapping[str, str], *, asked: Sequence[str], most: int
) -> QueryDict:
    filled = data.copy()
    said = data.get(f"{prefix}-TOTAL_FORMS") or "0"
    total = min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    empty = next(
        (n for n in range(total) if not any(data.get(f"{prefix}-{n}-{name}") for name in asked)), total
    )
    if empty >= most:
        return data
    filled[f"{prefix}-TOTAL_FORMS"] = str(max(total, empty + 1))
    for name, value in values.items():
        filled[f"{prefix}-{empty}-{name}"] = value
    filled[f"{prefix}-library"] = ""
    return filled


def with_condition(data: QueryDict, texts: Sequence[LibraryText]) -> QueryDict:
    """What was typed, with the condition chosen from the library on a line of its own."""
    chosen = _chosen(data, "conditions-library", texts)
    if chosen is None:
        return data
    filled = data.copy()
    lines = [line for line in (data.get("conditions") or "").splitlines() if line.strip()]
    if chosen.text not in lines:
        lines.append(chosen.text)
    filled["conditions"] = "\n".join(lines)
    filled["conditions-library"] = ""
    return filled


def _chosen(data: QueryDict, name: str, texts: Sequence[LibraryText]) -> LibraryText | None:
    return next((text for text in texts if str(text.pk) == data.get(name)), None)
