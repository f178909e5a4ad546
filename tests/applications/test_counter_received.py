"""Papers that the agency received before the portal, filed at the counter: their day, their number, their clock."""

from datetime import date

import pytest

import plan
from applications import filing, follow_up, proposal_clock, supplements
from applications.models import CounterFiling, Dossier
from journal.models import AuditEvent
from organisations.models import Enterprise
from tests import cast
from tests.applications import making
from tests.applications.test_counter import FIRM, PLACE, WHO, desk

pytestmark = pytest.mark.django_db
RECEIVED = {"received_on": "13/10/2021", "paper_number": "45/TN"}


def handed_in(client, **more: str) -> Dossier:
    """What was received on paper on 1 October, filed at the counter and handed in."""
    answer = client.post("/dossiers/counter/", FIRM | PLACE | WHO | more)
    assert answer.status_code == 302, answer.content.decode()
    dossier, officer = CounterFiling.objects.get().dossier, cast.make_dolisa_officer()
    filing.answer(dossier=dossier, answers=making.answers(dossier), by=officer, at=cast.AT)
    for slot in making.rules_at(cast.AT).phase(1).papers():
        if slot.required:
            making.put_paper(dossier, slot.code, by=officer)
    filing.submit(dossier=dossier, by=officer, at=cast.AT, declared=True)
    return making.fresh(dossier)


def test_the_clock_of_papers_received_earlier_counts_from_the_day_that_the_firm_was_told() -> None:
    client = desk()
    dossier = handed_in(client, **RECEIVED)
    ahead = proposal_clock.ahead(dossier, at=cast.AT)
    assert "Đã nhận trên giấy" in ahead.sentence
    accepted = making.accept(dossier)
    assert plan.local_day(accepted.due_at) == date(2021, 10, 15)  # two days after the 13th, not the 14th
    assert accepted.accepted_at == cast.AT
    page = client.get(f"/dossiers/{dossier.code}/clock/").content.decode()
    for words in (
        "Nhận hồ sơ trên giấy",
        "sổ giấy số 45/TN, nhận trên giấy 13/10/2021",
        "Nhận trên giấy thứ Tư 13/10",
    ):
        assert words in page, words
    (row,) = follow_up.book(
        accepted.receiving_agency, since=date(2021, 10, 1), until=date(2021, 10, 31), at=cast.AT
    )
    assert row.note == "sổ giấy số 45/TN, nhận trên giấy 13/10/2021"
    assert row.promised_at == accepted.due_at


def test_a_supplement_starts_the_clock_of_papers_received_earlier_at_zero() -> None:
    dossier = making.request_supplement(handed_in(desk(), **RECEIVED), cast.AT + making.HOUR)
    officer, later = cast.make_dolisa_officer(), cast.AT + 2 * making.HOUR
    making.put_paper(dossier, supplements.open_of(dossier).items[0]["about"], later, by=officer)
    filing.submit(dossier=making.fresh(dossier), by=officer, at=later, declared=True)
    accepted = making.accept(making.fresh(dossier), later)
    assert plan.local_day(accepted.due_at) == date(2021, 10, 18)  # two days after the 14th is a Saturday


def test_without_a_day_on_paper_the_clock_counts_from_acceptance() -> None:
    accepted = making.accept(handed_in(desk(), paper_number="45/TN"))
    assert plan.local_day(accepted.due_at) == date(2021, 10, 18)


@pytest.mark.parametrize("day", ["01/01/2031", "01/01/2020"])
def test_papers_are_not_received_in_days_to_come_or_before_the_plan(day: str) -> None:
    answer = desk().post("/dossiers/counter/", FIRM | PLACE | WHO | {"received_on": day})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"received_on"}
    assert not CounterFiling.objects.exists()
    assert not Enterprise.objects.exists()


def test_a_day_left_out_or_mistyped_is_put_right_while_the_papers_are_a_draft() -> None:
    client, facts = desk(), FIRM | PLACE | WHO
    for day, number in (("", ""), ("01/10/2021", "45/TN"), ("12/10/2021", "54/TN"), ("", "")):
        sent = facts | {"received_on": day, "paper_number": number}
        answer = client.post("/dossiers/counter/", sent, follow=True)
    assert "Hồ sơ ghi: sổ giấy số 54/TN, nhận trên giấy 12/10/2021." in answer.content.decode()
    filed = CounterFiling.objects.get()
    assert (filed.received_on, filed.paper_number) == (date(2021, 10, 12), "54/TN")
    rows = AuditEvent.objects.filter(verb="dossier.brought").order_by("pk")
    assert [row.fields for row in rows] == [["counter"], *[["paper_number", "received_on"]] * 2]


def test_once_handed_in_the_day_stays() -> None:
    client = desk()
    handed_in(client, **RECEIVED)
    answer = client.post("/dossiers/counter/", FIRM | PLACE | WHO | {"received_on": "12/10/2021"})
    assert answer.status_code == 422
    assert CounterFiling.objects.get().received_on == date(2021, 10, 13)
