"""The papers that the portal drafts in the enterprise's name, from its answers and the law of the day.

for draft in drafts(dossier, on=day):                # in the order in which they are signed
    letterforms.html(draft.paper)                    # one paper as HTML, ready for documents.pdf.render
    letterforms.docx(draft.paper)                    # the same paper as .docx
    draft.gaps                                       # which facts are missing, each with where it is asked
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import override

import plan
from applications import plan_answers
from applications.draft_facts import Facts
from applications.draft_texts import (
    caterer,
    commitment,
    isolation,
    labour,
    plan_text,
    request_letter,
    safety,
    safety_team,
    screening,
    workplace,
)
from applications.draft_texts.blocks import Wording
from applications.models import Dossier
from applications.plan_rows import open_row
from documents.letterforms import DraftPaper
from organisations.plan_in_force import form_sets, law
from plan.form_sets import FormSet

PLAN = plan.PLAN_PAPER


@dataclass(frozen=True)
class Gap:
    """A fact that is missing: its name, and the place where it is asked (applications.draft_facts.Facts)."""

    words: str
    place: str


@dataclass(frozen=True)
class Draft:
    """One drafted paper: its slot ("plan" for the plan's own text), title, content and gaps."""

    slot: str
    title: str
    paper: DraftPaper
    gaps: tuple[Gap, ...]


# In signing order: the letter stands apart, the volume follows in the order of its parts.
WORDINGS: dict[str, Callable[[Facts], Wording]] = {
    "request_letter": request_letter.wording,
    PLAN: plan_text.wording,
    "screening_plan": screening.wording,
    "isolation_plan": isolation.wording,
    "safety_regulation": safety.wording,
    "workplace_lodging_regulation": workplace.wording,
    "safety_team_regulation": safety_team.wording,
    "labour_management_regulation": labour.wording,
    "caterer_information": caterer.wording,
    "commitment": commitment.wording,
}


def drafts(dossier: Dossier, *, on: date) -> tuple[Draft, ...]:
    """All papers of the dossier's phase that the portal can draft, in signing order."""
    answers = answers_of(dossier)
    return tuple(_draft(dossier, answers, slot, on=on) for slot in drafted_slots(dossier, on=on))


def draft_of(dossier: Dossier, slot: str, *, on: date) -> Draft | None:
    """The draft of one slot, or None where the portal drafts none."""
    if slot not in drafted_slots(dossier, on=on):
        return None
    return _draft(dossier, answers_of(dossier), slot, on=on)


def drafted_slots(dossier: Dossier, *, on: date) -> tuple[str, ...]:
    """The slots that have a draft; a kitchen of the site's own needs no sheet of a caterer."""
    facts = Facts(dossier, plan_answers.Answers(), on=on)
    known = {slot.code for slot in facts.phase.papers()}
    if not facts.is_external:
        known.discard("caterer_information")
    return tuple(slot for slot in WORDINGS if slot in known)


def answers_of(dossier: Dossier) -> plan_answers.Answers:
    """The answers as they stand; none yet where nobody has begun."""
    row = open_row(dossier)
    return plan_answers.read(row.answers if row else {})


def form_set_of(dossier: Dossier) -> FormSet:
    """The set of forms that the dossier was begun on (A-35)."""
    sets = form_sets()
    return sets.version(dossier.form_set) or sets.on(plan.local_day(dossier.created_at))


def form_set_words(forms: FormSet, slot: str) -> str:
    """How a paper names the set and its own form."""
    form = forms.paper(slot)
    own = f"Mẫu số {form.number}, " if form else ""
    return f"{own}{set_words(forms)}"


def set_words(forms: FormSet) -> str:
    """The set by title, version and digest."""
    return f"{forms.title}, phiên bản {forms.version} (mã {forms.short_digest})"


def _draft(dossier: Dossier, answers: plan_answers.Answers, slot: str, *, on: date) -> Draft:
    forms = form_set_of(dossier)
    facts = Facts(dossier, answers, on=on, forms_words=set_words(forms))
    with override("vi"):  # a paper is Vietnamese, whichever language its reader uses
        wording = WORDINGS[slot](facts)
        paper = DraftPaper(
            agency=(facts.firm.upper(),),
            place=law().province.place,
            check_host=settings.CHECK_HOST,
            dossier_code=dossier.code or "",
            slot=slot,
            firm=facts.firm,
            heading=wording.heading,
            name=wording.name,
            abstract=wording.abstract,
            addressees=wording.addressees,
            blocks=wording.blocks,
            signer_lines=_signer_lines(facts),
            signer_name=facts.signer,
            recipients=wording.recipients,
            form_set=form_set_words(forms, slot),
            drafted_on=on,
        )
    return Draft(slot, wording.name, paper, tuple(Gap(*each) for each in facts.missing.items()))


def gaps_of(found: Sequence[Draft]) -> tuple[Gap, ...]:
    """What is missing in several papers, each once."""
    return tuple(dict.fromkeys(gap for draft in found for gap in draft.gaps))


def _signer_lines(facts: Facts) -> tuple[str, ...]:
    """The signer's post; who signs by authority says so."""
    title = facts.signer_title.upper()
    return ("TUQ. NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT", title) if facts.signs_by_authority else (title,)
