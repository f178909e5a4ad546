"""Claim, team proposal and forwarding over chosen rows: a preview, a result for each, undoing a claim."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import prefetch_related_objects
from django.utils import timezone

from applications import bulk, receiving
from applications.models import BulkAct, Dossier, Handling
from applications.states import State
from journal.models import AuditEvent
from tests import cast
from tests.applications import desk, making

pytestmark = pytest.mark.django_db
NOW = cast.AT + timedelta(hours=12)


def at_site(state: str, name: str) -> Dossier:
    return making.make_dossier(state, site=cast.make_site(name=name, zone=None))


def officer():
    return cast.signed_in(cast.make_dolisa_officer())


def post(client, name: str, dossiers, **data):
    return client.post(f"/dossiers/bulk/{name}/", {"pick": [each.code for each in dossiers], **data})


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_queue_offers_boxes_and_a_bar_that_work_without_a_script() -> None:
    desk.many(2)
    page = officer().get("/dossiers/").content.decode()
    assert page.count('name="pick"') == page.count('class="row-link"') > 1
    for name in bulk.KINDS:
        assert f'formaction="/dossiers/bulk/{name}/"' in page
    assert 'name="pick"' not in cast.signed_in(cast.make_chairman()).get("/dossiers/").content.decode()


def test_a_preview_does_nothing_and_says_for_each_what_would_happen() -> None:
    free, held = at_site(State.SUBMITTED, "A"), at_site(State.SUBMITTED, "B")
    receiving.take_in_hand(dossier=held, by=cast.make_dolisa_head(), at=cast.AT)
    page = post(officer(), "claim", [free, held]).content.decode()
    assert "1 trên 2 làm được" in page
    assert "Đã có Dương Quang Ngọc giữ" in page
    assert not Dossier.objects.filter(handled_by=cast.make_dolisa_officer()).exists()
    assert not BulkAct.objects.exists()


def test_each_is_done_or_says_why_not_and_the_page_of_results_stays() -> None:
    free, held = at_site(State.SUBMITTED, "A"), at_site(State.SUBMITTED, "B")
    receiving.take_in_hand(dossier=held, by=cast.make_dolisa_head(), at=cast.AT)
    client = officer()
    answer = post(client, "claim", [free, held], step="send")
    page = client.get(answer["Location"]).content.decode()
    assert "1 trên 2 hồ sơ" in page
    assert "Hoàn tác" in page
    assert making.fresh(free).handled_by == cast.make_dolisa_officer()
    assert AuditEvent.objects.filter(verb="bulk.claim").count() == 1


def test_a_claim_is_undone_within_ten_minutes_and_not_later() -> None:
    first, second = at_site(State.SUBMITTED, "A"), at_site(State.SUBMITTED, "B")
    client = officer()
    answer = post(client, "claim", [first, second], step="send")
    undo = f"{answer['Location']}undo/"
    Dossier.objects.filter(pk=second.pk).update(handled_by=cast.make_dolisa_head())  # gone on meanwhile
    with time_machine.travel(NOW + timedelta(minutes=9), tick=False):
        client.post(undo)
        client.post(undo)
    assert making.fresh(first).handled_by is None
    assert making.fresh(second).handled_by == cast.make_dolisa_head()
    assert Handling.objects.filter(dossier=first, kind=Handling.Kind.RELEASED).count() == 1
    answer = post(client, "claim", [first], step="send")
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert "Hoàn tác" not in client.get(answer["Location"]).content.decode()
        client.post(f"{answer['Location']}undo/")
    assert making.fresh(first).handled_by == cast.make_dolisa_officer()


def test_nobody_else_undoes_it() -> None:
    answer = post(officer(), "claim", [at_site(State.SUBMITTED, "A")], step="send")
    assert cast.signed_in(cast.make_dolisa_head()).post(f"{answer['Location']}undo/").status_code == 403
    assert cast.signed_in(cast.make_zone_officer()).post(f"{answer['Location']}undo/").status_code == 404


def tomorrow() -> str:
    return f"{timezone.now() + timedelta(days=1):%d/%m/%Y}"


def test_a_team_is_proposed_for_each_with_visits_apart() -> None:
    ready = [at_site(State.ACCEPTED, "A"), at_site(State.ACCEPTED, "B")]
    early = at_site(State.SUBMITTED, "C")
    team = cast.make_team()
    client = officer()
    data = {"team": team.pk, "visit_on": tomorrow(), "visit_hour": "08:00", "apart": "2", "note": ""}
    assert "visit_on" in post(client, "propose", ready).content.decode()
    page = post(client, "propose", [*ready, early], step="check", **data).content.decode()
    assert "2 trên 3 làm được" in page
    answer = post(client, "propose", [*ready, early], step="send", **data)
    assert "2 trên 3 hồ sơ" in client.get(answer["Location"]).content.decode()
    hours = [making.fresh(each).proposals.get().visit_at.astimezone(cast.HANOI).hour for each in ready]
    assert sorted(hours) in ([8, 10], [10, 12], [8, 12])
    assert making.fresh(early).state == State.SUBMITTED


def test_a_visit_that_would_begin_in_the_night_is_not_proposed() -> None:
    ready = [at_site(State.ACCEPTED, "A"), at_site(State.ACCEPTED, "B")]
    client = officer()
    data = {
        "team": cast.make_team().pk,
        "visit_on": tomorrow(),
        "visit_hour": "17:00",
        "apart": "4",
        "note": "",
    }
    page = post(client, "propose", ready, step="check", **data).content.decode()
    assert "1 trên 2 làm được" in page
    assert "ngoài giờ kiểm tra" in page
    post(client, "propose", ready, step="send", **data)
    assert sorted(making.fresh(each).state for each in ready) == [State.ACCEPTED, State.TEAM_PROPOSED]
    nearer = post(client, "propose", ready, step="check", **data | {"apart": "24"}).content.decode()
    assert "ngoài giờ" not in nearer


def test_visits_too_near_each_other_are_shown_before_they_are_proposed() -> None:
    ready = [at_site(State.ACCEPTED, "A"), at_site(State.ACCEPTED, "B")]
    planned, team, client = at_site(State.ACCEPTED, "C"), cast.make_team(), officer()
    at = (NOW + timedelta(days=1)).astimezone(cast.HANOI).replace(hour=9, minute=0, second=0, microsecond=0)
    receiving.propose_team(dossier=planned, team=team, visit_at=at, by=cast.make_dolisa_officer(), at=NOW)
    day = f"{at:%d/%m/%Y}"
    data = {"team": team.pk, "visit_on": day, "visit_hour": "08:00", "apart": "1", "note": ""}
    assert post(client, "propose", ready, step="send", **data).status_code == 200
    assert {making.fresh(each).state for each in ready} == {State.ACCEPTED}
    page = post(client, "propose", ready, step="check", **data)
    text = page.content.decode()
    assert text.count("Tổ này đã có cuộc khác gần giờ đó") == 2
    assert text.count(f"({planned.code}), đang đề xuất") == 2
    assert all(text.count(f"({each.code}), đang đề xuất") == 1 for each in ready)
    seen = page.context["seen"]
    later = post(client, "propose", ready, step="send", **data | {"visit_hour": "07:30"}, clash_seen=seen)
    assert later.status_code == 200
    assert post(client, "propose", ready, step="send", **data, clash_seen=seen).status_code == 302
    assert {making.fresh(each).state for each in ready} == {State.TEAM_PROPOSED}


def test_a_visit_that_a_colleague_proposes_after_the_preview_is_warned_of_anew() -> None:
    ready, team, client = [at_site(State.ACCEPTED, "A")], cast.make_team(), officer()
    at = (NOW + timedelta(days=1)).astimezone(cast.HANOI).replace(hour=9, minute=0, second=0, microsecond=0)
    given = {"team": team, "visit_at": at, "by": cast.make_dolisa_officer(), "at": NOW}
    receiving.propose_team(dossier=at_site(State.ACCEPTED, "B"), **given)
    data = {"team": team.pk, "visit_on": f"{at:%d/%m/%Y}", "visit_hour": "08:00", "apart": "1", "note": ""}
    seen = post(client, "propose", ready, step="check", **data).context["seen"]
    late = at_site(State.ACCEPTED, "C")
    receiving.propose_team(dossier=late, **given)
    again = post(client, "propose", ready, step="send", **data, clash_seen=seen)
    assert again.status_code == 200
    assert late.code in again.content.decode()
    sent = post(client, "propose", ready, step="send", **data, clash_seen=again.context["seen"])
    assert sent.status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_a_preview_asks_as_often_for_thirty_as_for_one(count: int, django_assert_num_queries: Any) -> None:
    codes = [each.code for each in desk.many(count, state=State.ACCEPTED)]
    officer, team = cast.make_dolisa_officer(), cast.make_team()
    first = (NOW + timedelta(days=1)).astimezone(cast.HANOI).replace(hour=8, minute=0)
    receiving.propose_team(
        dossier=at_site(State.ACCEPTED, "B"), team=team, visit_at=first, by=officer, at=NOW
    )
    prefetch_related_objects([team], "members")
    given = {"team": team, "visit_at": first, "apart": 1, "note": ""}
    dossiers = bulk.chosen(officer, codes, on=NOW.date())
    with django_assert_num_queries(1):
        items = bulk.preview("propose", dossiers, given, by=officer, at=NOW)
    assert (len(items), len(items[0].near)) == (count, min(count, 2))


def test_a_verb_that_warns_of_nothing_is_looked_at_once_when_it_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free, client = at_site(State.SUBMITTED, "A"), officer()
    monkeypatch.setattr(bulk, "preview", None)
    assert post(client, "claim", [free], step="send").status_code == 302
    assert making.fresh(free).handled_by == cast.make_dolisa_officer()


def test_what_the_team_found_in_order_is_forwarded_together_and_the_rest_is_not() -> None:
    good = at_site(State.INSPECTED, "A")
    early = at_site(State.ACCEPTED, "B")
    client = officer()
    start = f"{timezone.now() + timedelta(days=5):%d/%m/%Y}"
    data = {
        "number": "214/TTr-SLĐTBXH",
        "starts_on": start,
        "hour": "7",
        "conditions": "Một lối vào\nĐo thân nhiệt",
    }
    page = post(client, "forward", [good, early], step="check", **data).content.decode()
    assert "1 trên 2 làm được" in page
    post(client, "forward", [good, early], step="send", **data)
    moved = making.fresh(good)
    assert moved.state == State.FORWARDED
    advice = making.advice_of(moved)
    assert (advice.number, advice.cap, advice.conditions) == (
        "214/TTr-SLĐTBXH", making.WORKERS, ["Một lối vào", "Đo thân nhiệt"],
    )  # fmt: skip
    assert making.fresh(early).state == State.ACCEPTED


def test_a_dossier_out_of_sight_is_not_among_the_chosen() -> None:
    other = at_site(State.SUBMITTED, "A")
    answer = post(cast.signed_in(cast.make_zone_officer()), "claim", [other], step="send")
    assert answer["Location"] == "/dossiers/"
    assert not BulkAct.objects.exists()


def test_a_code_with_a_nul_chooses_nothing() -> None:
    answer = officer().post("/dossiers/bulk/claim/", {"pick": ["01-211005-0001\0x"]})
    assert answer["Location"] == "/dossiers/"


def test_an_unknown_verb_is_no_page_and_nothing_chosen_says_so() -> None:
    client = officer()
    assert client.post("/dossiers/bulk/approve/", {"pick": "x"}).status_code == 404
    assert post(client, "claim", [])["Location"] == "/dossiers/"


def test_a_send_with_a_bad_form_asks_again_and_does_nothing() -> None:
    ready = at_site(State.ACCEPTED, "A")
    answer = post(officer(), "propose", [ready], step="send", visit_on="x", visit_hour="08:00", apart="2")
    assert answer.status_code == 422
    assert making.fresh(ready).state == State.ACCEPTED


def test_in_phase_two_the_agency_assigns_and_the_preview_says_so() -> None:
    first = at_site(State.ACCEPTED, "A")
    second = making.make_dossier(State.ACCEPTED, phase=2, site=cast.make_site(name="B", zone=None))
    client = officer()
    sent = {
        "team": cast.make_team().pk, "visit_on": "18/10/2021", "visit_hour": "08:00", "apart": "4", "note": "",
    }  # fmt: skip
    page = post(client, "propose", [first, second], step="check", **sent).content.decode()
    assert page.count("Giai đoạn 2: cơ quan tiếp nhận tự phân công tổ") == 1
    assert "2 trên 2 làm được" in page
    done = client.get(post(client, "propose", [first, second], step="send", **sent)["Location"])
    assert done.content.decode().count("tự phân công tổ") == 1
    assert making.fresh(first).state == State.TEAM_PROPOSED
    after = making.fresh(second)
    assert (after.state, after.team) == (State.TEAM_ASSIGNED, cast.make_team())
