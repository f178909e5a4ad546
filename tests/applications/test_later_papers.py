"""The contract with a health unit may come a week after the start (III.1.3.3-k, A-23), and only it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import later_papers, receiving, uploading
from applications.first_duties import first_duties
from applications.models import Dossier, Paper
from applications.slot_states import paper_states
from applications.states import State
from applications.unmet import NotAllowed, Stale
from journal import outbox
from journal.models import OutboxRow
from notices.models import Message
from organisations.models import Holiday, Permit
from tests import cast
from tests.applications import making
from tests.applications.desk import path
from tests.applications.making import HOUR, NOT_BOUND
from tests.applications.test_counter_received import desk, handed_in

pytestmark = pytest.mark.django_db
LATER = cast.AT + 9 * HOUR
CONTRACT = "health_contract"
RETURNED, IN_ORDER = Paper.Verdict.RETURNED, Paper.Verdict.IN_ORDER


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("hop-dong.pdf", making.pdf_bytes(), "application/pdf")


def contract_of(dossier: Dossier) -> Paper:
    return dossier.papers.select_related("dossier", "pdf").get(slot=CONTRACT, replaced_at__isnull=True)


def line_of(dossier: Dossier) -> str:
    return next(each.line for each in paper_states(dossier, at=LATER) if each.code == CONTRACT)


def permitted(dossier: Dossier, starts_on: date) -> Dossier:
    Permit.objects.filter(pk=making.decision_of(dossier).permit_id).update(starts_on=starts_on)
    return making.fresh(dossier)


def return_it(dossier: Dossier) -> None:
    receiving.mark_paper(
        paper=contract_of(dossier), verdict=RETURNED, reason="Hết hạn", fix="Gửi bản còn hạn",
        by=making.officer_of(dossier), at=LATER,
    )  # fmt: skip


@pytest.mark.parametrize("state", later_papers.WHILE)
def test_it_comes_while_the_dossier_is_with_officials_and_after_consent_and_moves_nothing(state: str) -> None:
    dossier = making.make_dossier(state)
    advices = list(dossier.advices.values_list("pk", "voided_at"))
    stages = list(dossier.stages.values_list("pk", "due_at", "closed_at"))
    paper = making.put_paper(dossier, CONTRACT, LATER)
    now = making.fresh(dossier)
    assert (now.state, now.due_at, now.version) == (dossier.state, dossier.due_at, dossier.version)
    assert list(dossier.advices.values_list("pk", "voided_at")) == advices
    assert list(dossier.stages.values_list("pk", "due_at", "closed_at")) == stages
    assert paper.version == 1
    assert OutboxRow.objects.filter(event="volume.wanted", subject_id=dossier.pk, at=LATER).exists()


@pytest.mark.parametrize("state", [State.DECLINED, State.REFUSED, State.WITHDRAWN])
def test_it_does_not_come_to_a_dossier_that_has_ended(state: str) -> None:
    with pytest.raises(Stale):
        making.put_paper(making.make_dossier(state), CONTRACT, LATER)


def test_no_other_paper_comes_after_submission_and_nobody_else_brings_it() -> None:
    dossier = making.make_dossier(State.APPROVED)
    for slot in ("commitment", "worker_list", "plan"):
        with pytest.raises(Stale):
            making.put_paper(dossier, slot, LATER)
    stranger = cast.make_other_enterprise().claimed_by
    for person in (stranger, making.officer_of(dossier)):
        with pytest.raises(NotAllowed):
            making.put_paper(dossier, CONTRACT, LATER, by=person)
    Dossier.objects.filter(pk=dossier.pk).update(expired_at=LATER)
    with pytest.raises(Stale):
        making.put_paper(dossier, CONTRACT, LATER)


def test_what_is_there_is_replaced_only_when_it_was_returned() -> None:
    dossier = making.make_dossier(State.APPROVED)
    making.put_paper(dossier, CONTRACT, LATER)
    with pytest.raises(Stale):
        uploading.take(dossier=dossier, slot=CONTRACT, sent=[upload()], by=making.owner_of(dossier), at=LATER)
    return_it(dossier)
    sent = uploading.take(
        dossier=dossier, slot=CONTRACT, sent=[upload()], by=making.owner_of(dossier), at=LATER
    )
    assert sent.paper is not None
    assert (sent.paper.version, sent.paper.verdict) == (2, Paper.Verdict.NONE)


def test_the_agency_is_told_judges_it_after_consent_and_the_enterprise_reads_what_is_wrong() -> None:
    dossier = making.make_dossier(State.APPROVED)
    making.put_paper(dossier, CONTRACT, LATER)
    return_it(dossier)
    outbox.drain(now=lambda: LATER, leave=NOT_BOUND)
    assert (
        Message.objects.filter(title="Giấy tờ nộp sau đã đến", user=making.officer_of(dossier)).count() == 1
    )
    assert Message.objects.filter(title="Một giấy tờ bị trả lại", user=making.owner_of(dossier)).count() == 1
    making.put_paper(dossier, CONTRACT, LATER)
    receiving.mark_paper(
        paper=contract_of(dossier), verdict=IN_ORDER, by=making.officer_of(dossier), at=LATER
    )
    assert contract_of(dossier).verdict == IN_ORDER
    assert making.fresh(dossier).state == State.APPROVED
    with pytest.raises(Stale):
        receiving.mark_paper(
            paper=dossier.papers.select_related("dossier").get(slot="commitment"), verdict=IN_ORDER,
            by=making.officer_of(dossier), at=LATER,
        )  # fmt: skip


def test_a_version_that_is_returned_again_with_another_reason_is_told_again() -> None:
    dossier = making.make_dossier(State.APPROVED)
    making.put_paper(dossier, CONTRACT, LATER)
    officer, titles = making.officer_of(dossier), Message.objects.filter(title="Một giấy tờ bị trả lại")
    for hour, verdict in enumerate((RETURNED, IN_ORDER, RETURNED)):
        at = LATER + hour * HOUR
        receiving.mark_paper(
            paper=contract_of(dossier), verdict=verdict, reason=f"Lý do {hour}", by=officer, at=at
        )
        outbox.drain(now=lambda at=at: at, leave=NOT_BOUND)
    assert titles.filter(user=making.owner_of(dossier)).count() == 2


def test_the_last_day_is_the_one_of_the_permit_rolled_off_free_days() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    assert line_of(dossier) == "Nộp sau, trong 7 ngày từ ngày bắt đầu"
    dossier = making.approve(dossier, LATER)
    assert line_of(permitted(dossier, date(2021, 10, 19))) == "Nộp sau, chậm nhất 26/10/2021"
    assert line_of(permitted(dossier, date(2021, 10, 23))) == "Nộp sau, chậm nhất 01/11/2021"
    Holiday.objects.create(on=date(2021, 11, 1), name="Nghỉ")
    assert line_of(permitted(dossier, date(2021, 10, 23))) == "Nộp sau, chậm nhất 02/11/2021"


def test_the_duty_leads_to_the_paper_stays_when_it_is_late_and_is_done_when_it_is_there() -> None:
    dossier = permitted(making.make_dossier(State.APPROVED), date(2021, 10, 19))
    permit = making.decision_of(dossier).permit

    def contract(day: str):
        papers = later_papers.follows([dossier])[dossier.pk]
        found = first_duties(
            permit, receiving=dossier.receiving_agency, health="", papers=papers, at=cast.instant(day)
        )
        return next((each for each in found if each.title == "Hợp đồng với cơ sở y tế"), None)

    duty = contract("2021-10-20")
    assert (duty.url, duty.is_done) == (path("paper", dossier, CONTRACT), False)
    assert f"{duty.due_at:%d/%m}" == "26/10"
    assert contract("2021-10-29") is not None
    making.put_paper(dossier, CONTRACT, LATER)
    assert contract("2021-10-20").is_done
    assert contract("2021-10-29") is None
    return_it(dossier)
    assert not contract("2021-10-20").is_done


def test_its_page_takes_it_after_consent_and_the_case_lets_it_be_marked(client: Client) -> None:
    dossier = making.make_dossier(State.APPROVED, at=timezone.now())
    owner, page = cast.signed_in(making.owner_of(dossier)), path("paper", dossier, CONTRACT)
    assert "Tải giấy tờ lên" in owner.get(page).content.decode()
    assert "Tải giấy tờ lên" not in owner.get(path("paper", dossier, "commitment")).content.decode()
    assert owner.post(page, {"files": upload()}).status_code == 302
    shown = owner.get(page).content.decode()
    assert "Tải bản mới lên" not in shown
    assert "Bỏ bản đang dùng" not in shown
    client.force_login(making.officer_of(dossier))
    assert 'value="in_order"' in client.get(f"{path('detail', dossier)}?paper={CONTRACT}").content.decode()
    assert 'value="in_order"' not in client.get(f"{path('detail', dossier)}?paper=plan").content.decode()
    answer = client.post(path("mark", dossier), {"paper": contract_of(dossier).pk, "verdict": "in_order"})
    assert answer.status_code == 302
    assert contract_of(dossier).verdict == IN_ORDER
    assert page in owner.get(reverse("home")).content.decode()


def test_the_desk_that_filed_for_a_firm_without_account_takes_the_late_contract_in() -> None:
    dossier, client = handed_in(desk()), desk()
    page, case = path("paper", dossier, CONTRACT), f"{path('detail', dossier)}?paper={CONTRACT}"
    assert f'href="{page}"' in client.get(case).content.decode()
    assert f'href="{page}"' not in client.get(f"{path('detail', dossier)}?paper=commitment").content.decode()
    assert "Tải giấy tờ lên" in client.get(page).content.decode()
    assert client.post(page, {"files": upload()}).status_code == 302
    assert contract_of(dossier).uploaded_by == cast.make_dolisa_officer()
    assert f'href="{page}"' not in client.get(case).content.decode()
    assert client.get(page).url == case
    assert client.post(page, {"files": upload()}).status_code == 409
    for slot in ("commitment", "worker_list"):
        assert client.post(path("paper", dossier, slot), {"files": upload()}).status_code == 403
    return_it(dossier)
    assert f'href="{page}"' in client.get(case).content.decode()


def test_no_other_desk_and_no_desk_of_a_firm_with_an_account_brings_it() -> None:
    brought, own = handed_in(desk()), making.make_dossier(State.APPROVED)
    for person, dossier, status in (
        (cast.make_zone_officer(), brought, 404), (cast.make_chairman(), brought, 403),
        (making.officer_of(own), own, 403),
    ):  # fmt: skip
        page, client = path("paper", dossier, CONTRACT), cast.signed_in(person)
        assert client.post(page, {"files": upload()}).status_code == status
        if status == 403:
            shown = client.get(f"{path('detail', dossier)}?paper={CONTRACT}").content.decode()
            assert f'href="{page}"' not in shown
