"""The Chairman's side in the browser's words: list, assign, read the case, consent, refuse, send back."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

import plan
from applications import briefings, decision_letters
from applications.models import Decision, Dossier, Opinion
from applications.states import State
from dashboards import case_facts
from dashboards.views import decide
from documents import pdf
from documents.models import Letter
from organisations.models import Permit
from tests import cast
from tests.applications import making
from tests.documents.letters import samples

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=10)


@pytest.fixture(autouse=True)
def clock():
    """The day after the dossiers of `making` came this far."""
    with time_machine.travel(LATER, tick=False):
        yield


def chairman(user=None) -> Client:
    """A client whose person has just given the password."""
    return cast.signed_in(user or cast.make_chairman(), authenticated_at=time.time())


def forwarded() -> Dossier:
    return making.make_dossier(State.FORWARDED)


def page_of(dossier: Dossier, name: str = "decide") -> str:
    return reverse(name, args=[dossier.code])


def consent(dossier: Dossier) -> dict[str, object]:
    return {"advice": making.advice_of(dossier).pk, "kind": "quyet_dinh"}


def test_the_list_shows_what_waits_and_the_whole_case_stands_on_one_page() -> None:
    dossier = forwarded()
    client = chairman()
    assert dossier.code in client.get(reverse("decisions")).content.decode()
    page = client.get(page_of(dossier)).content.decode()
    for words in ("Đồng ý cho hoạt động từ", "12 trên 13 giấy tờ đạt", "Kiểm tra tại cơ sở", "Đồng ý và ký"):
        assert words in page
    assert reverse("letter_preview_page", args=[dossier.code, "quyet_dinh", 1]) in page


def test_a_paper_that_is_not_needed_is_named_and_warns_of_nothing() -> None:
    dossier = forwarded()
    dossier.papers.filter(slot="caterer_information").update(replaced_at=LATER)
    past, day = case_facts.past_of(dossier), plan.local_day(LATER)
    papers = case_facts.evidence(dossier, making.advice_of(dossier), past, on=day)[0]
    assert papers.tone == "ok"
    assert "Không cần, có lý do: Thông tin đơn vị cung cấp suất ăn" in papers.line


def test_other_dossiers_of_the_site_that_came_to_nothing_are_counted_and_never_the_dossier_itself() -> None:
    dossier = forwarded()
    day = plan.local_day(LATER)

    def history() -> str:
        found = Dossier.objects.get(pk=dossier.pk)
        past = case_facts.past_of(found)
        assert [move["name"] for move in past.moves] == [
            "submit", "accept", "propose_team", "assign_team", "conclude_visit", "forward",
        ]  # fmt: skip
        return case_facts.evidence(found, making.advice_of(found), past, on=day)[-1].title

    assert history() == "Không có hồ sơ nào trước đó bị từ chối"
    other = making.make_dossier(State.SUBMITTED, site=cast.make_site(name="Xưởng hai", zone=None))
    Dossier.objects.filter(pk=other.pk).update(site=dossier.site, state=State.DECLINED)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.REFUSED)
    assert history() == "1 hồ sơ trước không được chấp nhận hoặc đã rút"


def test_the_kind_of_letter_that_is_shown_is_the_kind_that_is_signed() -> None:
    dossier = forwarded()
    client = chairman()
    page = client.get(page_of(dossier), {"kind": "cong_van"}).content.decode()
    assert reverse("letter_preview_page", args=[dossier.code, "cong_van", 1]) in page
    assert '<input type="hidden" name="kind" value="cong_van"' in page
    assert client.get(page_of(dossier), {"kind": "<x>"}).status_code == 200
    client.post(page_of(dossier), {**consent(dossier), "kind": "cong_van"})
    assert Decision.objects.get(dossier=dossier).letter.symbol == "UBND-KT"


def test_consent_writes_one_decision_one_permit_and_one_numbered_letter() -> None:
    dossier = forwarded()
    answer = chairman().post(page_of(dossier), consent(dossier))
    assert answer.status_code == 302
    decision = Decision.objects.get(dossier=dossier)
    advice = decision.advice
    assert decision.letter.full_number == "01/QĐ-UBND"
    permit = Permit.objects.get()
    assert (permit.cap, permit.starts_on, permit.mode) == (advice.cap, advice.starts_on, advice.mode)
    page = chairman().get(answer["Location"]).content.decode()
    assert "01/QĐ-UBND" in page


def test_the_letter_is_vietnamese_even_if_the_chairman_reads_the_portal_in_english() -> None:
    dossier = forwarded()
    client = chairman()
    client.cookies["django_language"] = "en"
    client.post(page_of(dossier), consent(dossier))
    assert Letter.objects.get(kind=Letter.Kind.DECISION).data["fields"]["mode"] == "Ba tại chỗ"
    with override("en"):
        advice = making.advice_of(dossier)
        preview = decision_letters.approval(
            dossier, advice=advice, kind="quyet_dinh", by=cast.make_chairman(), at=LATER
        )
    assert preview.mode == "Ba tại chỗ"


def test_a_second_consent_from_an_old_page_says_who_was_first_and_changes_nothing() -> None:
    dossier = forwarded()
    data = consent(dossier)
    chairman().post(page_of(dossier), data)
    answer = chairman(cast.make_vice_chairman()).post(page_of(dossier), data)
    assert answer.status_code == 409
    assert "Trang đã cũ" in answer.content.decode()
    assert (Decision.objects.count(), Letter.objects.filter(kind="decision").count()) == (1, 1)


def test_who_has_not_confirmed_the_password_lately_is_asked_and_the_decision_then_runs() -> None:
    dossier = forwarded()
    client = cast.signed_in(cast.make_chairman(), authenticated_at=time.time() - 600)
    asked = client.post(page_of(dossier), consent(dossier))
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]
    assert not Decision.objects.exists()
    client.post(asked["Location"], {"password": cast.PASSWORD, "next": page_of(dossier)})
    assert Decision.objects.filter(dossier=dossier).exists()


def test_a_vice_chairman_signs_for_the_head() -> None:
    dossier = forwarded()
    chairman(cast.make_vice_chairman()).post(page_of(dossier), consent(dossier))
    fields = Decision.objects.get(dossier=dossier).letter.data["fields"]
    assert fields["signer_lines"] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_the_office_reads_the_case_and_sends_back_but_cannot_decide() -> None:
    dossier = forwarded()
    client = chairman(cast.make_office_clerk())
    page = client.get(page_of(dossier)).content.decode()
    assert "Đồng ý và ký" not in page
    assert client.post(page_of(dossier), consent(dossier)).status_code == 403
    assert client.get(page_of(dossier, "refuse")).status_code == 403
    assert not Decision.objects.exists()
    assert client.post(page_of(dossier, "return"), {"question": "Ca đêm nghỉ ở đâu?"}).status_code == 302
    assert making.fresh(dossier).state == State.INSPECTED


def test_a_question_needs_words() -> None:
    dossier = forwarded()
    answer = chairman().post(page_of(dossier, "return"), {"question": "   "})
    assert answer.status_code == 200
    assert making.fresh(dossier).state == State.FORWARDED


def test_the_preview_is_the_letter_without_number_date_and_code() -> None:
    dossier = forwarded()
    client = chairman()
    preview = client.get(reverse("letter_preview", args=[dossier.code, "quyet_dinh"]))
    assert preview.content.startswith(b"%PDF")
    picture = client.get(reverse("letter_preview_page", args=[dossier.code, "quyet_dinh", 1]))
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(reverse("letter_preview_page", args=[dossier.code, "quyet_dinh", 9])).status_code == 204
    assert client.get(reverse("letter_preview", args=[dossier.code, "thu"])).status_code == 404
    assert cast.signed_in(cast.make_dolisa_officer()).get(
        reverse("letter_preview", args=[dossier.code, "quyet_dinh"])
    ).status_code == 403  # fmt: skip


def test_both_pictures_of_a_preview_asked_at_once_lay_the_letter_out_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings
) -> None:
    settings.VAR, render, laid_out = tmp_path, pdf.render, []

    def counted(html: str) -> bytes:
        laid_out.append(html)
        return render(html)

    monkeypatch.setattr(pdf, "render", counted)
    with ThreadPoolExecutor(2) as threads:
        kept = set(threads.map(decide.preview_file, [samples.DECISION] * 2))
    assert len(laid_out) == len(kept) == 1
    assert kept.pop().read_bytes().startswith(b"%PDF")


def test_assigning_a_team_shows_the_proposal_and_refuses_an_hour_gone_by() -> None:
    dossier = making.make_dossier(State.TEAM_PROPOSED)
    client = chairman(cast.make_office_clerk())
    url = reverse("dossiers:assign_team", args=[dossier.code])
    assert "đề xuất" in client.get(url).content.decode()
    team = cast.make_team()
    gone = client.post(url, {"team": team.pk, "visit_on": "01/10/2021", "visit_hour": "08:00"})
    assert gone.status_code == 422
    assert "Ngày 01/10/2021 đã qua" in gone.content.decode()
    day = f"{(LATER + timedelta(days=1)):%d/%m/%Y}"
    assert client.post(url, {"team": team.pk, "visit_on": day, "visit_hour": "08:00"}).status_code == 302
    moved = making.fresh(dossier)
    assert moved.state == State.TEAM_ASSIGNED
    assert isinstance(moved.visit_planned_at, datetime)
    again = client.get(url).content.decode()
    assert "Hồ sơ đã sang bước khác: chính anh/chị đã phân công tổ kiểm tra cho hồ sơ này" in again
    assert "nhập được giữ" not in again


def test_others_do_not_reach_the_decision() -> None:
    dossier = forwarded()
    owner = cast.signed_in(making.owner_of(dossier))
    for name in ("decide", "refuse", "return"):
        assert owner.get(page_of(dossier, name)).status_code == 403
        assert cast.signed_in(cast.make_zone_officer()).get(page_of(dossier, name)).status_code == 404
    assert owner.get(reverse("decisions")).status_code == 403
    assert owner.get(page_of(dossier, "decided")).status_code == 404


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    rows: int, django_assert_max_num_queries
) -> None:
    for number in range(rows):
        site = cast.make_site(name=f"Cơ sở số {number}", zone=None)
        making.make_dossier(State.FORWARDED, site=site)
    client = chairman()
    client.get(reverse("decisions"))
    with django_assert_max_num_queries(12):
        client.get(reverse("decisions"))


def asked_about(dossier: Dossier, *codes: str) -> None:
    """Opinions of agencies on a dossier: asked the day before, the first of them answered in time."""
    for number, code in enumerate(codes):
        Opinion.objects.create(
            dossier=dossier, agency=cast.agency(code), question=f"Điều hỏi {code}?",
            asked_at=cast.AT, asked_by=cast.make_dolisa_officer(), due_at=LATER - timedelta(hours=2),
            **({} if number else {
                "agrees": False, "answer": "Đề nghị bổ sung nguồn nước.", "answered_at": LATER - timedelta(hours=3),
                "answered_by": cast.make_health(),
            }),
        )  # fmt: skip


def test_the_chairman_reads_what_other_agencies_were_asked_and_what_they_said() -> None:
    dossier = forwarded()
    url = page_of(dossier)
    client = chairman()
    assert "Ý kiến các cơ quan" not in client.get(url).content.decode()
    asked_about(dossier, "DOH", "POL")
    read = client.get(url).content.decode()
    for words in ("Điều hỏi DOH?", "Đề nghị bổ sung nguồn nước.", "Chưa đồng ý", "trả lời đúng hạn",
                  "Điều hỏi POL?", "Trễ hạn"):  # fmt: skip
        assert words in read
    client.post(reverse("signing_session"), {"act": "begin"})
    assert "Điều hỏi DOH?" in client.get(reverse("signing_session"), follow=True).content.decode()
    office = cast.signed_in(cast.make_office_clerk(), authenticated_at=time.time())
    assert "Điều hỏi DOH?" in office.get(page_of(dossier, "briefing")).content.decode()


@pytest.mark.parametrize("codes", [(), ("DOH",), ("DOH", "POL", "UNION", "DPI")])
def test_the_case_page_asks_the_database_as_often_for_many_opinions_as_for_none(
    codes: tuple[str, ...], django_assert_max_num_queries
) -> None:
    dossier = forwarded()
    asked_about(dossier, *codes)
    if len(codes) > 1:
        office = cast.make_office_clerk()
        briefings.write(dossier=dossier, text="Đủ điều kiện", proposal="sign", by=office, at=timezone.now())
    client = chairman()
    client.get(page_of(dossier))
    with django_assert_max_num_queries(12):
        client.get(page_of(dossier))
