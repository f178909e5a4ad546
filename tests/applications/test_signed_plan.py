"""The signed plan itself (III.1.3.3-b): asked for, read and judged before its papers, the head of the volume."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import filing, guards, lifecycle, receiving, renewing, retracting, supplementing
from applications.binding import gathering
from applications.models import Dossier, Paper
from applications.packing.slots import PLAN
from applications.plan_rows import open_row
from applications.promises import promise
from applications.states import State
from documents.models import Letter
from inspections import visiting
from tests import cast
from tests.applications import desk, making, plan_samples
from tests.applications.unmet import told

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=16)
CLAUSES = {1: "III.1.3.3-b", 2: "III.2.3.3-a"}


@pytest.fixture
def dossier() -> Dossier:
    """A draft with everything but the signed plan."""
    filled = making.fill(making.draft(at=timezone.now()), timezone.now())
    filled.papers.filter(slot=PLAN).delete()
    return filled


@pytest.fixture
def client(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


@pytest.fixture
def submitted() -> Dossier:
    return making.make_dossier(State.SUBMITTED)


def address(dossier: Dossier, name: str, *more: object) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.reference, *more])


def row_of(client: Client, dossier: Dossier, name: str) -> str:
    """What stands beside the links to the plan's page."""
    page = client.get(address(dossier, name)).content.decode()
    found = [match.start() for match in re.finditer(address(dossier, "paper", PLAN), page)]
    assert found, name
    return "".join(page[max(start - 600, 0) : start + 600] for start in found)


def signed(dossier: Dossier) -> Paper:
    return dossier.papers.get(slot=PLAN, replaced_at__isnull=True)


def to_submit(dossier: Dossier) -> list[tuple[str, str, str]]:
    return told(lifecycle.unmet("submit", dossier, by=making.owner_of(dossier), at=cast.AT))


def give_back(dossier: Dossier) -> None:
    receiving.mark_paper(
        paper=signed(dossier), verdict=Paper.Verdict.RETURNED, reason="Trang 2 chưa ký", fix="Ký lại",
        by=making.officer_of(dossier), at=cast.AT,
    )  # fmt: skip


# --- the enterprise ---


@pytest.mark.parametrize("phase", [1, 2])
def test_no_dossier_is_handed_in_without_the_signed_plan(phase: int) -> None:
    draft = making.make_dossier(phase=phase)
    assert to_submit(draft) == []
    filing.take_out(dossier=draft, slot=PLAN, by=making.owner_of(draft), at=cast.AT)
    assert to_submit(making.fresh(draft)) == [("paper", CLAUSES[phase], "papers/plan")]


@pytest.mark.parametrize("name", ["detail", "papers", "check"])
def test_a_draft_shows_that_the_signed_plan_is_due(client: Client, dossier: Dossier, name: str) -> None:
    assert "Bắt buộc" in row_of(client, dossier, name)
    making.put_paper(dossier, PLAN, at=timezone.now())
    assert "1 trang" in row_of(client, dossier, name)


def test_the_check_leads_to_the_page_where_the_plan_is_sent(client: Client, dossier: Dossier) -> None:
    page = client.get(address(dossier, "check")).content.decode()
    assert "Chưa có “Phương án sản xuất, bản đã ký”." in page
    assert f'href="{address(dossier, "paper", PLAN)}?back=check"' in page


def test_a_submitted_dossier_shows_the_signed_plan_too(client: Client, dossier: Dossier) -> None:
    making.put_paper(dossier, PLAN, at=timezone.now())
    making.submit(dossier, timezone.now())
    assert "1 trang" in row_of(client, making.fresh(dossier), "detail")


def test_the_plan_counts_among_what_is_left_to_do(client: Client, dossier: Dossier) -> None:
    page = client.get(address(dossier, "detail")).content.decode()
    assert "13 giấy tờ và phương án" in page
    assert "12 trên 14 đã xong" in page
    assert "Tải lên: Phương án sản xuất, bản đã ký" in page
    assert "1 giấy tờ" in promise(dossier, at=timezone.now()).next_line
    making.put_paper(dossier, PLAN, at=timezone.now())
    assert "13 trên 14 đã xong" in client.get(address(dossier, "detail")).content.decode()
    assert promise(dossier, at=timezone.now()).next_line == "Đã có các giấy tờ bắt buộc; xem lại rồi nộp."


