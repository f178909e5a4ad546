"""The advice to the Chairman through its door: consent, refusal, and the answer to a question."""

from collections.abc import Iterator

import pytest
import time_machine

from applications.models import Advice
from applications.states import State
from tests import cast
from tests.applications import desk, making
from tests.applications.test_desk_acts import EMPTY_ROWS, LATER, ONE_REASON, SEND, made, made_elsewhere

pytestmark = pytest.mark.django_db
CONSENT = {
    "verdict": "approve", "number": "214/TTr-SLĐTBXH", "starts_on": "20/10/2021", "hour": "6", "cap": "40",
    "mode": "three_on_site", "conditions": "Lối đi một chiều\n\nBáo trước khi đổi ca", "note": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def test_consent_is_advised_within_the_law_read_back_and_sent() -> None:
    dossier, client = made(State.INSPECTED), desk.officer()
    form = client.get(desk.path("forward", dossier)).context["form"]
    assert (form.initial["cap"], form.initial["mode"]) == (40, "three_on_site")
    over = client.post(desk.path("forward", dossier), {**CONSENT, "cap": "101", "starts_on": "15/10/2021"})
    text = over.content.decode()
    assert "Số người 101 vượt mức tối đa 100 của III.1.2-a" in text
    assert "Ngày 15/10/2021 đã qua" in text
    assert "Báo trước khi đổi ca" in text
    read_back = client.post(desk.path("forward", dossier), CONSENT).content.decode()
    for words in ("06:00, 20/10/2021", "40 người, mức tối đa 100 (một phần ba của 300, III.1.2-a)"):
        assert words in read_back
    assert not dossier.advices.exists()
    done = client.post(desk.path("forward", dossier), {**CONSENT, **SEND}, follow=True).content.decode()
    assert "Đã trình Chủ tịch" in done
    advice = dossier.advices.get()
    assert (advice.cap, advice.hour, advice.number) == (40, 6, "214/TTr-SLĐTBXH")
    assert advice.conditions == ["Lối đi một chiều", "Báo trước khi đổi ca"]
    assert making.fresh(dossier).state == State.FORWARDED


def test_refusal_is_advised_with_reasons() -> None:
    dossier, client = made(State.INSPECTED), desk.officer()
    shown = client.get(desk.path("forward", dossier) + "?verdict=refuse").content.decode()
    assert 'name="reasons-0-clause"' in shown
    refusal = {"verdict": "refuse", "number": "215/TTr-SLĐTBXH", "note": ""}
    empty = client.post(desk.path("forward", dossier), {**refusal, **EMPTY_ROWS})
    assert empty.status_code == 422
    assert "cần ít nhất một lý do" in empty.content.decode()
    assert (
        "Thiếu cột nơi ở"
        in client.post(desk.path("forward", dossier), {**refusal, **ONE_REASON}).content.decode()
    )
    client.post(desk.path("forward", dossier), {**refusal, **ONE_REASON, **SEND})
    advice = dossier.advices.get()
    assert advice.verdict == Advice.Verdict.REFUSE
    assert advice.reasons[0]["text"] == "Thiếu cột nơi ở hiện tại"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.TEAM_PROPOSED, State.TEAM_ASSIGNED])
def test_nothing_is_forwarded_before_the_visit(state: str) -> None:
    dossier = made(state)
    answer = desk.officer().post(desk.path("forward", dossier), {**CONSENT, **SEND})
    assert answer.status_code == 409
    assert "214/TTr-SLĐTBXH" in answer.content.decode()
    assert not dossier.advices.exists()


def test_the_chairmans_question_stands_on_the_case_and_the_last_advice_begins_the_new_one() -> None:
    dossier = making.send_back(made(State.FORWARDED), LATER)
    case = desk.officer().get(desk.case(dossier)).content.decode()
    assert "Chủ tịch đề nghị làm rõ" in case
    assert "Khu cách ly có đủ phòng không?" in case
    watching = desk.officer(cast.make_police()).get(desk.case(dossier)).content.decode()
    assert "Khu cách ly có đủ phòng không?" not in watching
    page = desk.officer().get(desk.path("forward", dossier))
    assert "Khu cách ly có đủ phòng không?" in page.content.decode()
    form = page.context["form"]
    assert form.initial["conditions"] == "Bố trí lối đi một chiều tại cổng"
    desk.officer().post(desk.path("forward", dossier), {**CONSENT, **SEND})
    assert "Khu cách ly có đủ" not in desk.officer().get(desk.case(dossier)).content.decode()


@pytest.mark.parametrize("verdict", ["approve", "refuse"])
def test_before_it_is_forwarded_again_the_question_stands_over_its_answer(verdict: str) -> None:
    dossier, client = making.send_back(made(State.FORWARDED), LATER), desk.officer()
    advice = {**CONSENT, **ONE_REASON, "verdict": verdict}
    answered = client.post(desk.path("forward", dossier), {**advice, "note": "Có 12 phòng"}).content.decode()
    question, words = answered.index("Khu cách ly có đủ phòng không?"), answered.index("<b>Có 12 phòng</b>")
    assert question < words < answered.index("214/TTr-SLĐTBXH")
    silent = client.post(desk.path("forward", dossier), advice).content.decode()
    assert "Chưa trả lời câu hỏi này" in silent
    first = client.post(desk.path("forward", made_elsewhere(State.INSPECTED)), CONSENT).content.decode()
    assert "Chưa trả lời câu hỏi này" not in first


def test_a_visit_that_failed_leads_to_the_refusal_first() -> None:
    dossier = made(State.INSPECTED)
    dossier.sheets.update(verdict="failed")
    page = desk.officer().get(desk.path("forward", dossier))
    assert page.context["verdict"] == "refuse"
    assert page.context["formset"].forms[0].initial["text"] == "Bố trí đúng như giấy tờ đã nộp"
