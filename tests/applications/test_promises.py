"""Nobody waits without a date, a holder and a telephone: the promise of every state, one or many at once."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from applications import recalling
from applications.models import Dossier, Paper
from applications.promises import promise, promises
from applications.states import CLOSED, State
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db

HOLDERS = {
    State.DRAFT: "Công ty TNHH May mặc Ánh Dương",
    State.SUBMITTED: "Sở Lao động - Thương binh và Xã hội",
    State.SUPPLEMENT_REQUESTED: "Công ty TNHH May mặc Ánh Dương",
    State.ACCEPTED: "Sở Lao động - Thương binh và Xã hội",
    State.TEAM_PROPOSED: "Chủ tịch UBND tỉnh",
    State.TEAM_ASSIGNED: "Tổ kiểm tra số 1",
    State.INSPECTED: "Sở Lao động - Thương binh và Xã hội",
    State.FORWARDED: "Chủ tịch UBND tỉnh",
}


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_holder_telephone_time_and_a_next_line(state: State) -> None:
    dossier = making.make_dossier(state)
    made = promise(dossier, at=cast.AT)
    if state in HOLDERS:
        assert made.holder_name == HOLDERS[state]
    assert made.phone
    assert made.next_line
    assert made.deadline.head
    assert made.staff_name == str(state.label)
    assert made.is_over is (state in CLOSED)
    timed = state not in {State.DRAFT, State.SUPPLEMENT_REQUESTED, *CLOSED}
    assert bool(made.deadline.absolute) is (timed or state in CLOSED)
    assert bool(made.deadline.paused) is (state in {State.DRAFT, State.SUPPLEMENT_REQUESTED})


def test_a_supplement_says_how_many_things_are_asked_for() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    dossier.papers.filter(slot__in=["commitment", "screening_plan"]).update(verdict=Paper.Verdict.RETURNED)
    assert promise(making.request_supplement(dossier), at=cast.AT).public_name == "Cần bổ sung 2 điểm"


def test_a_question_of_the_chairman_is_shown_as_being_cleared_up() -> None:
    dossier = making.send_back(making.make_dossier(State.FORWARDED), cast.instant("2021-10-15"))
    assert promise(dossier, at=cast.AT).public_name == "Đang làm rõ thêm"


def test_a_recall_is_said_where_the_enterprise_looks_first() -> None:
    dossier = making.make_dossier(State.APPROVED)
    recalling.recall(
        dossier=dossier, reason="Ghi nhầm số người", by=cast.make_chairman(), at=dossier.state_since
    )
    made = promise(making.fresh(dossier), at=dossier.state_since)
    assert made.public_name == "Văn bản đã thu hồi, đang xét lại"
    assert "không được hoạt động theo văn bản ấy nữa" in made.next_line


def test_an_own_kitchen_counts_as_a_paper_done() -> None:
    dossier = making.draft()
    before = promise(dossier, at=cast.AT).next_line
    Dossier.objects.filter(pk=dossier.pk).update(caterer="in_house")
    after = promise(making.fresh(dossier), at=cast.AT).next_line
    assert (before, after) == ("Còn 13 giấy tờ.", "Còn 12 giấy tờ.")


def test_a_draft_with_its_papers_but_without_answers_does_not_say_that_it_is_ready() -> None:
    dossier = making.make_dossier()
    assert promise(dossier, at=cast.AT).next_line == "Đã có các giấy tờ bắt buộc; xem lại rồi nộp."
    Dossier.objects.filter(pk=dossier.pk).update(mode="")
    words = promise(making.fresh(dossier), at=cast.AT).next_line
    assert words == "Đã có các giấy tờ bắt buộc; còn câu hỏi chưa trả lời."


def test_many_promises_cost_as_many_queries_as_few(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    firm = cast.make_enterprise()
    for number in range(8):
        making.draft(cast.make_site(firm, name=f"Xưởng {number}", zone=None))
    now = timezone.now()
    rows = list(Dossier.objects.select_related("site__enterprise", "receiving_agency", "handled_by", "team"))
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        assert len(promises(rows, at=now)) == 8
