"""Filters of the queue by name: an officer's own, and those of the agency."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from applications import queue
from applications.filters import NOBODY
from applications.models import SavedView
from applications.unmet import NotAllowed
from journal.recording import record
from organisations.models import User
from organisations.roles import May

# What a view may hold: codes, states and units; the words of a search stay out, they may be a person's name.
KEPT = ("scope", "group", "state", "district", "handler", "sort")
MOST = 12
LONGEST_KEY = 18  # digits
KNOWN: dict[str, frozenset[str]] = {
    "scope": frozenset({"mine"}),
    "group": frozenset(group.name for group in queue.GROUPS if group.name),
    "state": frozenset(queue.STATES),
    "sort": frozenset(queue.ORDERS),
}


class NothingToKeep(Exception):
    """The filter holds nothing that the queue knows."""


class NameTaken(Exception):
    """The person has a view of this name."""


@dataclass(frozen=True)
class Chips:
    """The views above the queue, and where the present filter may be kept."""

    rows: list[dict[str, Any]]
    keep_url: str
    manage_url: str


def cleaned(query: str) -> str:
    """A query string with the parts that a view may hold, in one order, so that equal filters are equal texts.

    A value that the queue does not know falls away; so the text always fits its column.
    """
    given = dict(parse_qsl(query))
    return urlencode({name: given[name] for name in KEPT if _known(name, given.get(name, ""))})


def _known(name: str, value: str) -> bool:
    if name == "handler":  # the keys of people are numbers
        return value == NOBODY or (value.isascii() and value.isdecimal() and len(value) <= LONGEST_KEY)
    if name == "district":
        return value in queue.short_districts()
    return value in KNOWN[name]


def seen_by(user: User, *, on: date) -> Any:
    """The person's own views and those that the agency shares."""
    return SavedView.objects.visible_to(user, on=on).filter(Q(by=user) | Q(shared=True))


def chips(user: User, *, query: str, on: date) -> Chips:
    """Views above the queue: one query. The filter may be kept when it is one, and not a view already."""
    present = cleaned(query)
    where = reverse("dossiers:list")
    rows = [
        {
            "name": view.name,
            "url": f"{where}?{view.query}",
            "current": view.query == present,
            "shared": view.shared,
        }
        for view in seen_by(user, on=on).only("name", "query", "shared")[:MOST]
    ]
    known = any(row["current"] for row in rows)
    keep = f"{reverse('dossiers:new_view')}?{present}" if present and not known else ""
    return Chips(rows, keep, reverse("dossiers:views"))


@transaction.atomic
def save(*, name: str, query: str, shared: bool, by: User, at: datetime) -> SavedView:
    """Keeps a filter under a name. NameTaken when the person has one of that name; NothingToKeep says itself."""
    agencies = by.agencies_where(May.RECEIVE, on=at)
    if not agencies:
        raise NotAllowed("save_view")
    kept = cleaned(query)
    if not kept:
        raise NothingToKeep
    try:
        with transaction.atomic():
            view = SavedView.objects.create(
                name=name, query=kept, agency_id=agencies[0], shared=shared, by=by, at=at
            )
    except IntegrityError as error:
        raise NameTaken(name) from error
    record("view.saved", by=by, at=at, kind="saved_view", subject_id=view.pk, fields=["name", "query"])
    return view


@transaction.atomic
def delete(*, view: SavedView, by: User, at: datetime) -> bool:
    """Takes a view away: one's own, or a shared one of the agency for its head. False when it is gone already."""
    if view.by_id != by.pk and not may_delete(view, by=by, on=at):
        raise NotAllowed("delete_view")
    gone = SavedView.objects.filter(pk=view.pk).delete()[0]
    if gone:
        record("view.deleted", by=by, at=at, kind="saved_view", subject_id=view.pk)
    return bool(gone)


def may_delete(view: SavedView, *, by: User, on: datetime) -> bool:
    """Its maker; of a shared one, anybody at the desk of the agency."""
    return view.by_id == by.pk or (view.shared and view.agency_id in by.agencies_where(May.RECEIVE, on=on))