def test_a_plan_signed_without_a_printed_code_is_sent_by_its_own_page(
    client: Client, dossier: Dossier
) -> None:
    url = address(dossier, "paper", PLAN)
    page = client.get(url).content.decode()
    assert "Giấy tờ 0 trên" not in page
    assert address(dossier, "draft", PLAN) in page
    file = SimpleUploadedFile("phuong-an.pdf", making.pdf_bytes(2), "application/pdf")
    assert client.post(url, {"files": [file]}).status_code == 302
    assert signed(dossier).pages == 2
    assert "Rút hẳn bản này" in client.get(url).content.decode()
    retract = client.get(address(dossier, "retract", PLAN, 1))
    assert "Phương án sản xuất" in retract.content.decode()


def test_a_paper_page_leads_on_to_the_plan_while_it_is_missing(client: Client, dossier: Dossier) -> None:
    page = client.get(address(dossier, "paper", "commitment")).content.decode()
    assert page.count(address(dossier, "paper", PLAN)) == 1
    assert "Giấy tờ 13 trên 13" in page


def test_a_dossier_from_before_answers_a_supplement_as_it_is() -> None:
    old = making.from_before_the_plan()
    assert PLAN not in {item["about"] for item in supplementing.items_of(old, parts={}, at=cast.AT)}
    waiting = making.mend(making.request_supplement(old))
    assert to_submit(waiting) == []
    assert making.submit(waiting).state == State.SUBMITTED


def test_a_dossier_from_before_is_led_to_hand_in_and_not_to_a_plan_that_nobody_asks_for() -> None:
    waiting = making.mend(making.request_supplement(making.from_before_the_plan(at=timezone.now())))
    owner = cast.signed_in(making.owner_of(waiting))
    page = owner.get(address(waiting, "detail"))
    assert page.context["next"]["url"] == address(waiting, "check")
    assert "Không đòi" in page.content.decode()


def test_a_plan_that_the_supplement_asks_for_is_what_comes_next() -> None:
    old = making.mark_all(making.from_before_the_plan(at=timezone.now()))
    asked = [supplementing.Asked(PLAN, "Hồ sơ chưa có phương án", "")]
    supplementing.request(
        dossier=making.fresh(old), items=supplementing.items_of(making.fresh(old), asked, parts={}, at=timezone.now()),
        reason="đủ căn cứ", phone="+842943555111", by=making.officer_of(old), at=timezone.now(),
    )  # fmt: skip
    page = cast.signed_in(making.owner_of(old)).get(address(old, "detail"))
    assert page.context["next"]["url"].startswith(address(old, "paper", PLAN))
    assert "Không đòi" not in page.content.decode()


def test_a_plan_that_was_handed_in_cannot_be_left_out_of_the_answer(submitted: Dossier) -> None:
    waiting = making.mend(making.request_supplement(submitted))
    filing.take_out(dossier=waiting, slot=PLAN, by=making.owner_of(waiting), at=cast.AT)
    assert to_submit(waiting) == [("paper", CLAUSES[1], "papers/plan")]


def test_a_returned_plan_is_sent_anew_before_the_dossier_is_handed_in_again(submitted: Dossier) -> None:
    give_back(submitted)
    waiting = making.request_supplement(submitted)
    assert to_submit(waiting) == [("returned", CLAUSES[1], "papers/plan")]
    assert to_submit(making.mend(waiting)) == []


def test_a_renewed_dossier_has_the_plan_of_the_one_that_ended() -> None:
    declined = making.make_dossier(State.DECLINED)
    renewed = renewing.renew(dossier=declined, by=making.owner_of(declined), at=LATER)
    assert signed(renewed).pdf == signed(declined).pdf


# --- the desk ---


def test_the_case_shows_the_plan_first_under_its_own_name(submitted: Dossier) -> None:
    page = desk.officer().get(desk.case(submitted))
    head = page.context["strip"][0]
    assert (head["sign"], head["href"]) == ("PA", "?paper=plan")
    assert head["label"] == "Phương án sản xuất, bản đã ký: chưa xem"
    assert page.context["current"].code == PLAN
    text = page.content.decode()
    assert "Kiểm tra phương án" in text
    assert "Đủ các trang, đúng thứ tự" in text
    assert f"{desk.path('paper_page', submitted, PLAN, 1, 1)}" in text
    assert re.search(r"Giấy tờ chưa xem tiếp theo:\s*1\b", text)
    for query in ("?paper=plan", "?paper=0"):
        assert desk.officer().get(desk.case(submitted, query)).context["current"].code == PLAN


