"""The case page: each paper shown, marked with words, cross-checked; who may open what."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from applications.models import Dossier, Paper, PlanAnswers
from applications.plan_answers import written
from applications.states import State
from documents.models import Letter
from journal.models import AuditEvent
from organisations.models import Enterprise
from tests import cast
from tests.applications import desk, making
from tests.applications.plan_samples import FULL

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=16)


@pytest.fixture(autouse=True)
def clock():
    """The morning after the dossiers of `making` were made."""
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def dossier() -> Dossier:
    return making.make_dossier(State.SUBMITTED)


def paper_in(dossier: Dossier, slot: str) -> Paper:
    return dossier.papers.get(slot=slot, replaced_at__isnull=True)


def mark(dossier: Dossier, slot: str, verdict: str, client=None, **typed: str):
    data = {"paper": paper_in(dossier, slot).pk, "verdict": verdict, **typed}
    return (client or desk.officer()).post(desk.path("mark", dossier), data)


def test_the_case_shows_the_plan_and_thirteen_papers_and_opens_the_first_unread(dossier: Dossier) -> None:
    mark(dossier, "plan", "in_order")
    page = desk.officer().get(desk.case(dossier))
    assert [row["number"] for row in page.context["strip"]] == list(range(14))
    assert page.context["current"].number == 1
    text = page.content.decode()
    assert "/papers/request_letter/v1/1.png" in text
    assert "Kiểm tra giấy tờ 1" in text
    assert re.search(r"Giấy tờ chưa xem tiếp theo:\s*2", text)


def test_a_paper_in_order_is_marked_and_the_next_unread_one_opens(dossier: Dossier) -> None:
    answer = mark(dossier, "request_letter", "in_order", back="group=new")
    assert answer.url == desk.case(dossier, "?paper=2&back=group%3Dnew")
    paper = paper_in(dossier, "request_letter")
    assert (paper.verdict, paper.verdict_by) == ("in_order", cast.make_dolisa_officer())
    assert making.fresh(dossier).handled_by == cast.make_dolisa_officer()
    text = desk.officer().get(desk.case(dossier, "?paper=1")).content.decode()
    assert "Công văn đề nghị: đạt" in text


def test_returning_needs_a_reason_and_loses_nothing_typed(dossier: Dossier) -> None:
    text = desk.officer().get(desk.case(dossier, "?paper=5&return=1")).content.decode()
    assert 'name="reason"' in text
    answer = mark(dossier, "screening_plan", "returned", reason="  ", fix="Ký rồi quét lại")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Chưa ghi lý do" in text
    assert "Ký rồi quét lại" in text
    assert paper_in(dossier, "screening_plan").verdict == ""
    mark(dossier, "screening_plan", "returned", reason="Thiếu dấu trang 3", fix="Đóng dấu rồi quét lại")
    shown = desk.officer().get(desk.case(dossier, "?paper=5")).content.decode()
    assert "Thiếu dấu trang 3" in shown
    assert "Đóng dấu rồi quét lại" in shown


def test_accepting_is_locked_with_reasons_until_every_paper_is_in_order(dossier: Dossier) -> None:
    client = desk.officer()
    locked = client.get(desk.case(dossier))
    accept = locked.context["acts"][0]
    assert accept.name == "accept"
    assert [each.url for each in accept.unmet[:2]] == ["?paper=plan", "?paper=1"]
    assert accept.unmet[-1].thing == "và 10 giấy tờ nữa"
    making.mark_all(dossier)
    ready = client.get(desk.case(dossier))
    assert not ready.context["acts"][0].unmet
    assert f'href="{desk.path("accept", dossier)}"' in ready.content.decode()


def test_a_replaced_paper_makes_the_page_old(dossier: Dossier) -> None:
    old = paper_in(dossier, "request_letter")
    Paper.objects.filter(pk=old.pk).update(replaced_at=cast.AT)
    Paper.objects.create(
        dossier=dossier, slot="request_letter", version=2, pdf=old.pdf, pages=1,
        uploaded_at=LATER, uploaded_by=making.owner_of(dossier),
    )  # fmt: skip
    data = {"paper": old.pk, "verdict": "returned", "reason": "Mờ, không đọc được"}
    answer = desk.officer().post(desk.path("mark", dossier), data)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Trang đã cũ" in text
    assert "Mờ, không đọc được" in text


def test_who_may_look_cannot_mark_and_who_may_not_look_finds_nothing(dossier: Dossier) -> None:
    for maker, status in ((cast.make_leader, 403), (cast.make_health, 403), (cast.make_zone_officer, 404)):
        assert mark(dossier, "request_letter", "in_order", desk.officer(maker())).status_code == status
    page = desk.officer(cast.make_leader()).get(desk.case(dossier))
    assert not page.context["markable"]
    assert not page.context["acts"]
    assert desk.officer(cast.make_zone_officer()).get(desk.case(dossier)).status_code == 404
    assert paper_in(dossier, "request_letter").verdict == ""


@pytest.mark.parametrize("typed", [{"step": "edit"}, {"verdict": "returned"}, {"verdict": "burnt"}])
def test_a_marking_never_answers_with_the_officials_case(typed: dict[str, str]) -> None:
    asked = making.send_back(making.make_dossier(State.FORWARDED), cast.AT + timedelta(hours=12))
    question = asked.moves.order_by("-pk").first().note
    data = {"paper": paper_in(asked, "commitment").pk, **typed}
    for user in (making.owner_of(asked), cast.make_police(), cast.make_leader()):
        answer = desk.officer(user).post(desk.path("mark", asked), data)
        assert answer.status_code == 403
        assert question not in answer.content.decode()
    if "step" in typed:
        assert question in desk.officer().post(desk.path("mark", asked), data).content.decode()


def test_a_marking_that_names_no_paper_or_verdict_changes_nothing(dossier: Dossier) -> None:
    for data in ({}, {"paper": "x", "verdict": "in_order"}, {"paper": "9" * 12, "verdict": "in_order"},
                 {"paper": paper_in(dossier, "commitment").pk, "verdict": "burnt"}):  # fmt: skip
        assert desk.officer().post(desk.path("mark", dossier), data).status_code == 302
    assert not dossier.papers.exclude(verdict="").exists()


# --- the pages and files of a paper ---


def test_a_page_is_drawn_once_and_kept(dossier: Dossier) -> None:
    address = desk.path("paper_page", dossier, "request_letter", 1, 1)
    first = desk.officer().get(address)
    assert first["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    assert "private" in first["Cache-Control"]
    digest = paper_in(dossier, "request_letter").pdf.sha256
    kept = settings.VAR / "page_images" / digest[:2] / f"{digest}-1-900.png"
    kept.write_bytes(b"kept")
    assert desk.officer().get(address).content == b"kept"
    kept.unlink()


def test_no_browser_keeps_the_pages_of_a_paper_that_tells_of_people(dossier: Dossier) -> None:
    for slot, kept in (("vaccination_slips", "private, no-store"), ("commitment", "private, max-age=3600")):
        answer = desk.officer().get(desk.path("paper_page", dossier, slot, 1, 1))
        assert answer.status_code == 200
        assert answer["Cache-Control"].startswith(kept)


def test_a_page_that_is_not_there_and_a_foreign_dossier_are_404(dossier: Dossier) -> None:
    assert desk.officer().get(desk.path("paper_page", dossier, "request_letter", 1, 9)).status_code == 404
    assert desk.officer().get(desk.path("paper_file", dossier, "request_letter", 9)).status_code == 404
    assert desk.officer().get(desk.path("paper_file", dossier, "worker_list", 1)).status_code == 404
    assert desk.officer().get(desk.path("evidence", dossier, "nothing")).status_code == 404
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    for client in (stranger, desk.officer(cast.make_zone_officer())):
        for name, *more in (("paper_page", 1, 1), ("paper_file", 1), ("paper_original", 1, 1)):
            assert client.get(desk.path(name, dossier, "request_letter", *more)).status_code == 404


def test_files_are_handed_over_defused(dossier: Dossier) -> None:
    address, client = desk.path("paper_file", dossier, "request_letter", 1), desk.officer()
    pdf = desk.read(client, address)
    assert pdf["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in pdf["Content-Security-Policy"]
    assert desk.read(client, f"{address}?download")["Content-Disposition"].startswith("attachment")
    workbook = desk.read(client, desk.path("paper_original", dossier, "worker_list", 1, 1))
    assert workbook["Content-Disposition"].startswith("attachment")
    assert workbook["X-Content-Type-Options"] == "nosniff"
    assert desk.read(client, desk.path("evidence", dossier, "baseline"))["Content-Type"] == "application/pdf"


def test_the_worker_list_is_shown_masked_against_the_cap(dossier: Dossier) -> None:
    page = desk.officer().get(desk.case(dossier, "?paper=3"))
    text = page.content.decode()
    assert "40 người, mức tối đa 100" in text
    rows = page.context["workers"].rows
    assert len(rows) == 8
    assert rows[0].name in text
    assert all(
        re.fullmatch(r"•••\w{3}", row.identity) and re.fullmatch(r"•••\d{3}", row.phone) for row in rows
    )
    assert not re.search(r"\b084\d{9}\b", text)


def test_papers_that_name_people_are_for_those_who_work_on_them_and_each_opening_is_noted(
    dossier: Dossier,
) -> None:
    list_of_workers = desk.path("paper_original", dossier, "worker_list", 1, 1)
    for maker in (cast.make_leader, cast.make_police, cast.make_union):
        client = desk.officer(maker())
        assert client.get(list_of_workers).status_code == 403
        text = client.get(desk.case(dossier, "?paper=3")).content.decode()
        assert "Giấy tờ có thông tin cá nhân" in text
        assert "•••" not in text
    before = AuditEvent.objects.filter(verb="paper.opened").count()
    for maker in (cast.make_dolisa_officer, cast.make_health, cast.make_chairman):
        assert desk.read(desk.officer(maker()), list_of_workers).status_code == 200
    desk.officer().get(desk.case(dossier, "?paper=4"))
    assert AuditEvent.objects.filter(verb="paper.opened").count() == before + 4
    desk.officer().get(desk.case(dossier, "?paper=5"))
    assert AuditEvent.objects.filter(verb="paper.opened").count() == before + 4


# --- around the papers ---


def test_the_machine_compares_numbers_and_days_and_says_what_does_not_agree(dossier: Dossier) -> None:
    def checks() -> dict[str, str]:
        page = desk.officer().get(desk.case(dossier))
        both = [*page.context["checks"], *page.context["other_checks"]]
        return {check.title: check.tone for check in both}

    assert set(checks().values()) == {"ok"}
    assert "40 dòng, không vượt mức 100" in checks()
    Enterprise.objects.filter(pk=dossier.site.enterprise_id).update(confirmed_at=None)
    Dossier.objects.filter(pk=dossier.pk).update(
        listed_workers=101, slips_count=90, slips_missing_reason="Phiếu thất lạc", signed_on="2021-10-16",
        signer_name="Người Khác", baseline_evidence=None,
    )  # fmt: skip
    found = checks()
    assert found["101 dòng, vượt mức 100"] == "late"
    assert found["Ngày ký sau ngày nộp"] == "late"
    assert found["90 phiếu tiêm cho 101 người"] == "wait"
    assert found["Người ký khác với đăng ký"] == "wait"
    assert found["Doanh nghiệp chưa được xác nhận, đối chiếu mã số thuế"] == "wait"
    Dossier.objects.filter(pk=dossier.pk).update(signer_capacity="authorised")
    assert checks()["Người ký theo ủy quyền, chưa có giấy"] == "late"


def test_what_was_declared_and_how_the_visit_went_have_their_tabs() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    client = desk.officer()
    declared = client.get(desk.case(dossier, "?tab=answers")).content.decode()
    for words in ("2100 123 457", "100 (một phần ba của 300, III.1.2-a)", "Ba tại chỗ", "0912 345 678"):
        assert words in declared
    road = client.get(desk.case(dossier, "?tab=visit")).content.decode()
    for words in ("Tổ kiểm tra số 1", "Bố trí đúng như giấy tờ đã nộp", "112/TTr-SLĐTBXH"):
        assert words in road
    watching = desk.officer(cast.make_police()).get(desk.case(dossier, "?tab=visit")).content.decode()
    assert "Bố trí đúng như giấy tờ đã nộp" in watching
    assert "112/TTr-SLĐTBXH" not in watching


def test_the_desk_reads_the_answers_that_the_papers_were_drafted_from_as_they_were_handed_in() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    page, client = desk.case(dossier, "?tab=answers"), desk.officer()
    assert "Câu trả lời về phương án" not in client.get(page).content.decode()
    for version, place in (
        (1, "Nhà nghỉ cũ"),
        (2, "Dãy nhà phía bắc, cổng số 2"),
        (None, "Viết sau khi nộp"),
    ):
        isolation = FULL.isolation.model_copy(update={"place": place})
        PlanAnswers.objects.create(
            dossier=dossier, schema=1, answers=written(FULL.model_copy(update={"isolation": isolation})),
            saved_at=cast.AT, saved_by=dossier.created_by, frozen_at=cast.AT if version else None,
            dossier_version=version, form_set="2021-10",
        )  # fmt: skip
    read = client.get(page).content.decode()
    for words in ("Câu trả lời về phương án", "Ca sáng: 06:00–14:00, 40 người", "Dãy nhà phía bắc, cổng số 2",
                  "Chỗ ở và đưa đón", "bộ biểu mẫu 2021-10"):  # fmt: skip
        assert words in read
    assert "Nhà nghỉ cũ" not in read
    assert "Viết sau khi nộp" not in read
    assert "Dãy nhà phía bắc" in desk.officer(cast.make_team_leader()).get(page).content.decode()
    assert desk.officer(cast.make_zone_officer()).get(page).status_code == 404


def test_slips_of_one_kind_are_told_apart(dossier: Dossier) -> None:
    asked = making.request_supplement(dossier)
    making.submit(making.mend(asked))
    words = [letter["words"] for letter in desk.officer().get(desk.case(dossier)).context["letters"]]
    slip = str(Letter.Kind.SUBMISSION.label)
    assert [each for each in words if each.startswith(slip)] == [slip, f"{slip}, lần 2"]


def test_a_post_in_another_team_opens_no_letters_beside_the_case() -> None:
    dossier, health = making.make_dossier(State.APPROVED), cast.make_health()
    health.posts.create(agency=cast.agency("DOH"), role=cast.Role.TEAM, title="Thành viên", since=cast.SINCE)
    page = desk.officer(type(health).objects.get(pk=health.pk)).get(desk.case(dossier))
    assert page.context["works"]
    assert not page.context["reads_letters"]
    assert {letter["kind"] for letter in page.context["letters"]} == {Letter.Kind.DECISION}


def test_letters_issued_stand_beside_the_case_and_watchers_see_the_chairmans() -> None:
    dossier = making.make_dossier(State.APPROVED)
    kinds = {letter["kind"] for letter in desk.officer().get(desk.case(dossier)).context["letters"]}
    assert kinds == {Letter.Kind.SUBMISSION, Letter.Kind.RECEIPT, Letter.Kind.SHEET, Letter.Kind.DECISION}
    watched = desk.officer(cast.make_union()).get(desk.case(dossier)).context["letters"]
    assert [letter["kind"] for letter in watched] == [Letter.Kind.DECISION]


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_the_case_answers_in_every_state_in_few_queries(state: State, django_assert_max_num_queries) -> None:
    """The same number however many papers, ticks, messages and notes there are; a case is no list."""
    dossier, client = making.make_dossier(state), desk.officer()
    for query in ("", "?paper=3", "?tab=answers", "?tab=visit", "?paper=99"):
        client.get(desk.case(dossier, query))  # the head of a list is read once and kept
        with django_assert_max_num_queries(12):
            assert client.get(desk.case(dossier, query)).status_code == 200


@pytest.mark.parametrize("state", [State.DECLINED, State.REFUSED, State.APPROVED, State.WITHDRAWN])
def test_a_dossier_that_ended_says_how(state: State) -> None:
    dossier = making.make_dossier(state)
    text = desk.officer().get(desk.case(dossier, "?tab=visit")).content.decode()
    assert "Kết quả" in text
    if state in {State.DECLINED, State.REFUSED}:
        assert "Phiếu tiêm không khớp danh sách" in text


def test_what_deletes_a_paper_for_good_stands_after_the_verdict_and_the_way_on() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    page = desk.officer().get(desk.case(dossier, "?paper=2")).content.decode()
    assert page.index('value="in_order"') < page.index('data-key="next"') < page.index("/retract/")
