"""Points of a paper ticked off by hand: kept for this version, with who and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from applications import ticking
from applications.packing.slots import PLAN
from applications.views.answering import attempting
from applications.views.desk_case import Back
from applications.views.fetching import dossier_or_404


@require_POST
def save(request: HttpRequest, ref: str) -> HttpResponse:
    """What is ticked now; by htmx the list comes back with names, without script the case does."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    paper = dossier.papers.filter(pk=_number(request.POST.get("paper", ""))).first()
    back = Back.of(request.POST.get("back", ""))
    if paper is None:
        return redirect(back.case_url(dossier))
    positions = {_number(each) for each in request.POST.getlist("tick")}
    attempting(
        request,
        lambda: ticking.save(dossier=dossier, paper=paper, positions=positions, by=request.user, at=now),
    )
    if request.headers.get("HX-Request"):
        context = {"points": ticking.points(paper), "paper": paper}
        return render(request, "applications/desk/ticks.html", context)
    named = request.POST.get("number", "")
    return redirect(back.case_url(dossier, paper=PLAN if named == PLAN else str(_number(named) or "")))


def _number(text: str) -> int:
    """The number typed into a link or a box; 0, which names nothing, for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
