"""Submitting, the confirmation that works for ever, withdrawing and beginning again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Dossier, Move, Paper
from applications.states import State
from documents import storing
from documents.models import Letter, StoredFile
from tests import cast
from tests.applications import making
from tests.applications.test_counter_received import desk, handed_in

pytestmark = pytest.mark.django_db


def made(state: str = State.DRAFT, **answered: Any) -> Dossier:
    return making.make_dossier(state, at=timezone.now(), **answered)


def owner(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


def path(name: str, dossier: Dossier) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.reference])


def test_the_declaration_must_be_ticked_and_the_page_says_where() -> None:
    dossier = made()
    response = owner(dossier).post(path("submit", dossier))
    assert response.status_code == 422
    text = response.content.decode()
    assert 'href="#id_declared"' in text
    assert 'aria-invalid="true"' in text
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT


def test_what_is_missing_locks_the_button_and_links_to_where_it_is_mended() -> None:
    dossier = making.draft(at=timezone.now())
    page = owner(dossier).get(path("check", dossier))
    text = page.content.decode()
    assert 'aria-disabled="true"' in text
    assert reverse("dossiers:answers", args=[dossier.reference, "baseline"]) + "?back=check" in text
    assert reverse("dossiers:paper", args=[dossier.reference, "commitment"]) + "?back=check" in text
    assert 'name="declared"' not in text


def test_posting_past_the_lock_is_refused_with_the_same_reasons() -> None:
    dossier = making.draft(at=timezone.now())
    response = owner(dossier).post(path("submit", dossier), {"declared": "yes"})
    assert response.status_code == 422
    assert "Chưa có “Công văn đề nghị”." in response.content.decode()
    assert not Move.objects.filter(dossier=dossier).exists()


def test_a_double_click_submits_once_and_shows_the_confirmation_twice() -> None:
    dossier = made()
    client = owner(dossier)
    first = client.post(path("submit", dossier), {"declared": "yes"})
    second = client.post(path("submit", dossier), {"declared": "yes"})
    dossier.refresh_from_db()
    assert first.url == second.url == reverse("dossiers:submitted", args=[dossier.code])
    assert Move.objects.filter(dossier=dossier, name="submit").count() == 1
    assert Letter.objects.filter(kind=Letter.Kind.SUBMISSION, dossier_code=dossier.code).count() == 1


def test_the_desk_that_goes_back_and_sends_again_is_led_to_the_confirmation() -> None:
    client = desk()
    code = handed_in(client).code
    again = client.post(reverse("dossiers:submit", args=[code]), {"declared": "yes"})
    assert again.url == reverse("dossiers:submitted", args=[code])
    assert client.get(reverse("dossiers:check", args=[code])).url == reverse("dossiers:detail", args=[code])
    assert Move.objects.filter(name="submit").count() == 1
    stranger = cast.signed_in(cast.make_chairman())
    assert stranger.post(reverse("dossiers:submit", args=[code])).status_code == 403


def test_the_check_says_whom_to_call_where_the_enterprise_may_no_longer_put_the_site_right() -> None:
    before, after = made(), made(State.SUPPLEMENT_REQUESTED, site=cast.make_site(name="Xưởng hai", zone=None))
    for dossier, leads in ((before, True), (after, False)):
        page = owner(dossier).get(path("check", dossier)).content.decode()
        facts = reverse("dossiers:site_facts", args=[dossier.site_id])
        assert (f'href="{facts}"' in page, "Có chỗ sai thì gọi" in page) == (leads, not leads)


def test_two_colleagues_pressing_at_once_make_one_submission() -> None:
    dossier = made()
    colleague = cast.signed_in(cast.make_colleague(dossier.site.enterprise, level="submit"))
    owner(dossier).post(path("submit", dossier), {"declared": "yes"})
    response = colleague.post(path("submit", dossier), {"declared": "yes"})
    assert response.status_code == 302
    assert Move.objects.filter(dossier=dossier, name="submit").count() == 1


def test_the_page_of_a_dossier_that_went_further_says_who_did_what_and_when() -> None:
    dossier = made(State.ACCEPTED)
    response = owner(dossier).post(path("submit", dossier), {"declared": "yes"})
    assert response.status_code == 409
    assert "Trang đã cũ: Trần Thị Lan vừa tiếp nhận hồ sơ này lúc" in response.content.decode()


def test_the_law_of_the_day_is_frozen_at_submission() -> None:
    dossier = made(baseline=149, enterprise_total=149)
    owner(dossier).post(path("submit", dossier), {"declared": "yes"})
    dossier.refresh_from_db()
    assert (dossier.cap, dossier.cap_clause) == (74, "III.1.2-b")
    assert dossier.rules_digest


@pytest.mark.parametrize("state", [s for s in State if s != State.DRAFT])
def test_the_confirmation_works_for_ever(state: State) -> None:
    dossier = made(state)
    page = owner(dossier).get(path("submitted", dossier))
    assert page.status_code == 200
    text = page.content.decode()
    assert dossier.code in text
    assert "Chép tin để gửi Zalo" in text
    assert ("Hiện nay:" in text) is (state != State.SUBMITTED)


def test_the_confirmation_carries_code_time_telephone_qr_and_a_text_to_copy() -> None:
    dossier = made(State.SUBMITTED)
    page = owner(dossier).get(path("submitted", dossier))
    assert page.context["copy_text"].endswith(f"/track/?code={dossier.code}")
    assert "0294 3555 021" in page.context["copy_text"]
    text = page.content.decode()
    assert "<title>Mã QR mở trang tra cứu hồ sơ</title>" in text
    assert "style=" not in text
    assert "Thông báo đã gửi đến 1 người" in text


def test_the_note_is_being_made_until_its_pdf_is_there() -> None:
    dossier = made(State.SUBMITTED)
    client = owner(dossier)
    assert "đang được làm" in client.get(path("submitted", dossier)).content.decode()
    note = Letter.objects.get(dossier_code=dossier.code, kind=Letter.Kind.SUBMISSION)
    Letter.objects.filter(pk=note.pk).update(pdf=making.stored_pdf(at=timezone.now()))
    text = client.get(path("submitted", dossier)).content.decode()
    assert reverse("documents:letter_pdf", args=[note.pk]) in text
    assert "đang được làm" not in text


OPEN = [s for s in State if s not in {State.DECLINED, State.APPROVED, State.REFUSED, State.WITHDRAWN}]


@pytest.mark.parametrize("state", OPEN)
def test_a_dossier_is_taken_back_at_any_time_before_a_decision(state: State) -> None:
    dossier = made(state)
    client = owner(dossier)
    question = client.get(path("withdraw", dossier))
    assert question.status_code == 200
    response = client.post(path("withdraw", dossier), {"note": "Hoãn sản xuất"})
    assert response.status_code == 302
    assert client.post(path("withdraw", dossier)).status_code == 302  # the second click
    dossier.refresh_from_db()
    assert dossier.state == State.WITHDRAWN
    assert Move.objects.filter(dossier=dossier, name="withdraw").get().note == "Hoãn sản xuất"


@pytest.mark.parametrize("state", [State.APPROVED, State.REFUSED, State.DECLINED])
def test_a_decided_dossier_is_not_taken_back(state: State) -> None:
    dossier = made(state)
    client = owner(dossier)
    assert "không còn gì để rút" in client.get(path("withdraw", dossier)).content.decode()
    assert client.post(path("withdraw", dossier)).status_code == 409
    dossier.refresh_from_db()
    assert dossier.state == state


@pytest.mark.parametrize("state", [State.DECLINED, State.REFUSED, State.WITHDRAWN])
def test_a_new_dossier_uses_what_is_still_right(state: State) -> None:
    old = made(state)
    returned = old.papers.filter(slot="commitment")
    returned.update(verdict=Paper.Verdict.RETURNED)
    files = StoredFile.objects.count()
    client = owner(old)
    assert "Lập hồ sơ mới" in client.get(path("detail", old)).content.decode()
    response = client.post(path("renew", old))
    again = client.post(path("renew", old))
    draft = Dossier.objects.exclude(pk=old.pk).get()
    assert response.url == again.url == reverse("dossiers:detail", args=[draft.reference])
    assert draft.state == State.DRAFT
    assert (draft.baseline, draft.contact_phone) == (old.baseline, old.contact_phone)
    assert draft.signed_on is None
    assert draft.requested_start_on is None
    assert not draft.papers.filter(slot="commitment").exists()
    assert draft.papers.count() == old.papers.count() - 1
    assert draft.listed_workers == making.WORKERS
    assert StoredFile.objects.count() == files


def test_a_new_dossier_takes_over_no_file_without_its_bytes() -> None:
    old = made(State.DECLINED)
    paper = old.papers.get(slot="commitment")
    workers = old.papers.get(slot="worker_list").parts.get().file
    for file in (paper.pdf, workers, old.baseline_evidence):
        storing.withdraw(file, by=None, at=timezone.now())
    owner(old).post(path("renew", old))
    draft = Dossier.objects.exclude(pk=old.pk).get()
    slots = set(old.papers.values_list("slot", flat=True)) - {"commitment", "worker_list"}
    assert set(draft.papers.values_list("slot", flat=True)) == slots
    assert (draft.baseline, draft.baseline_evidence, draft.listed_workers) == (old.baseline, None, None)


def test_a_running_dossier_is_not_begun_again() -> None:
    dossier = made(State.SUBMITTED)
    response = owner(dossier).post(path("renew", dossier))
    assert response.status_code == 302
    assert Dossier.objects.count() == 1


def test_beginning_for_a_site_twice_opens_the_same_draft() -> None:
    site = cast.make_site(at=timezone.now())
    client = cast.signed_in(site.enterprise.claimed_by)
    url = reverse("dossiers:new")
    first = client.post(url, {"site": str(site.pk)})
    second = client.post(url, {"site": str(site.pk)})
    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_a_site_of_somebody_else_is_no_choice() -> None:
    site = cast.make_site(at=timezone.now())
    client = cast.signed_in(cast.make_other_enterprise().claimed_by)
    cast.make_site(cast.make_other_enterprise(), name="Xưởng tôm", zone=None)
    response = client.post(reverse("dossiers:new"), {"site": str(site.pk)})
    assert response.status_code == 422
    assert not Dossier.objects.exists()
    assert client.post(reverse("dossiers:new"), {"site": "khong-phai-uuid"}).status_code == 422


def test_an_approved_site_shows_its_permit_first_duties_and_letter() -> None:
    dossier = made(State.APPROVED)
    page = owner(dossier).get(path("detail", dossier))
    text = page.content.decode()
    decision = making.decision_of(dossier)
    assert f"Được hoạt động từ {decision.permit.starts_on:%d/%m/%Y}" in text
    assert decision.letter.full_number in text
    titles = [duty.title for duty in page.context["duties"]]
    assert "Xét nghiệm người lao động trong tháng đầu" in titles
    assert "Hợp đồng với cơ sở y tế" in titles
    first = page.context["duties"][0]
    assert first.due_at > timezone.now() - timedelta(minutes=1)


def test_reasons_stand_with_clause_and_what_to_do() -> None:
    for state in (State.DECLINED, State.REFUSED):
        dossier = making.make_dossier(
            state, at=timezone.now(), site=cast.make_site(name=f"Xưởng {state}", zone=None)
        )
        text = owner(dossier).get(path("detail", dossier)).content.decode()
        assert "Phiếu tiêm không khớp danh sách" in text
        assert "Nộp lại phiếu tiêm" in text
        assert reverse("plan_clause", args=["III.1.3.3-e"]) in text


def test_every_change_link_of_the_check_page_comes_straight_back() -> None:
    dossier = made()
    page = owner(dossier).get(path("check", dossier))
    facts = [*page.context["who"], *page.context["production"], *page.context["papers"]]
    links = [fact.change_url for fact in facts if fact.change_url]
    assert len(links) > 10
    assert all(link.endswith("?back=check") for link in links)
    assert "lấy từ đăng ký của doanh nghiệp" in page.content.decode()


def test_an_answer_that_nobody_chose_keeps_the_dossier_from_being_submitted() -> None:
    dossier = made()
    Dossier.objects.filter(pk=dossier.pk).update(caterer="", certificate="")
    text = owner(dossier).get(path("check", dossier)).content.decode()
    assert "Chưa trả lời ai nấu ăn cho người lao động." in text
    assert "Chưa chọn loại giấy chứng nhận đã gửi." in text
