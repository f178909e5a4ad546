"""The apology a day before a date is missed, once; the control slip from the record; the follow-up book."""

import io
from datetime import timedelta

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from applications import (
    apologies,
    deciding,
    follow_up,
    hand_overs,
    lifecycle,
    moving,
    recalling,
    receiving,
    slips_aside,
    telling_aside,
)
from applications.models import Apology
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
from documents.models import Letter
from journal.models import OutboxRow
from notices.models import Message
from organisations.models import Zone
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def accepted():
    """Accepted on a Thursday: the proposal is due on the Monday (A-19)."""
    return making.make_dossier(State.ACCEPTED)


def confirm(dossier, *, at, new=None, reason="Tổ kiểm tra đang cách ly"):
    return apologies.confirm(
        dossier=dossier,
        reason=reason,
        new_due_at=new or dossier.due_at + DAY,
        by=cast.make_dolisa_officer(),
        at=at,
    )


def test_a_date_is_prepared_for_one_day_before_and_once_however_often_the_sweep_runs() -> None:
    dossier = accepted()
    assert apologies.sweep(at=dossier.due_at - 25 * HOUR) == 0
    assert apologies.sweep(at=dossier.due_at - 23 * HOUR) == 1
    for hours in (23, 22, 3):
        assert apologies.sweep(at=dossier.due_at - hours * HOUR) == 0
    assert OutboxRow.objects.filter(event="apology.prepared").count() == 1
    row = Apology.objects.get()
    for _ in range(2):
        telling_aside.late_ahead(str(row.pk), at=dossier.due_at - 23 * HOUR)
    assert Message.objects.filter(key=f"apology:{row.pk}").count() == 1


@pytest.mark.parametrize(("hours", "title"), [(-23, "Sắp lỡ hẹn"), (0, "Đã lỡ hẹn"), (30, "Đã lỡ hẹn")])
def test_a_date_that_is_missed_already_is_not_called_one_that_will_be(hours: int, title: str) -> None:
    dossier = accepted()
    apologies.sweep(at=dossier.due_at + hours * HOUR)
    telling_aside.late_ahead(str(Apology.objects.get().pk), at=dossier.due_at + hours * HOUR)
    message = Message.objects.get(title=title)
    assert "hết ngày 18/10/2021" in message.line


def test_a_stage_that_has_less_than_a_day_is_left_alone() -> None:
    dossier = making.make_dossier(State.SUBMITTED, at=cast.instant("2021-10-14", "16:00"))
    stage = dossier.stages.get()
    assert stage.due_at - stage.opened_at <= 2 * DAY
    if stage.due_at - stage.opened_at <= DAY:
        assert apologies.sweep(at=stage.due_at - HOUR) == 0


def test_a_dossier_that_went_on_is_not_apologised_for() -> None:
    dossier = accepted()
    making.propose_team(dossier, cast.AT + 3 * HOUR)
    assert not Apology.objects.filter(stage__state=State.ACCEPTED).exists()
    apologies.sweep(at=dossier.due_at - 23 * HOUR)
    assert not Apology.objects.filter(stage__state=State.ACCEPTED).exists()


def test_nobody_took_it_up_so_the_head_is_told_once() -> None:
    dossier = accepted()
    cast.make_dolisa_head()
    apologies.sweep(at=dossier.due_at - 20 * HOUR)
    assert apologies.sweep(at=dossier.due_at + HOUR) == 1
    assert apologies.sweep(at=dossier.due_at + 2 * HOUR) == 0
    row = Apology.objects.get()
    telling_aside.left_alone(str(row.pk), at=dossier.due_at + HOUR)
    told = Message.objects.filter(key=f"apology:{row.pk}:head").select_related("user")
    assert [message.user for message in told] == [cast.make_dolisa_head()]
    again = Message.objects.get(key=f"apology:{row.pk}:holder")
    assert (again.user, again.title) == (making.officer_of(dossier), "Đã lỡ hẹn")


