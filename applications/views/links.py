"""Where the enterprise's doors lead: to where a requirement is mended, and back."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from applications.drafting import Gap
from applications.forms.answers import PARTS
from applications.models import Dossier
from applications.plan_words import answer_titles
from applications.plan_words import titles as plan_titles
from applications.unmet import Unmet
from applications.views.fetching import own_dossier_or_404
from pages import parts

View = Callable[..., HttpResponse]


def mend_links(dossier: Dossier, *, back: str = "") -> Callable[[Unmet], str]:
    """From an unmet requirement to the page where it is met; `back` names the page to return to."""

    def link(unmet: Unmet) -> str:
        kind, _slash, slot = unmet.anchor.partition("/")
        query = f"?back={back}" if back else ""
        if kind == "papers":
            return reverse("dossiers:paper", args=[dossier.reference, slot]) + query
        if kind == "supplement":
            return reverse("dossiers:supplement", args=[dossier.reference])
        if kind in PARTS:
            return reverse("dossiers:answers", args=[dossier.reference, kind]) + query
        return f"#id_{unmet.anchor}" if unmet.anchor else ""

    return link


def gap_links(dossier: Dossier, gaps: Iterable[Gap]) -> list[parts.Entry]:
    """What is missing in drafted papers, each leading to the field where it is asked."""
    ref = dossier.reference
    links = []
    for gap in gaps:
        part, _hash, field = gap.place.partition("#")
        page = "answers" if part in PARTS else "plan_part"
        links.append(parts.Entry(gap.words, f"{reverse(f'dossiers:{page}', args=[ref, part])}#id_{field}"))
    return links


def gap_groups(dossier: Dossier, gaps: Iterable[Gap]) -> list[tuple[str, list[parts.Entry]]]:
    """The same by the part that asks, in the order of the parts: (title, links)."""
    titles = {part: title for part, (title, _lead) in (answer_titles() | plan_titles()).items()}
    found: dict[str, list[Gap]] = {part: [] for part in titles}
    for gap in gaps:
        found[gap.place.partition("#")[0]].append(gap)
    return [(titles[part], gap_links(dossier, rows)) for part, rows in found.items() if rows]


def after_saving(dossier: Dossier, back: str) -> str:
    """Where a saved answer or paper leads: back to the check page, or to the task list."""
    name = "check" if back == "check" else "detail"
    return reverse(f"dossiers:{name}", args=[dossier.reference])


def posted_only(page: str, *keys: str) -> Callable[[View], View]:
    """For verbs without a page of their own. A GET comes from signing in again after the session ran out, or
    from the address bar: it leads to the page with the button.
    """

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def door(request: HttpRequest, ref: str, **given: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, ref, **given)
            dossier = own_dossier_or_404(request, ref)
            names = [dossier.reference, *[given[key] for key in keys]]
            return HttpResponseRedirect(reverse(f"dossiers:{page}", args=names))

        return door

    return decorate
