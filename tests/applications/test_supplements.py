"""A supplement: asked once and whole, no time counted until it is answered, the answer shown to who asked."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

import plan
from applications import receiving, supplementing, supplements
from applications.models import Dossier, Paper, Stage, Supplement
from applications.review import rows_of_slots
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
from documents.models import Letter
from journal import outbox
from notices.models import Message
from organisations.models import Holiday
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import making
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EXTRAS = {"extras-TOTAL_FORMS": 2, "extras-INITIAL_FORMS": 0}


def page(dossier: Dossier) -> str:
    return reverse("dossiers:supplement", args=[dossier.reference])


def read_through(dossier: Dossier, *, returned: str = "commitment") -> Dossier:
    """Every paper read, one of them returned."""
    making.mark_all(dossier)
    receiving.mark_paper(
        paper=dossier.papers.get(slot=returned, replaced_at__isnull=True), verdict=Paper.Verdict.RETURNED,
        reason="Trang 3 chưa đóng dấu", fix="Đóng dấu, quét lại", by=making.officer_of(dossier), at=cast.AT,
    )  # fmt: skip
    return making.fresh(dossier)


def asking(dossier: Dossier, **changes: object) -> None:
    given = {
        "items": supplementing.items_of(dossier, parts={}, at=cast.AT), "reason": "đủ căn cứ",
        "phone": "+842943555111", "by": making.officer_of(dossier), "at": cast.AT, **changes,
    }  # fmt: skip
    supplementing.request(dossier=dossier, **given)


def test_the_list_is_made_of_returned_and_missing_papers_and_what_is_added() -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    dossier.papers.filter(slot="screening_plan").update(replaced_at=cast.AT)
    extra = supplementing.Asked("baseline", "Chưa rõ ngày của bảng lương", "")
    items = supplementing.items_of(dossier, [extra], parts={"baseline": "Số lao động"}, at=cast.AT)
    assert [(item["kind"], item["about"], item["fault"]) for item in items] == [
        ("paper", "screening_plan", "Chưa có"),
        ("paper", "commitment", "Trang 3 chưa đóng dấu"),
        ("part", "baseline", "Chưa rõ ngày của bảng lương"),
    ]


def test_a_paper_that_nobody_has_read_keeps_the_slip_back() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    with pytest.raises(Refused) as refused:
        asking(dossier, items=[{"thing": "x"}])
    assert {each.code for each in refused.value.unmet} == {"unread"}
    assert not Letter.objects.filter(kind=Letter.Kind.SUPPLEMENT).exists()


def test_nothing_to_ask_is_not_asked_and_a_stranger_may_not() -> None:
    dossier = making.mark_all(making.make_dossier(State.SUBMITTED))
    with pytest.raises(Refused):
        asking(dossier)
    with pytest.raises(NotAllowed):
        asking(dossier, by=cast.make_zone_officer())


def test_asking_issues_form_02_tells_the_enterprise_and_stops_the_clock() -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    asking(dossier)
    dossier = making.fresh(dossier)
    assert (dossier.state, dossier.due_at) == (State.SUPPLEMENT_REQUESTED, None)
    letter = Letter.objects.get(kind=Letter.Kind.SUPPLEMENT)
    assert letter.number == 1
    assert letter.data["fields"]["faults"][0]["fault"] == "Trang 3 chưa đóng dấu"
    outbox.drain(now=lambda: cast.AT, leave=NOT_BOUND)
    message = Message.objects.get(user=making.owner_of(dossier), key__startswith="request_supplement")
    assert message.path == page(dossier)
    assert "1 điểm" in message.line
    with pytest.raises(Stale):
        asking(dossier)


def test_the_officer_sees_the_slip_before_it_is_sent_and_asks_once_however_often_it_is_clicked() -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    client = cast.signed_in(making.officer_of(dossier))
    assert "Trang 3 chưa đóng dấu" in client.get(page(dossier)).content.decode()
    typed = {**EXTRAS, "reason": "đủ căn cứ", "phone": "0294 3555 111", "extras-0-about": "other",
             "extras-0-fault": "Chưa rõ số ca"}  # fmt: skip
    shown = client.post(page(dossier), typed).content.decode()
    assert "data:image/png;base64," in shown
    assert "Chưa rõ số ca" in shown
    assert making.fresh(dossier).state == State.SUBMITTED
    for _click in range(2):
        assert client.post(page(dossier), {**typed, "step": "send"}).status_code == 302
    asked = Supplement.objects.get(dossier=dossier)
    assert [item["about"] for item in asked.items] == ["commitment", "other"]
    assert "Đã yêu cầu bổ sung" in client.get(page(dossier)).content.decode()


def test_a_half_filled_row_comes_back_with_words() -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    client = cast.signed_in(making.officer_of(dossier))
    answer = client.post(page(dossier), {**EXTRAS, "reason": "", "phone": "1", "extras-0-fault": "Chưa rõ"})
    text = answer.content.decode()
    assert "Chọn nội dung này về điều gì." in text
    assert "Chưa ghi lý do yêu cầu." in text
    assert "Chưa rõ" in text


def test_the_enterprise_reads_each_item_writes_back_and_cannot_hand_in_before_all_are_met() -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    extra = supplementing.Asked("other", "Chưa rõ số ca", "Ghi số ca")
    asking(dossier, items=supplementing.items_of(dossier, [extra], parts={}, at=cast.AT))
    dossier, client = making.fresh(dossier), cast.signed_in(making.owner_of(dossier))
    tasks = client.get(reverse("dossiers:detail", args=[dossier.reference])).content.decode()
    assert "Cơ quan yêu cầu bổ sung 2 điểm" in tasks
    assert "Đóng dấu, quét lại" in tasks
    making.put_paper(dossier, "commitment", cast.AT + DAY)
    check = client.get(reverse("dossiers:check", args=[dossier.reference])).content.decode()
    assert "Ghi số ca" in check
    assert client.post(page(dossier), {"round": 1, "answer-1": "Hai ca"}).status_code == 302
    assert supplements.unanswered(dossier, {paper.slot: paper for paper in dossier.papers.all()}) == []


@pytest.mark.parametrize(
    "mark", [{}, {"autosave": "1", "typing-page": "a", "typing-turn": "1", "typing-seen": "0"}]
)
def test_a_page_of_an_earlier_round_answers_no_later_one(mark: dict[str, str]) -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    first, second = (supplementing.Asked("other", fault, "Ghi rõ") for fault in ("Số ca", "Số xe"))
    asking(dossier, items=supplementing.items_of(dossier, [first], parts={}, at=cast.AT))
    dossier = read_through(making.submit(dossier, cast.AT + DAY))
    client = cast.signed_in(making.owner_of(dossier))
    typed = {**mark, "round": "1", "answer-1": "Hai ca"}
    late = client.post(page(dossier), typed)
    asking(
        dossier, items=supplementing.items_of(dossier, [second], parts={}, at=cast.AT), at=cast.AT + 2 * DAY
    )
    for answer in (late, client.post(page(dossier), typed)):
        assert answer.status_code == 409
        assert mark or "Hai ca</textarea>" in answer.content.decode()
    assert dossier.supplements.get(round=2).items[1]["answer"] == ""
    assert dossier.supplements.get(round=1).items[1]["answer"] == "Đã sửa"
    assert client.post(page(dossier), {"round": "2", "answer-1": "Ba xe"}).status_code == 302
    assert dossier.supplements.get(round=2).items[1]["answer"] == "Ba xe"


def test_the_answer_is_highlighted_for_the_officer_who_asked_and_only_that_officer_is_told() -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    asking(dossier)
    outbox.drain(now=lambda: cast.AT, leave=NOT_BOUND)
    dossier = making.submit(dossier, cast.AT + DAY)
    outbox.drain(now=lambda: cast.AT + DAY, leave=NOT_BOUND)
    officer = making.officer_of(dossier)
    assert Message.objects.filter(user=officer, title="Hồ sơ đã bổ sung").count() == 1
    assert not Message.objects.filter(user=cast.make_dolisa_head(), title="Hồ sơ đã bổ sung").exists()
    case = cast.signed_in(officer).get(reverse("dossiers:detail", args=[dossier.reference])).content.decode()
    assert "Anh/chị đã hỏi; phần mới được tô sáng" in case
    assert "mới bổ sung" in case
    assert "is-new" in case


def test_the_strip_marks_in_words_whatever_came_since_the_desk_asked() -> None:
    dossier = read_through(making.make_dossier(State.SUBMITTED))
    client = cast.signed_in(making.officer_of(dossier))
    asking(dossier)
    at = cast.AT + DAY
    making.put_paper(dossier, "isolation_plan", at)  # replaced of the enterprise's own accord, nobody asked
    dossier = making.submit(dossier, at)
    case = client.get(reverse("dossiers:detail", args=[dossier.reference]))
    new = {row["title"] for row in case.context["strip"] if row["is_new"]}
    asked = {row.title for row in rows_of_slots(dossier, at=at) if row.paper and row.paper.uploaded_at >= at}
    assert new == asked
    assert len(new) > 1
    assert case.content.decode().count('<span class="new">mới</span>') == len(new)


def asked_and_answered(dossier: Dossier, number: int, at: datetime) -> Dossier:
    """The supplement of this number, answered ten days later; nothing is late then."""
    dossier = making.request_supplement(dossier, at)
    assert dossier.supplements.get(answered_at__isnull=True).round == number
    at += 10 * DAY
    assert not Dossier.objects.overdue(at=at).exists()
    dossier = making.submit(dossier, at)
    assert dossier.due_at is not None
    assert dossier.due_at > at
    return dossier


def late_stages(dossier: Dossier, at: datetime) -> list[Stage]:
    """Stages that ended, or stand open, after they fell due."""
    return [s for s in dossier.stages.all() if s.due_at and (s.closed_at or at) > s.due_at]


@pytest.mark.parametrize("rounds", range(1, 7))
def test_no_number_of_supplements_makes_a_dossier_overdue(rounds: int) -> None:
    """Each round waits ten days with the enterprise; the desk answers the same hour; nothing is ever late."""
    at = cast.instant("2021-10-11", "08:00")
    dossier = making.make_dossier(State.SUBMITTED, at=at)
    for number in range(1, rounds + 1):
        at += timedelta(hours=1)
        dossier, at = asked_and_answered(dossier, number, at), at + 10 * DAY
    assert late_stages(dossier, at) == []
    dossier = making.accept(dossier, at)
    holidays, working = Holiday.days()
    whole = rules_at(at).phase(1).team_proposal_due(accepted_at=at, holidays=holidays, working_days=working)
    assert dossier.due_at == dossier.proposal_due_at == whole


def test_a_third_after_acceptance_and_a_fourth_after_the_visit_make_nothing_overdue() -> None:
    at = cast.instant("2021-10-11", "08:00")
    dossier = making.make_dossier(State.SUBMITTED, at=at)
    on_the_way = (making.accept, making.propose_team, making.assign_team, making.conclude_visit)
    for number, steps in enumerate(((), (), on_the_way[:1], on_the_way), start=1):
        for step in steps:
            at += timedelta(minutes=20)
            dossier = step(dossier, at)
        dossier, at = asked_and_answered(dossier, number, at), at + 10 * DAY
    assert late_stages(dossier, at) == []
    assert making.accept(dossier, at).state == State.ACCEPTED


def test_a_supplement_after_acceptance_takes_the_old_deadline_away() -> None:
    dossier = making.request_supplement(making.make_dossier(State.ACCEPTED), cast.AT + timedelta(hours=2))
    assert dossier.proposal_due_at is None
    later = cast.AT + 9 * DAY
    dossier = making.accept(making.submit(dossier, later), later)
    assert plan.local_day(dossier.due_at) > plan.local_day(later)


def test_every_round_stays_readable_for_both_sides() -> None:
    dossier = making.request_supplement(making.make_dossier(State.SUBMITTED))
    dossier = making.accept(making.submit(dossier, cast.AT + DAY), cast.AT + DAY)
    for user in (making.owner_of(dossier), cast.make_health()):
        text = cast.signed_in(user).get(page(dossier)).content.decode()
        assert "Lần 1, hỏi" in text
        assert "Đã bổ sung" in text
