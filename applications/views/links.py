"""Where a requirement is mended: the address behind what is unmet, for the enterprise's pages."""

from collections.abc import Callable

from django.urls import reverse

from applications.forms.answers import PARTS
from applications.models import Dossier
from applications.unmet import Unmet


def mend_links(dossier: Dossier, *, back: str = "") -> Callable[[Unmet], str]:
    """From an unmet requirement to the page where it is met; `back` names the page to return to."""

    def link(unmet: Unmet) -> str:
        kind, _slash, slot = unmet.anchor.partition("/")
        query = f"?back={back}" if back else ""
        if kind == "papers":
            return reverse("dossiers:paper", args=[dossier.reference, slot]) + query
        if kind in PARTS:
            return reverse("dossiers:answers", args=[dossier.reference, kind]) + query
        return f"#id_{unmet.anchor}" if unmet.anchor else ""

    return link


def after_saving(dossier: Dossier, back: str) -> str:
    """Where a saved answer or paper leads: back to the check page, or to the task list."""
    name = "check" if back == "check" else "detail"
    return reverse(f"dossiers:{name}", args=[dossier.reference])
