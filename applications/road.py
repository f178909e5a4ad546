"""The road of a dossier as five stages, its clauses in words, and the reason for a cap."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import plan
from applications.models import Dossier, Stage
from applications.slot_states import law_day, slots_of
from applications.states import State
from organisations.plan_in_force import rules_at
from pages import parts
from pages.deadline_words import LOCAL
from pages.templatetags.ui import vn_number, vn_time

# Which state of the lifecycle is which stage of the road.
STEP = {
    State.DRAFT: 0,
    State.SUBMITTED: 1,
    State.SUPPLEMENT_REQUESTED: 1,
    State.DECLINED: 1,
    State.ACCEPTED: 2,
    State.TEAM_PROPOSED: 2,
    State.TEAM_ASSIGNED: 3,
    State.INSPECTED: 4,
    State.FORWARDED: 4,
    State.APPROVED: 5,
    State.REFUSED: 5,
    State.WITHDRAWN: 0,
}
PAUSE = {State.SUPPLEMENT_REQUESTED: "pause-fill", State.DECLINED: "x-lg"}


def short_moment(instant: datetime | None) -> str:
    """ "12/10, 09:42" in Viet Nam's time."""
    return f"{instant.astimezone(LOCAL):%d/%m}, {vn_time(instant)}" if instant else ""


def working_days(count: int) -> str:
    """A number of working days in words."""
    return ngettext("%(n)d ngày làm việc", "%(n)d ngày làm việc", count) % {"n": count}


def road(dossier: Dossier, *, stages: list[Stage], at: datetime) -> list[parts.Stage]:
    """Five stages: when each was done, where the dossier stands, how long the rest may take."""
    rules = rules_at(law_day(dossier, at=at))
    opened = {stage.state: stage.opened_at for stage in stages}
    team = rules.value(f"phase_{dossier.phase}.procedure.team_within").value
    rows = [
        (_("Nộp hồ sơ"), dossier.submitted_at, _papers(dossier, at=at)),
        (_("Kiểm tra giấy tờ"), dossier.accepted_at, _days(rules, "completeness")),
        (_("Lập tổ kiểm tra"), opened.get(State.TEAM_ASSIGNED), _("%(n)s ngày") % {"n": team}),
        (_("Kiểm tra tại cơ sở"), dossier.visited_at, _days(rules, "visit")),
        (_("Quyết định"), dossier.decided_at, _days(rules, "decision")),
    ]
    now = STEP[State(dossier.state)]
    return [_stage(dossier, i, now, *row) for i, row in enumerate(rows)]


def _papers(dossier: Dossier, *, at: datetime) -> str:
    count = len(slots_of(dossier, at=at)) - 1
    return ngettext("Phương án và %(n)s giấy tờ", "Phương án và %(n)s giấy tờ", count) % {"n": count}


def _days(rules: Any, name: str) -> str:
    return working_days(rules.value(f"stages.{name}_working_days").value)


def _stage(
    dossier: Dossier, index: int, now: int, label: str, done_at: datetime | None, usual: str
) -> parts.Stage:
    if dossier.state == State.REFUSED and index == 4:
        return parts.Stage(label, short_moment(done_at), "now", "late", "x-lg")
    if index < now or (dossier.state == State.WITHDRAWN and done_at):
        return parts.Stage(label, short_moment(done_at), "done")
    if index > now or dossier.state == State.WITHDRAWN:
        return parts.Stage(label, usual)
    look = dossier.look
    line = _("chờ bổ sung") if dossier.state == State.SUPPLEMENT_REQUESTED else str(look.public)
    return parts.Stage(
        label, line, "now", look.tone if look.tone != "calm" else "info", PAUSE.get(State(dossier.state), "")
    )


def clause_url(clause: str) -> str:
    """The plan page of a clause; what is not in the plan has its own list there."""
    return reverse("plan_clause", args=[clause]) if clause else ""


def clause_words(clause: str) -> str:
    """A clause as people read it."""
    if clause == plan.NOT_IN_THE_PLAN:
        return _("Quy ước của cổng")
    return _("Kế hoạch, mục %(clause)s") % {"clause": clause}


def cap_why(cap: Any, *, phase: int, baseline: int, total: int, at: datetime) -> parts.Why:
    """Why so many and no more: clause, values, day and how we read it."""
    values = rules_at(at).phase(phase).section
    if cap.limit is None:
        return parts.Why(
            clause_words(cap.clause), clause_url(cap.clause), _("không giới hạn"), plan.local_day(at),
            title=_("Vì sao không giới hạn?"),
        )  # fmt: skip
    below = values.whole("cap.small_below").value
    shares = {name: _fraction(values.share_of(f"cap.{name}").value) for name in ("small_share", "share")}
    used = shares["small_share" if total < below else "share"]
    words = _("%(share)s của %(baseline)s người, làm tròn xuống")
    reading = _(
        "Dưới %(below)s lao động tại tỉnh thì được dùng %(small_share)s; từ %(below)s trở lên thì %(share)s."
    )
    return parts.Why(
        clause_words(cap.clause),
        clause_url(cap.clause),
        words % {"share": used, "baseline": vn_number(baseline)},
        plan.local_day(at),
        reading % {"below": below, **shares},
        _("Vì sao tối đa %(cap)s?") % {"cap": vn_number(cap.limit)},
    )


def _fraction(share: Any) -> str:
    return f"{share.numerator}/{share.denominator}"
