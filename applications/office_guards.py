"""What must be true before a signature made on paper is recorded, and before a decision is recalled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

import plan
from applications import guards
from applications.models import Dossier
from applications.states import ENDED
from applications.unmet import Unmet
from organisations.models import User
from organisations.roles import May
from plan.clock import LOCAL


def paper_approval(
    dossier: Dossier, *, by: User, at: datetime, signer: User | None = None, dated: date | None = None,
    **given: Any,
) -> list[Unmet]:  # fmt: skip
    """An approval as its signer could have given it that day: recorded later, it is judged by its own day."""
    unmet = guards.approval(dossier, by=signer or by, at=_that_day(dated, at=at))
    return unmet + _signed(dossier, signer=signer, dated=dated, at=at)


def paper_refusal(
    dossier: Dossier, *, by: User, at: datetime, signer: User | None = None, dated: date | None = None,
    reasons: Sequence[Mapping[str, str]] = (), **given: Any,
) -> list[Unmet]:  # fmt: skip
    """A refusal as its signer could have given it that day."""
    unmet = guards.refusal(dossier, by=signer or by, at=_that_day(dated, at=at), reasons=reasons)
    return unmet + _signed(dossier, signer=signer, dated=dated, at=at)


def _that_day(dated: date | None, *, at: datetime) -> datetime:
    """The last moment of the day on the paper, and never later than now."""
    if dated is None or dated >= plan.local_day(at):
        return at
    return datetime.combine(dated, time.max, tzinfo=LOCAL)


def _signed(dossier: Dossier, *, signer: User | None, dated: date | None, at: datetime) -> list[Unmet]:
    """The signer held the post on the day of the paper; the day lies between the file's arrival and today."""
    unmet = []
    today, arrived = plan.local_day(at), plan.local_day(dossier.state_since)
    if dated is None or not arrived <= dated <= today:
        words = _("Ngày ký phải từ %(arrived)s, ngày trình, đến hôm nay.")
        unmet.append(Unmet("dated", "III.1.3.1-f", words % {"arrived": f"{arrived:%d/%m/%Y}"}, "dated"))
    if signer is None or not signer.may(May.DECIDE, on=dated or today):
        words = _("Người ký không giữ chức Chủ tịch hoặc Phó Chủ tịch vào ngày ký.")
        unmet.append(Unmet("signer", "III.1.3.1-f", words, "signer"))
    return unmet


def recall(dossier: Dossier, *, by: User, at: datetime, **given: Any) -> list[Unmet]:
    """A decision in force, signed for this dossier alone, and no newer dossier of the site in its place."""
    decision = dossier.decision
    if decision is None:
        return [Unmet("decision", guards.OURS, _("Hồ sơ này không có văn bản còn hiệu lực để thu hồi."))]
    unmet = []
    if decision.letter.site_id is None:
        words = _("Văn bản này có phụ lục nhiều doanh nghiệp. Thu hồi cả văn bản ở trang của văn bản.")
        if not given.get("whole_letter"):
            unmet.append(Unmet("annex", guards.OURS, words))
    newer = Dossier.objects.filter(site=dossier.site_id, phase=dossier.phase).exclude(pk=dossier.pk)
    if newer.exclude(state__in=ENDED).exists():
        words = _("Cơ sở đã có hồ sơ mới, nên hồ sơ này không mở lại được.")
        unmet.append(Unmet("newer", guards.OURS, words))
    return unmet
