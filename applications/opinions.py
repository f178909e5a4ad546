"""An opinion asked of another agency, with its due time in working days, and the answer."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import plan
from applications.actors import Actor, may_act
from applications.models import Dossier, Opinion
from applications.sight import works_on
from applications.states import CLOSED, WITH_OFFICIALS
from applications.unmet import NotAllowed, Refused, Unmet
from journal.recording import announce, record
from organisations import agency_codes
from organisations.models import Agency, Holiday, User
from organisations.plan_in_force import rules_at

OURS = plan.NOT_IN_THE_PLAN
# The chair's side decides, the receiving agency asks: both have other ways to say what they think.
NOT_ASKED = frozenset({agency_codes.PROVINCE, agency_codes.OFFICE})


class NoLongerAsked(Exception):
    """The opinion has been given already."""


def askable(dossier: Dossier) -> QuerySet[Agency]:
    """Agencies that may be asked and are not being asked now."""
    waiting = dossier.opinions.filter(answered_at__isnull=True).order_by().values("agency")
    rows = Agency.objects.exclude(code__in=NOT_ASKED).exclude(pk=dossier.receiving_agency_id)
    return rows.exclude(pk__in=waiting).order_by("number")


def usual_days(*, at: datetime) -> int:
    """Working days that an agency is given unless the officer says otherwise (ours)."""
    return int(rules_at(at).value("stages.answer_working_days").value)


def due_after(days: int, *, at: datetime) -> datetime:
    """The end of the office day so many working days on."""
    holidays, working = Holiday.days()
    due: datetime = rules_at(at).add_working_days(at=at, days=days, holidays=holidays, working_days=working)
    return due


@transaction.atomic
def ask(*, dossier: Dossier, agency: Agency, question: str, days: int, by: User, at: datetime) -> Opinion:
    """Asks one agency; its officials see the case from now on."""
    if not may_act(Actor.RECEIVER, dossier, by=by, at=at):
        raise NotAllowed("ask_opinion")
    unmet = []
    if dossier.state not in WITH_OFFICIALS:
        unmet.append(Unmet("state", OURS, _("Hồ sơ đã xong; không hỏi ý kiến được nữa.")))
    if not question.strip():
        unmet.append(Unmet("question", OURS, _("Chưa ghi cần cho ý kiến về điều gì."), "question"))
    if not askable(dossier).filter(pk=agency.pk).exists():
        words = _("%(agency)s đang được hỏi rồi, hoặc không hỏi được.") % {"agency": agency.short_name}
        unmet.append(Unmet("agency", OURS, words, "agency"))
    if unmet:
        raise Refused(unmet)
    try:
        with transaction.atomic():
            opinion = Opinion.objects.create(
                dossier=dossier, agency=agency, question=question.strip(), asked_at=at, asked_by=by,
                due_at=due_after(days, at=at),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused([Unmet("agency", OURS, _("Cơ quan này vừa được hỏi."), "agency")]) from error
    record("opinion.asked", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[agency.code])
    announce("opinion.asked", opinion.pk, at=at)
    return opinion


def may_answer(opinion: Opinion, *, by: User, at: datetime) -> bool:
    """A post at the asked agency that day."""
    return any(post.agency_id == opinion.agency_id for post in by.posts_on(plan.local_day(at)))


@transaction.atomic
def answer(*, opinion: Opinion, agrees: bool, text: str, by: User, at: datetime) -> None:
    """The agency's answer, once; NoLongerAsked when a colleague was first."""
    if not may_answer(opinion, by=by, at=at):
        raise NotAllowed("answer_opinion")
    if not text.strip():
        raise Refused([Unmet("text", OURS, _("Chưa ghi ý kiến."), "text")])
    won = Opinion.objects.filter(pk=opinion.pk, answered_at__isnull=True).update(
        agrees=agrees, answer=text.strip(), answered_at=at, answered_by=by
    )
    if not won:
        raise NoLongerAsked
    record("opinion.answered", by=by, at=at, kind="dossier", subject_id=opinion.dossier_id, fields=["answer"])
    announce("opinion.answered", opinion.pk, at=at)


def waiting_for(user: User, *, at: datetime) -> QuerySet[Opinion]:
    """Opinions that a person's agencies still owe, the earliest due first; a closed dossier asks for none."""
    agencies = {post.agency_id for post in user.posts_on(plan.local_day(at))}
    rows = Opinion.objects.filter(agency__in=agencies, answered_at__isnull=True)
    rows = rows.exclude(dossier__state__in=CLOSED)
    shown = rows.select_related("dossier__site").only(
        "question", "due_at", "answered_at", "dossier__code", "dossier__state", "dossier__site__name"
    )
    return shown.order_by("due_at", "pk")


def may_read(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Officials who work on the dossier, and agencies that were asked about it; never the enterprise."""
    posts = by.posts_on(plan.local_day(at))
    if not posts or dossier.site.enterprise_id in by.open_enterprises:
        return False
    if works_on(dossier, by=by, at=at):
        return True
    return dossier.opinions.filter(agency__in={post.agency_id for post in posts}).exists()
