"""How the time of a dossier is counted, for whoever sees it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications import clock_ledger
from applications.models import Stage
from applications.promises import promise
from applications.road import clause_url
from applications.states import State
from applications.views.fetching import dossier_or_404
from pages import parts
from pages.deadline_words import Deadline, deadline


@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The present stage, or the one asked for, day by day; before it every start and pause."""
    dossier = dossier_or_404(request, ref)
    now = timezone.now()
    stages = list(dossier.stages.order_by("opened_at", "pk"))
    chosen = _chosen(stages, request.GET.get("stage", ""))
    made = promise(dossier, at=now)
    count = clock_ledger.counted(dossier, chosen, clock_ledger.calendar()) if chosen else None
    context = {
        "dossier": dossier,
        "promise": made,
        "chosen": chosen,
        "deadline": _deadline(made.deadline, chosen, at=now),
        "due_for": clock_ledger.due_for(chosen) if chosen else "",
        "say": count.say if count and count.say else made.next_line,
        "days": count.days if count else [],
        "lines": clock_ledger.history(dossier, stages, chosen) + (count.lines if count else []),
        "tabs": _tabs(stages, chosen),
        "holidays_url": clause_url("III.1.3.1-c"),
        "paused": dossier.state == State.SUPPLEMENT_REQUESTED,
    }
    return render(request, "applications/clock.html", context)


def _chosen(stages: list[Stage], asked: str) -> Stage | None:
    """The stage asked for, else the open one, else the last that had a time."""
    timed = [stage for stage in stages if stage.due_at is not None]
    wanted = [stage for stage in timed if str(stage.pk) == asked]
    running = [stage for stage in stages if stage.closed_at is None and stage.due_at is not None]
    return next(iter(wanted or running or timed[-1:]), None)


def _deadline(present: Deadline, chosen: Stage | None, *, at: Any) -> Deadline:
    """Of an open stage as everywhere; of a closed one, whether it was kept."""
    if chosen is None or chosen.due_at is None:
        return present
    if chosen.closed_at is None:
        return present if present.words else deadline(chosen.due_at, at=at)
    kept = chosen.closed_at <= chosen.due_at
    words = _("xong đúng hạn") if kept else _("xong quá hạn")
    plain = deadline(chosen.due_at, at=chosen.opened_at)
    return Deadline(
        words, plain.absolute, "ok" if kept else "late", "check-circle" if kept else "exclamation-triangle"
    )


def _tabs(stages: list[Stage], chosen: Stage | None) -> list[parts.Entry]:
    """One tab a stage that has a time, when there are several."""
    timed = [stage for stage in stages if stage.due_at is not None]
    if len(timed) < 2:
        return []
    seen: dict[str, int] = {}
    labels = []
    for stage in timed:
        seen[stage.state] = seen.get(stage.state, 0) + 1
        label = clock_ledger.due_for(stage).capitalize()
        times = _("%(what)s, lần %(n)s") % {"what": label, "n": seen[stage.state]}
        labels.append(times if seen[stage.state] > 1 else label)
    return [
        parts.Entry(
            label, f"?stage={stage.pk}",
            current=chosen is not None and stage.pk == chosen.pk,
        )
        for stage, label in zip(timed, labels, strict=True)
    ]  # fmt: skip