def test_one_goes_to_the_plan_and_on_from_it(submitted: Dossier) -> None:
    def keys(query: str) -> dict[str, str]:
        text = desk.officer().get(desk.case(submitted, query)).content.decode()
        return {key: href for href, key in re.findall(r'href="([^"]+)" data-key="(\w+)"', text)}

    assert keys("?paper=plan")["after"] == "?paper=1"
    assert "before" not in keys("?paper=plan")
    assert keys("?paper=plan")["next"] == "?paper=1"
    assert keys("?paper=1")["before"] == "?paper=plan"
    making.mark_all(submitted)
    signed_again = Paper.objects.filter(pk=signed(submitted).pk)
    signed_again.update(verdict=Paper.Verdict.NONE, verdict_by=None, verdict_at=None)
    assert keys("?paper=13")["next"] == "?paper=plan"


def test_the_plan_is_marked_like_any_paper_and_the_next_unread_one_opens(submitted: Dossier) -> None:
    data = {"paper": signed(submitted).pk, "verdict": "returned", "reason": "Trang 2 chưa ký", "fix": "Ký"}
    answer = desk.officer().post(desk.path("mark", submitted), data)
    assert answer.url == desk.case(submitted, "?paper=1")
    assert signed(submitted).verdict == Paper.Verdict.RETURNED
    text = desk.officer().get(desk.case(submitted, "?paper=plan")).content.decode()
    assert "Phương án sản xuất, bản đã ký: đã trả lại" in text
    assert "Trang 2 chưa ký" in text
    form = desk.officer().get(desk.case(submitted, "?paper=plan&return=1")).content.decode()
    assert 'href="?paper=plan#send-back"' in form


def test_points_of_the_plan_are_ticked_off_and_one_comes_back_to_it(submitted: Dossier) -> None:
    data = {"paper": signed(submitted).pk, "tick": ["1", "3"], "number": "plan"}
    answer = desk.officer().post(desk.path("ticks", submitted), data)
    assert answer.url == desk.case(submitted, "?paper=plan")
    assert list(signed(submitted).ticks.order_by("position").values_list("position", flat=True)) == [1, 3]


def test_the_dossier_is_not_accepted_before_its_plan_is_in_order(submitted: Dossier) -> None:
    making.mark_all(submitted)
    give_back(submitted)
    unmet = guards.papers_in_order(submitted, by=making.officer_of(submitted), at=cast.AT)
    assert told(unmet) == [("paper", CLAUSES[1], PLAN)]
    assert unmet[0].detail == "Phương án sản xuất, bản đã ký: đã trả lại"
    locked = desk.officer().get(desk.case(submitted)).context["acts"][0]
    assert [(each.thing, each.url) for each in locked.unmet] == [
        ("Phương án sản xuất, bản đã ký", "?paper=plan")
    ]
    page = desk.officer().get(desk.path("accept", submitted)).content.decode()
    assert f'href="{desk.case(submitted, "?paper=plan")}"' in page


def test_a_plan_from_nowhere_is_shown_as_missing_and_may_be_asked_for() -> None:
    old = making.mark_all(making.from_before_the_plan())
    page = desk.officer().get(desk.case(old, "?paper=plan"))
    assert page.context["current"].status == "missing"
    assert "Doanh nghiệp chưa nộp giấy tờ này." in page.content.decode()
    assert guards.papers_in_order(old, by=making.officer_of(old), at=cast.AT) == []
    page = desk.officer().get(desk.path("supplement", old)).content.decode()
    assert '<option value="plan">Phương án sản xuất, bản đã ký</option>' in page
    asked = [supplementing.Asked(PLAN, "Hồ sơ chưa có phương án", "")]
    items = supplementing.items_of(old, asked, parts={}, at=cast.AT)
    assert [(item["kind"], item["about"], item["clause"]) for item in items] == [("paper", PLAN, CLAUSES[1])]