def test_after_a_gap_of_any_length_the_sweep_gives_the_same_rows() -> None:
    dossier = accepted()
    apologies.sweep(at=dossier.due_at + 3 * DAY)
    apologies.sweep(at=dossier.due_at + 3 * DAY)
    assert Apology.objects.count() == 1
    assert OutboxRow.objects.filter(event="apology.left").count() == 1


def test_the_slip_carries_reason_and_new_date_and_the_first_date_stays() -> None:
    dossier = accepted()
    apologies.sweep(at=dossier.due_at - 20 * HOUR)
    row = confirm(dossier, at=dossier.due_at - 10 * HOUR)
    fresh = making.fresh(dossier)
    assert (fresh.due_at, fresh.state) == (dossier.due_at, State.ACCEPTED)
    letter = row.letter
    assert letter.kind == Letter.Kind.APOLOGY
    assert letter.number is not None
    assert letter.data["fields"]["reason"] == "Tổ kiểm tra đang cách ly"
    assert letter.data["fields"]["promised_for"] == "đề xuất tổ kiểm tra"
    telling_aside.apologised(str(row.pk), at=cast.AT)
    message = Message.objects.get(key=f"apology:{row.pk}:firm", user=making.owner_of(dossier))
    assert message.line.startswith("Xin lỗi: hồ sơ ")
    assert apologies.sweep(at=dossier.due_at + HOUR) == 0


def test_once_a_stage_with_a_reason_and_a_later_date() -> None:
    dossier = accepted()
    at = dossier.due_at - 10 * HOUR
    with pytest.raises(Refused):
        confirm(dossier, at=at, reason=" ")
    with pytest.raises(Refused):
        confirm(dossier, at=at, new=dossier.due_at)
    with pytest.raises(Refused):
        confirm(dossier, at=at, new=dossier.due_at + 90 * DAY)
    confirm(dossier, at=at)
    with pytest.raises(Refused, match="once"):
        confirm(dossier, at=at)
    assert Letter.objects.filter(kind=Letter.Kind.APOLOGY).count() == 1


def test_only_the_receiving_agency_says_sorry_and_only_while_a_clock_runs() -> None:
    dossier = accepted()
    with pytest.raises(NotAllowed):
        apologies.confirm(dossier=dossier, reason="x", new_due_at=dossier.due_at + DAY, by=cast.make_zone_officer(),
                          at=cast.AT)  # fmt: skip
    asked = making.make_dossier(State.SUPPLEMENT_REQUESTED, site=cast.make_site(name="B", zone=None))
    with pytest.raises(Stale):
        confirm(asked, at=cast.AT, new=cast.AT + DAY)


def test_the_page_says_what_was_promised_and_sends_the_slip_once() -> None:
    dossier = accepted()
    with time_machine.travel(dossier.due_at - 5 * HOUR, tick=False):
        client = cast.signed_in(cast.make_dolisa_officer())
        address = f"/dossiers/{dossier.code}/apology/"
        assert "đề xuất tổ kiểm tra" in client.get(address).content.decode()
        day = f"{dossier.due_at + 2 * DAY:%d/%m/%Y}"
        assert client.post(address, {"reason": "", "visit_on": day, "visit_hour": "17:00"}).status_code == 422
        assert (
            client.post(address, {"reason": "Tổ bận", "visit_on": day, "visit_hour": "17:00"}).status_code
            == 302
        )
        assert "Xem phiếu mẫu 04" in client.get(address).content.decode()


# --- form 05 ---


def test_every_hand_over_stands_on_the_slip_and_moves_inside_an_office_do_not() -> None:
    dossier = making.make_dossier(State.APPROVED)
    rows = hand_overs.hand_overs(dossier)
    firm, team = dossier.site.enterprise.name, "Tổ kiểm tra số 1"
    offices = [(row.giver, row.taker) for row in rows]
    assert offices[0] == (firm, dossier.receiving_agency.short_name)
    assert (dossier.receiving_agency.short_name, hand_overs.OFFICE) in offices
    assert (hand_overs.OFFICE, team) in offices
    assert offices[-1] == (hand_overs.OFFICE, firm)
    assert all(row.giver != row.taker for row in rows)
    assert {row.result for row in rows} <= {"", "early", "on_time", "late"}
    assert rows[1].giver_name == "T.T. Lan"


