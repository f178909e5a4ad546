"""The desk's verbs through their doors: check, act once, say what was done; two officers, stale pages, refusals."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from applications.models import Dossier, Paper
from applications.states import State
from documents.models import Letter
from organisations.models import Team
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import desk, making

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=16)
EMPTY_ROWS = {
    "reasons-TOTAL_FORMS": 3, "reasons-INITIAL_FORMS": 0, "reasons-MIN_NUM_FORMS": 0, "reasons-MAX_NUM_FORMS": 9,
}  # fmt: skip
ONE_REASON = {
    **EMPTY_ROWS, "reasons-0-clause": "III.1.3.3-d", "reasons-0-text": "Thiếu cột nơi ở hiện tại",
    "reasons-0-to_do": "Dùng mẫu của cổng",
}  # fmt: skip
SEND = {"step": "send"}


@pytest.fixture(autouse=True)
def clock():
    """08:20 on Friday 15/10/2021, after the dossiers of `making` were made."""
    with time_machine.travel(LATER, tick=False):
        yield


def made(state: str) -> Dossier:
    return making.make_dossier(state)


def made_elsewhere(state: str) -> Dossier:
    return making.make_dossier(state, site=cast.make_site(name="Cơ sở hai", zone=None))


def move_visit(dossier: Dossier, day: str) -> None:
    """The visit of a dossier, proposed or assigned, at nine on another day."""
    moment = cast.instant(day, "09:00")
    dossier.proposals.update(visit_at=moment)
    Dossier.objects.filter(pk=dossier.pk, visit_planned_at__isnull=False).update(visit_planned_at=moment)


def ready() -> Dossier:
    """Submitted, every paper read and in order."""
    return making.mark_all(made(State.SUBMITTED))


# --- accept ---


def test_a_clean_dossier_is_accepted_in_two_clicks_with_slip_and_clock() -> None:
    dossier, client = ready(), desk.officer()
    case = client.get(desk.case(dossier)).content.decode()
    assert f'<a class="btn btn-wide btn-primary" href="{desk.path("accept", dossier)}">' in case
    shown = client.get(desk.path("accept", dossier)).content.decode()
    # Friday; the second day is Sunday, so the proposal falls due at the end of Monday.
    for words in ("hết ngày 18/10/2021", "Ngày cuối rơi vào Chủ nhật 17/10", "mẫu 01", "12 giấy tờ"):
        assert words in shown
    assert Letter.objects.filter(kind=Letter.Kind.RECEIPT).count() == 0
    answer = client.post(desk.path("accept", dossier), follow=True)
    assert answer.redirect_chain == [(desk.path("accept", dossier), 302)]
    receipt = Letter.objects.get(kind=Letter.Kind.RECEIPT, dossier_code=dossier.code)
    now = making.fresh(dossier)
    assert (now.state, now.accepted_at, now.handled_by) == (State.ACCEPTED, LATER, cast.make_dolisa_officer())
    assert f"{now.due_at.astimezone(cast.HANOI):%d/%m/%Y %H:%M}" == "18/10/2021 23:59"
    done = answer.content.decode()
    for words in ("Đã tiếp nhận hồ sơ", dossier.code, receipt.full_number, "Đề xuất tổ kiểm tra"):
        assert words in done


def test_the_same_click_twice_is_one_acceptance_and_the_address_works_for_ever() -> None:
    dossier, client = ready(), desk.officer()
    for _click in range(2):
        assert client.post(desk.path("accept", dossier)).url == desk.path("accept", dossier)
    assert Letter.objects.filter(kind=Letter.Kind.RECEIPT).count() == 1
    making.propose_team(making.fresh(dossier), LATER)
    assert "Đã tiếp nhận hồ sơ" in client.get(desk.path("accept", dossier)).content.decode()


def test_the_second_of_two_officers_is_told_who_accepted_and_when() -> None:
    dossier = ready()
    desk.officer().post(desk.path("accept", dossier))
    answer = desk.officer(desk.second_officer()).post(desk.path("accept", dossier))
    assert answer.status_code == 409
    assert "Trang đã cũ: Trần Thị Lan vừa tiếp nhận hồ sơ này lúc 08:20" in answer.content.decode()
    assert Letter.objects.filter(kind=Letter.Kind.RECEIPT).count() == 1


def test_an_unread_paper_locks_acceptance_with_its_link() -> None:
    dossier, client = ready(), desk.officer()
    Paper.objects.filter(dossier=dossier, slot="commitment").update(verdict="")
    page = client.get(desk.path("accept", dossier))
    assert [(lock.thing, lock.url) for lock in page.context["locks"]] == [
        ("Giấy tờ 13, Bản cam kết", desk.case(dossier, "?paper=13"))
    ]
    answer = client.post(desk.path("accept", dossier))
    assert answer.status_code == 422
    assert f'href="{desk.case(dossier, "?paper=13")}"' in answer.content.decode()
    assert making.fresh(dossier).state == State.SUBMITTED


# --- who may ---

VERBS = ("accept", "decline", "propose_team", "reinspect", "forward")


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize(
    ("maker", "status"),
    [
        (cast.make_zone_officer, 404), (cast.make_district, 403), (cast.make_leader, 403), (cast.make_chairman, 403),
        (cast.make_office_clerk, 403), (cast.make_health, 403), (cast.make_police, 403), (cast.make_admin, 404),
    ],
)  # fmt: skip
def test_a_verb_of_the_desk_is_the_desks_alone(name: str, maker, status: int) -> None:
    dossier = ready()
    client = desk.officer(maker())
    assert client.get(desk.path(name, dossier)).status_code == status
    assert client.post(desk.path(name, dossier)).status_code == status
    assert making.fresh(dossier).state == State.SUBMITTED


@pytest.mark.parametrize("name", VERBS)
def test_the_enterprise_cannot_act_for_the_desk(name: str) -> None:
    dossier = ready()
    assert cast.signed_in(making.owner_of(dossier)).post(desk.path(name, dossier)).status_code == 403
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    assert stranger.get(desk.path(name, dossier)).status_code == 404


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_out_of_its_time_says_where_the_dossier_is(name: str) -> None:
    dossier = made(State.WITHDRAWN)
    page = desk.officer().get(desk.path(name, dossier))
    assert page.status_code == 409
    assert "đã rút hồ sơ này lúc" in page.content.decode()


# --- decline ---


def test_declining_asks_for_reasons_reads_them_back_and_issues_form_03() -> None:
    dossier, client = made(State.SUBMITTED), desk.officer()
    empty = client.post(desk.path("decline", dossier), EMPTY_ROWS)
    assert empty.status_code == 422
    assert "Cần ít nhất một lý do" in empty.content.decode()
    half = client.post(desk.path("decline", dossier), {**EMPTY_ROWS, "reasons-0-text": "Thiếu chữ ký"})
    assert "Chọn điều khoản mà lý do này dựa vào" in half.content.decode()
    assert "Thiếu chữ ký" in half.content.decode()
    read_back = client.post(desk.path("decline", dossier), ONE_REASON).content.decode()
    for words in ("Xem lại phiếu từ chối", "III.1.3.3-d", "Cần làm: Dùng mẫu của cổng", 'value="send"'):
        assert words in read_back
    assert making.fresh(dossier).state == State.SUBMITTED
    edit = client.post(desk.path("decline", dossier), {**ONE_REASON, "step": "edit"}).content.decode()
    assert "Thiếu cột nơi ở hiện tại" in edit
    assert 'name="reasons-0-text"' in edit
    done = client.post(desk.path("decline", dossier), {**ONE_REASON, **SEND}, follow=True).content.decode()
    letter = Letter.objects.get(kind=Letter.Kind.DECLINE, dossier_code=dossier.code)
    assert "Đã từ chối tiếp nhận" in done
    assert letter.full_number in done
    assert making.fresh(dossier).state == State.DECLINED
    assert dossier.moves.get(name="decline").reasons[0]["clause"] == "III.1.3.3-d"


def test_papers_sent_back_are_the_first_reasons() -> None:
    dossier = made(State.SUBMITTED)
    making.mark_all(dossier, verdict=Paper.Verdict.RETURNED)
    formset = desk.officer().get(desk.path("decline", dossier)).context["formset"]
    assert formset.forms[0].initial == {
        "clause": "III.1.3.3-b", "text": "Phương án sản xuất, bản đã ký: Thiếu chữ ký", "to_do": "Ký rồi nộp lại",
    }  # fmt: skip
    assert formset.forms[1].initial["text"] == "Công văn đề nghị: Thiếu chữ ký"


def test_a_decline_that_comes_too_late_keeps_its_words() -> None:
    dossier = ready()
    client = desk.officer(desk.second_officer())
    making.accept(dossier, LATER)
    answer = client.post(desk.path("decline", dossier), {**ONE_REASON, **SEND})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "vừa tiếp nhận hồ sơ này" in text
    assert "Thiếu cột nơi ở hiện tại" in text


# --- propose a team, send it again ---


def proposal(team: Team | None = None, **changes: str) -> dict[str, object]:
    return {"team": (team or cast.make_team()).pk, "visit_on": "18/10/2021", "visit_hour": "08:30", **changes}


def test_a_team_is_proposed_with_its_leader_and_telephone_in_sight() -> None:
    dossier, client = made(State.ACCEPTED), desk.officer()
    cast.make_team()
    shown = client.get(desk.path("propose_team", dossier)).content.decode()
    for words in ("Tổ kiểm tra số 1", "Tổ trưởng Ngô Văn Út, 0912 345 678"):
        assert words in shown
    missing = client.post(
        desk.path("propose_team", dossier), {"visit_on": "32/10/2021", "visit_hour": "08:30"}
    )
    text = missing.content.decode()
    assert "Chưa chọn tổ kiểm tra" in text
    assert "32/10/2021" in text
    past = client.post(desk.path("propose_team", dossier), proposal(visit_on="14/10/2021", note="Gấp"))
    assert past.status_code == 422
    assert past.context["form"].errors["visit_on"] == [
        "Ngày 14/10/2021 đã qua. Chọn hôm nay hoặc một ngày sau."
    ]
    assert "Gấp" in past.content.decode()
    early = client.post(
        desk.path("propose_team", dossier), proposal(visit_on="15/10/2021", visit_hour="08:00")
    )
    assert "Giờ kiểm tra phải sau lúc này (08:20)." in early.content.decode()
    done = client.post(desk.path("propose_team", dossier), proposal(), follow=True).content.decode()
    assert "Đã đề xuất tổ kiểm tra" in done
    assert making.fresh(dossier).state == State.TEAM_PROPOSED
    assert dossier.proposals.get().visit_at == cast.instant("2021-10-18", "08:30")


def test_a_team_without_a_leader_is_refused_at_its_field() -> None:
    dossier = made(State.ACCEPTED)
    team = Team.objects.create(number=9, name="Tổ kiểm tra số 9", agency=cast.agency("DOLISA"))
    answer = desk.officer().post(desk.path("propose_team", dossier), proposal(team))
    assert answer.status_code == 422
    assert "Tổ kiểm tra số 9 chưa có tổ trưởng" in answer.content.decode()


def test_queries_are_the_same_for_one_team_and_for_thirty() -> None:
    dossier, client = made_elsewhere(State.ACCEPTED), desk.officer()
    cast.make_team()
    asked = desk.queries(client, desk.path("propose_team", dossier))
    for number in range(2, 31):
        Team.objects.create(number=number, name=f"Tổ {number}", agency=cast.agency("DOLISA"))
    visits = {"team": cast.make_team(), "visit_planned_at": cast.instant("2021-10-18", "09:00")}
    copies = [each.pk for each in desk.many(5, state=State.TEAM_ASSIGNED)]
    Dossier.objects.filter(pk__in=copies).update(**visits)
    page = client.get(desk.path("propose_team", dossier)).content.decode()
    assert page.count('<span class="num">09:00</span>') == 5
    assert desk.queries(client, desk.path("propose_team", dossier)) == asked


@pytest.mark.parametrize("state", [State.TEAM_PROPOSED, State.TEAM_ASSIGNED])
def test_beside_the_choice_stands_what_each_team_does_in_the_coming_days(state: str) -> None:
    dossier, there, client = made(State.ACCEPTED), made_elsewhere(state), desk.officer()
    second = cast.make_team(2)
    move_visit(there, "2021-10-18")
    page = client.get(desk.path("propose_team", dossier))
    weeks = {row["team"]: row["days"] for row in page.context["teams"]}
    assert [(day.on, [row.code for row in day.visits]) for day in weeks[cast.make_team()]] == [
        (date(2021, 10, 18), [there.code])
    ]
    assert weeks[second] == ()
    text = page.content.decode()
    for words in ("thứ Hai 18/10", "09:00", "Chưa có cuộc nào đến hết 29/10/2021"):
        assert words in text
    assert ("(đang đề xuất)" in text) == (state == State.TEAM_PROPOSED)


@pytest.mark.parametrize(
    ("day", "shown"), [("2021-10-14", False), ("2021-10-29", True), ("2021-11-01", False)]
)
def test_ten_working_days_are_shown_and_no_more(day: str, shown: bool) -> None:
    dossier, there = made(State.ACCEPTED), made_elsewhere(State.TEAM_ASSIGNED)
    move_visit(there, day)
    row = desk.officer().get(desk.path("propose_team", dossier)).context["teams"][0]
    assert bool(row["days"]) == shown


# --- a proposed day that goes by ---


@pytest.mark.parametrize(("day", "gone"), [("2021-10-14", True), ("2021-10-18", False)])
def test_a_proposed_day_that_went_by_unassigned_is_said_on_the_case_and_in_the_queue(
    day: str, gone: bool
) -> None:
    dossier, client = made(State.TEAM_PROPOSED), desk.officer()
    move_visit(dossier, day)
    words = "Ngày kiểm tra đề xuất 09:00, 14/10/2021 đã qua mà tổ chưa được phân công"
    assert (words in client.get(desk.case(dossier)).content.decode()) == gone
    assert ("ngày đề xuất 14/10/2021 đã qua" in client.get("/dossiers/").content.decode()) == gone
    chair = cast.signed_in(cast.make_chairman())
    page = chair.get(desk.path("assign_team", dossier))
    assert (words in page.content.decode()) == gone
    assert (page.context["form"].initial["visit_on"] is None) == gone
    assert all(row["days"] == () for row in page.context["teams"])  # its own proposal stands beside them
    making.assign_team(dossier, LATER)
    assert words not in client.get(desk.case(dossier)).content.decode()


def test_the_same_team_is_sent_again_with_words() -> None:
    dossier, client = made(State.INSPECTED), desk.officer()
    silent = client.post(desk.path("reinspect", dossier), {"visit_on": "19/10/2021", "visit_hour": "08:00"})
    assert "Chưa ghi cần kiểm tra lại điều gì" in silent.content.decode()
    data = {"visit_on": "19/10/2021", "visit_hour": "08:00", "note": "Xem lại khu cách ly"}
    done = client.post(desk.path("reinspect", dossier), data, follow=True).content.decode()
    assert "Đã hẹn kiểm tra lại" in done
    assert making.fresh(dossier).state == State.TEAM_ASSIGNED


def test_asking_by_get_writes_nothing_anywhere(read_only_connection) -> None:
    dossier, client = ready(), desk.officer()
    client.get("/home/")
    with read_only_connection():
        for name in VERBS:
            assert client.get(desk.path(name, dossier)).status_code in {200, 409}
        assert isinstance(client, Client)


def test_form_01_keeps_the_plans_numbers_and_names_what_comes_later() -> None:
    dossier = ready()
    making.accept(dossier, LATER)
    receipt = Letter.objects.get(kind=Letter.Kind.RECEIPT, dossier_code=dossier.code)
    rows = receipt.data["fields"]["papers"]
    slots = rules_at(LATER).phase(1).papers()
    assert [row["name"].split(" (")[0] for row in rows] == [slot.title for slot in slots]
    assert [row["number"] for row in rows] == ["PA", *map(str, range(1, 14))]
    later = next(row for row in rows if row["name"].startswith("Hợp đồng với cơ sở y tế"))
    assert later["name"].endswith("(nộp sau)")
    assert later["copies"] == 0
    assert (rows[-1]["name"], rows[-1]["copies"]) == ("Bản cam kết", 1)


# --- addresses that lead on ---


def test_the_receipt_has_an_address_of_its_own_once_there_is_one() -> None:
    dossier = ready()
    client = desk.officer()
    assert client.get(f"/dossiers/{dossier.code}/receipt.pdf").status_code == 404
    making.accept(dossier)
    letter = Letter.objects.get(kind=Letter.Kind.RECEIPT)
    assert client.get(f"/dossiers/{dossier.code}/receipt.pdf")["Location"].endswith(
        f"/letters/{letter.pk}/letter.pdf"
    )
    assert client.get(f"/dossiers/{dossier.code}/review/")["Location"] == desk.case(dossier)