def test_form_02_lists_a_returned_plan_first_and_the_answer_is_marked_new(submitted: Dossier) -> None:
    assert supplementing.unread(submitted, at=cast.AT)[0].detail == "Phương án sản xuất, bản đã ký: chưa xem"
    give_back(submitted)
    waiting = making.request_supplement(submitted)
    items = waiting.supplements.get().items
    assert [(item["about"], item["clause"], item["fault"]) for item in items] == [
        (PLAN, CLAUSES[1], "Trang 2 chưa ký")
    ]
    own = cast.signed_in(making.owner_of(waiting)).get(address(waiting, "supplement")).content.decode()
    assert address(waiting, "paper", PLAN) in own
    answered = making.submit(waiting, LATER)
    case = desk.officer().get(desk.case(answered))
    assert case.context["strip"][0]["is_new"]
    assert f'href="{desk.case(answered, "?paper=plan")}"' in case.content.decode()


def test_a_case_with_its_plan_in_view_asks_no_more_than_another(submitted: Dossier) -> None:
    plan_first, letter = (
        desk.queries(desk.officer(), desk.case(submitted, query)) for query in ("?paper=plan", "?paper=1")
    )
    assert plan_first == letter


def test_a_plan_sent_by_mistake_is_withdrawn_and_wanted_anew(submitted: Dossier) -> None:
    page = desk.officer().get(desk.case(submitted, "?paper=plan")).content.decode()
    assert f'href="{address(submitted, "retract", PLAN, 1)}"' in page
    retracting.retract(
        paper=signed(submitted), reason="Của cơ sở khác", by=making.officer_of(submitted), at=LATER
    )
    page = desk.officer().get(desk.case(submitted, "?paper=plan")).content.decode()
    assert "Tệp đã được rút" in page
    items = supplementing.items_of(making.fresh(submitted), parts={}, at=LATER)
    assert [item["about"] for item in items] == [PLAN]


def test_form_01_lists_the_plan_above_the_papers_and_the_page_before_it_says_so(submitted: Dossier) -> None:
    making.mark_all(submitted)
    page = desk.officer().get(desk.path("accept", submitted)).content.decode()
    assert "Phương án và 12 giấy tờ" in page
    making.accept(submitted)
    papers = Letter.objects.get(kind=Letter.Kind.RECEIPT).data["fields"]["papers"]
    assert papers[0]["name"] == "Phương án sản xuất, bản đã ký"
    assert (papers[0]["number"], papers[0]["copies"]) == ("PA", 1)
    assert (papers[1]["number"], papers[1]["name"]) == ("1", "Công văn đề nghị")
    assert len(papers) == 14


# --- those who see it after the desk ---


def test_the_decision_page_says_how_the_signed_plan_stands() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    client = cast.signed_in(cast.make_chairman())
    page = client.get(reverse("decide", args=[dossier.code])).content.decode()
    assert "12 trên 13 giấy tờ đạt" in page
    assert "Phương án đã ký: đạt; Nộp sau: Hợp đồng với cơ sở y tế" in page
    dossier.papers.filter(slot=PLAN).update(verdict=Paper.Verdict.RETURNED)
    assert "Phương án đã ký: chưa đạt" in client.get(reverse("decide", args=[dossier.code])).content.decode()
    dossier.papers.filter(slot=PLAN).delete()
    assert "Chưa có phương án đã ký" in client.get(reverse("decide", args=[dossier.code])).content.decode()


def test_the_team_judges_the_plan_that_was_handed_in() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visit = making.see(dossier, LATER)
    assert visiting.items(dossier, at=LATER)[0][0] == PLAN
    visit.findings.filter(item=PLAN).delete()
    missing = visiting.unmet(visit, by=cast.make_team_leader(), at=LATER)
    assert [(each.code, each.anchor) for each in missing] == [("item", "item-plan")]


# --- the volume ---


def test_the_volume_begins_with_the_signed_plan(submitted: Dossier) -> None:
    parts = gathering.parts_of(submitted, at=cast.AT)
    assert (parts[0].slot, parts[0].clause) == (PLAN, CLAUSES[1])
    assert parts[0].digest == signed(submitted).pdf.sha256


def test_a_plan_that_nobody_has_signed_is_never_bound_in() -> None:
    old = making.submit(making.fill(plan_samples.answered_draft(cast.AT)))
    old.papers.filter(slot=PLAN).delete()
    assert open_row(old) is not None
    assert gathering.parts_of(old, at=cast.AT)[0].slot == "investment_certificate"


def test_a_plan_of_phase_2_stands_under_the_point_of_phase_2() -> None:
    dossier = making.make_dossier(State.SUBMITTED, phase=2)
    assert gathering.parts_of(dossier, at=cast.AT)[0].clause == CLAUSES[2]
