"""What must be true before a signature made on paper is recorded, and before a decision is recalled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

import plan
from applications import guards
from applications.actors import is_authorised
from applications.models import Dossier
from applications.states import ENDED
from applications.unmet import Unmet
from organisations.models import Authorisation, User
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
    """A refusal as its signer could have given it that day: a head of the agency by authorisation as well."""
    day = _that_day(dated, at=at)
    unmet = guards.refusal(dossier, by=signer or by, at=day, reasons=reasons)
    if signer is not None and is_authorised(dossier, by=signer, at=day):
        return unmet + _dated(dossier, dated=dated, at=at)
    return unmet + _signed(dossier, signer=signer, dated=dated, at=at)


def _that_day(dated: date | None, *, at: datetime) -> datetime:
    """The last moment of the day on the paper, and never later than now."""
    if dated is None or dated >= plan.local_day(at):
        return at
    return datetime.combine(dated, time.max, tzinfo=LOCAL)


def _signed(dossier: Dossier, *, signer: User | None, dated: date | None, at: datetime) -> list[Unmet]:
    """The signer held the post on the day of the paper."""
    unmet = _dated(dossier, dated=dated, at=at)
    if signer is None or not signer.may(May.DECIDE, on=dated or plan.local_day(at)):
        words = _("Người ký không giữ chức Chủ tịch hoặc Phó Chủ tịch vào ngày ký.")
        if signer is not None and Authorisation.objects.filter(holder=signer).exists():
            words = _("Ủy quyền của người ký không có hiệu lực cho văn bản này vào ngày ký.")
        unmet.append(Unmet("signer", "III.1.3.1-f", words, "signer"))
    return unmet


def _dated(dossier: Dossier, *, dated: date | None, at: datetime) -> list[Unmet]:
    """The day on the paper lies between the file's arrival and today."""
    today, arrived = plan.local_day(at), plan.local_day(dossier.state_since)
    if dated is not None and arrived <= dated <= today:
        return []
    words = _("Ngày ký phải từ %(arrived)s, ngày trình, đến hôm nay.")
    return [Unmet("dated", "III.1.3.1-f", words % {"arrived": f"{arrived:%d/%m/%Y}"}, "dated")]


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