def test_a_late_stage_is_late_on_the_slip_and_a_change_of_agency_stands_there() -> None:
    dossier = accepted()
    moving.move(dossier=dossier, zone=Zone.objects.get(pk="long-duc"), reason="Nhầm", by=cast.make_dolisa_officer(),
                at=cast.AT + 2 * HOUR)  # fmt: skip
    moved = making.fresh(dossier)
    making.propose_team(moved, moved.due_at + DAY)
    rows = hand_overs.hand_overs(making.fresh(moved))
    assert [row.note for row in rows if "Chuyển đúng cơ quan" in row.note]
    assert rows[-1].result == "late"
    assert rows[-1].giver == cast.agency("EZB").short_name
    assert rows[0].taker == cast.agency("DOLISA").short_name


def test_a_recall_brings_the_dossier_back_to_the_agency_on_the_slip() -> None:
    dossier = making.make_dossier(State.APPROVED)
    recalling.recall(dossier=dossier, reason="Sai số", by=cast.make_chairman(), at=cast.AT + 9 * HOUR)
    last = hand_overs.hand_overs(making.fresh(dossier))[-1]
    assert (last.giver, last.taker) == (hand_overs.OFFICE, dossier.receiving_agency.short_name)
    assert (last.note, last.giver_name) == ("Thu hồi văn bản", "V.T. Bình")


def test_every_move_from_hand_to_hand_says_on_the_slip_what_it_is() -> None:
    assert {row.name for row in lifecycle.ROWS} - set(hand_overs.NOTES) == {"accept"}


def test_each_team_stands_on_its_own_rows() -> None:
    dossier, at = making.make_dossier(State.INSPECTED), cast.AT + 12 * HOUR
    dossier = making.request_supplement(dossier, at)
    dossier = making.accept(making.submit(dossier, at + HOUR), at + HOUR)
    second = cast.make_team(2)
    officer, chair_side = making.officer_of(dossier), making.assigner_of(dossier)
    receiving.propose_team(
        dossier=dossier, team=second, visit_at=at + 4 * HOUR, note="Tổ 1 bận", by=officer, at=at + 2 * HOUR
    )
    deciding.assign_team(
        dossier=making.fresh(dossier), team=second, visit_at=at + 4 * HOUR, basis="Quyết định 12", by=chair_side,
        at=at + 3 * HOUR,
    )  # fmt: skip
    teams = [
        name for row in hand_overs.hand_overs(making.fresh(dossier)) for name in (row.giver, row.taker)
        if name.startswith("Tổ kiểm tra")
    ]  # fmt: skip
    assert teams == ["Tổ kiểm tra số 1", "Tổ kiểm tra số 1", "Tổ kiểm tra số 2"]


def test_the_control_slip_is_issued_once_until_something_moves() -> None:
    dossier = accepted()
    officer = cast.make_dolisa_officer()
    first = slips_aside.issue_control(dossier, by=officer, at=cast.AT + 5 * HOUR)
    assert slips_aside.issue_control(dossier, by=officer, at=cast.AT + 6 * HOUR) == first
    moved = making.propose_team(dossier, cast.AT + 7 * HOUR)
    second = slips_aside.issue_control(moved, by=officer, at=cast.AT + 8 * HOUR)
    assert second != first
    assert len(second.data["fields"]["hand_overs"]) == 2


def test_the_page_shows_the_record_and_makes_the_slip() -> None:
    dossier = accepted()
    client = cast.signed_in(cast.make_dolisa_officer())
    address = f"/dossiers/{dossier.code}/control/"
    assert dossier.site.enterprise.name in client.get(address).content.decode()
    answer = client.post(address)
    assert answer["Location"] == f"/letters/{Letter.objects.get(kind=Letter.Kind.CONTROL).pk}/"


