"""What a POST door answers when a verb does not act: 403, a page that says it is old, or the form again.

    attempt = attempting(request, lambda: receiving.accept(dossier=dossier, by=request.user, at=now), form=form)
    if attempt.done:
        return redirect(...)
    return render(request, "applications/….html", {"form": form, "attempt": attempt, …}, status=attempt.status)

The template shows `{% include "applications/attempt.html" with attempt=attempt only %}` at its top; a page that
is read by GET gives `attempt=UNTRIED`. What is unmet goes to the form's field of the same name as its anchor,
else to the list of the page, linked by `link` (of an Unmet, to an address).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from applications.models import Dossier
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from organisations.models import User
from pages import parts
from pages.templatetags.ui import vn_moment, vn_time

STALE, REFUSED = 409, 422
Link = Callable[[Unmet], str]

# What somebody just did, to stand between the name and "hồ sơ này".
DONE = {
    "submit": gettext_lazy("nộp"),
    "request_supplement": gettext_lazy("yêu cầu bổ sung"),
    "decline": gettext_lazy("từ chối tiếp nhận"),
    "accept": gettext_lazy("tiếp nhận"),
    "propose_team": gettext_lazy("đề xuất tổ kiểm tra cho"),
    "assign_team": gettext_lazy("phân công tổ kiểm tra cho"),
    "move_visit": gettext_lazy("đổi lịch kiểm tra của"),
    "conclude_visit": gettext_lazy("ký phiếu kiểm tra của"),
    "reinspect": gettext_lazy("cho kiểm tra lại"),
    "forward": pgettext_lazy("event", "trình Chủ tịch"),
    "send_back": gettext_lazy("trả lại để làm rõ"),
    "approve": gettext_lazy("đồng ý"),
    "refuse": gettext_lazy("không đồng ý"),
    "record_approval": gettext_lazy("ghi nhận văn bản đồng ý cho"),
    "record_refusal": gettext_lazy("ghi nhận văn bản không đồng ý cho"),
    "recall": gettext_lazy("thu hồi văn bản của"),
    "withdraw": gettext_lazy("rút"),
}


@dataclass(frozen=True)
class Attempt:
    """What came of a verb: its value, or the words and reasons with which the page comes back."""

    done: bool = False
    value: Any = None
    status: int = 200
    stale: str = ""
    unmet: tuple[parts.Unmet, ...] = ()


UNTRIED = Attempt()


def attempting(
    request: HttpRequest, verb: Callable[[], Any], *, form: BaseForm | None = None, link: Link | None = None
) -> Attempt:
    """Calls one verb. NotAllowed becomes the 403 page; Stale and Refused are for the page to show."""
    try:
        return Attempt(done=True, value=verb())
    except NotAllowed as error:
        raise PermissionDenied from error
    except Stale as stale:
        return Attempt(status=STALE, stale=stale_words(stale.dossier, by=request.user))
    except Refused as refused:
        left = refused.unmet if form is None else _put_on(form, refused.unmet)
        return Attempt(status=REFUSED, unmet=unmet_parts(left, link=link))


def unmet_parts(unmet: Iterable[Unmet], *, link: Link | None = None) -> tuple[parts.Unmet, ...]:
    """What is unmet as the components `locked` and `attempt` take it."""
    return tuple(parts.Unmet(each.detail, "", link(each) if link else "") for each in unmet)


def stale_words(dossier: Dossier, *, by: User) -> str:
    """Who was first, what they did, when; and that nothing typed is lost."""
    move = dossier.moves.order_by("-at", "-pk").first()
    paper = dossier.papers.select_related("uploaded_by").order_by("-uploaded_at", "-pk").first()
    correction = dossier.corrections.first()
    acts = []
    if move is not None:
        acts.append((move.at, move.by_id, move.by_name, str(DONE.get(move.name, _("chuyển")))))
    if paper is not None:
        acts.append(
            (paper.uploaded_at, paper.uploaded_by_id, paper.uploaded_by.full_name, _("thay giấy tờ của"))
        )
    if correction is not None:
        acts.append((correction.at, correction.by_id, correction.by_name, _("sửa lỗi nhập của")))
    if not acts:
        return _("Trang đã cũ: hồ sơ này vừa thay đổi. Nội dung anh/chị nhập được giữ bên dưới.")
    when, who_id, name, what = max(acts, key=lambda act: act[0])
    words = _(
        "Trang đã cũ: %(who)s vừa %(what)s hồ sơ này lúc %(time)s. Nội dung anh/chị nhập được giữ bên dưới."
    )
    return words % {"who": _who(who_id, name, by=by), "what": what, "time": vn_time(when)}


def moved_on_words(dossier: Dossier, *, by: User) -> str:
    """Why a page that is opened now has nothing to do any more: who moved the dossier on, and when."""
    move = dossier.moves.order_by("-at", "-pk").first()
    if move is None:
        return _("Hồ sơ không ở bước này. Mở hồ sơ để xem bước hiện tại.")
    words = _(
        "Hồ sơ đã sang bước khác: %(who)s đã %(what)s hồ sơ này lúc %(when)s. Mở hồ sơ để xem bước hiện tại."
    )
    what = str(DONE.get(move.name, _("chuyển")))
    return words % {"who": _who(move.by_id, move.by_name, by=by), "what": what, "when": vn_moment(move.at)}


def _who(user_id: object, name: str, *, by: User) -> str:
    return _("chính anh/chị") if user_id == by.pk else name


def _put_on(form: BaseForm, unmet: Iterable[Unmet]) -> list[Unmet]:
    """Puts reasons on the fields they name; gives back those that have no field."""
    left = []
    for each in unmet:
        if each.anchor in form.fields:
            form.add_error(each.anchor, each.detail)
        else:
            left.append(each)
    return left