# --- form 06 ---


def test_the_book_holds_every_dossier_of_the_period_and_no_other() -> None:
    first = making.make_dossier(State.DECLINED)
    later = making.make_dossier(
        State.SUBMITTED, site=cast.make_site(name="B", zone=None), at=cast.instant("2021-10-20")
    )
    zone = making.make_dossier(State.SUBMITTED, site=cast.make_site(name="C"))
    agency = cast.agency("DOLISA")
    rows = list(follow_up.book(agency, since=cast.AT.date(), until=cast.AT.date(), at=cast.AT + DAY))
    assert [row.code for row in rows] == [first.code]
    assert rows[0].result == "Từ chối tiếp nhận"
    assert rows[0].ended_at is not None
    whole = [
        row.code
        for row in follow_up.book(
            agency, since=cast.AT.date(), until=cast.instant("2021-10-20").date(), at=cast.AT
        )
    ]
    assert whole == [first.code, later.code]
    assert zone.code not in whole


def lines(agency, day):
    """What the agency's book of one day says, read much later."""
    return list(follow_up.book(agency, since=day, until=day, at=cast.AT + 30 * DAY))


def test_a_supplement_does_not_take_a_dossier_from_the_day_on_which_it_came() -> None:
    later = cast.AT + 5 * DAY
    dossier = making.submit(making.make_dossier(State.SUPPLEMENT_REQUESTED), later)
    agency = cast.agency("DOLISA")
    assert [(row.code, row.submitted_at) for row in lines(agency, cast.AT.date())] == [
        (dossier.code, cast.AT)
    ]
    assert lines(agency, later.date()) == []


def test_a_dossier_that_was_moved_stays_in_the_first_book_and_stands_in_the_second() -> None:
    dossier = accepted()
    moving.move(dossier=dossier, zone=Zone.objects.get(pk="long-duc"), reason="Nhầm", by=cast.make_dolisa_officer(),
                at=cast.AT + 2 * HOUR)  # fmt: skip
    other = making.make_dossier(State.SUBMITTED, site=cast.make_site(name="C"))
    first, second = (lines(cast.agency(code), cast.AT.date()) for code in ("DOLISA", "EZB"))
    assert [(row.code, row.note) for row in first] == [(dossier.code, "chuyển cơ quan")]
    assert {row.code for row in second} == {dossier.code, other.code}
    day = f"{cast.AT:%d/%m/%Y}"
    for officer, links in ((cast.make_dolisa_officer(), 0), (cast.make_zone_officer(), 1)):
        text = cast.signed_in(officer).get(f"/dossiers/book/?since={day}&until={day}").content.decode()
        assert text.count(dossier.code) == 1 + links
        assert text.count(f'href="/dossiers/{dossier.code}/"') == links


def test_the_book_comes_as_a_workbook_and_as_a_pdf() -> None:
    making.make_dossier(State.ACCEPTED)
    client = cast.signed_in(cast.make_dolisa_officer())
    query = "since=01/10/2021&until=31/10/2021"
    assert client.get(f"/dossiers/book/?{query}").status_code == 200
    made = b"".join(client.get(f"/dossiers/book.xlsx?{query}").streaming_content)
    with CalamineWorkbook.from_filelike(io.BytesIO(made)) as book:
        assert len(book.get_sheet_by_index(0).to_python()) == 2
    answer = client.get(f"/dossiers/book.pdf?{query}")
    assert answer.content.startswith(b"%PDF")
    assert client.get("/dossiers/book.csv").status_code == 404


def test_a_period_that_is_turned_round_is_said() -> None:
    client = cast.signed_in(cast.make_dolisa_officer())
    answer = client.get("/dossiers/book/?since=31/10/2021&until=01/10/2021")
    assert answer.status_code == 422
    assert "đứng trước" in answer.content.decode()
