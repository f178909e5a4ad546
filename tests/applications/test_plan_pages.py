"""The questionnaire of the plan and the pages of its papers: kept at every press, never refused for being half done."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import plan
from applications import plan_answers
from applications.forms.plan_parts import SHAPES
from applications.models import Dossier, PlanAnswers
from applications.models.dossier import Caterer
from applications.plan_answers import Answers, Lodging, Member, Rooms, Shift, Team, Vehicles, Work
from applications.plan_rows import open_row
from applications.states import State
from plan import form_sets
from tests import cast
from tests.applications import making, plan_samples
from tests.applications.plan_samples import POSTED

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return making.draft(at=timezone.now())


@pytest.fixture
def client(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


@pytest.fixture
def post(client: Client, dossier: Dossier) -> Callable[..., Any]:
    def send(part: str, do: str = "next", **changes: str) -> Any:
        url = reverse("dossiers:plan_part", args=[dossier.reference, part])
        return client.post(url, {**POSTED.get(part, {}), "do": do, **changes})

    return send


def answers(dossier: Dossier) -> plan_answers.Answers:
    row = open_row(dossier)
    assert row is not None
    return plan_answers.read(row.answers)


def address(dossier: Dossier, name: str, *more: Any) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.reference, *more])


# --- keeping ---


def test_a_part_is_kept_typed_and_leads_to_the_next(post: Callable[..., Any], dossier: Dossier) -> None:
    response = post("work")
    assert response.url == address(dossier, "plan_part", "lodging")
    shift = answers(dossier).work.shifts[0]
    assert (shift.name, f"{shift.starts:%H:%M}", shift.people) == ("Ca sáng", "06:00", 40)
    dossier.refresh_from_db()
    assert dossier.mode == "three_on_site"


def test_phones_are_kept_as_e164_and_shown_as_they_are_dialled(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    post("isolation")
    assert answers(dossier).isolation.keeper_phone == "+84912345102"
    page = client.get(address(dossier, "plan_part", "isolation")).content.decode()
    assert 'value="0912 345 102"' in page


@pytest.mark.parametrize("part", list(SHAPES))
def test_nothing_answered_is_kept_too(post: Callable[..., Any], dossier: Dossier, part: str) -> None:
    empty = dict.fromkeys(POSTED.get(part, {}), "")
    assert post(part, **empty).status_code == 302
    assert open_row(dossier) is not None


def test_what_is_not_understood_is_kept_word_for_word_and_said(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    response = post("isolation", keeper_phone="hỏi cô Vann", rooms="bốn")
    assert response.status_code == 422
    kept = answers(dossier).isolation
    assert (kept.place, kept.beds, kept.rooms, kept.keeper_phone) == ("Nhà kho phía bắc", 4, None, "")
    page = client.get(address(dossier, "plan_part", "isolation")).content.decode()
    assert 'value="hỏi cô Vann"' in page
    assert 'value="bốn"' in page
    assert "không phải số nguyên" in page
    assert "hỏi cô Vann" in client.get(address(dossier, "plan")).content.decode()


def test_a_text_that_is_too_long_or_holds_a_nul_is_kept_and_said(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    long = "Nhà kho " * 60
    assert post("isolation", place=long, rooms="4\0").status_code == 422
    kept = open_row(dossier).unread["isolation"]
    assert kept["place"].strip() == long.strip()
    assert kept["rooms"] == "4"
    assert long.strip() in client.get(address(dossier, "plan_part", "isolation")).content.decode()


def test_a_mended_field_is_no_longer_unread(post: Callable[..., Any], dossier: Dossier) -> None:
    post("isolation", rooms="bốn")
    assert post("isolation").status_code == 302
    assert open_row(dossier).unread["isolation"] == {}


def test_adding_a_row_keeps_everything_and_shows_one_more(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    response = post("team", "add-members", **{"members-1-name": "Ngô Thị Yến", "members-2-name": "Lâm Út"})
    assert len(answers(dossier).team.members) == 3
    page = client.get(response.url.partition("#")[0]).content.decode()
    assert 'name="members-3-name"' in page
    assert 'value="Lâm Út"' in page


def test_dropping_a_row_moves_the_others_up(post: Callable[..., Any], dossier: Dossier) -> None:
    post("team", "drop-members-0", **{"members-1-name": "Ngô Thị Yến", "members-2-name": "Lâm Út"})
    assert [each.name for each in answers(dossier).team.members] == ["Ngô Thị Yến", "Lâm Út"]


def test_a_bad_field_of_a_row_behind_an_empty_one_stays_with_its_row(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    blank = {"members-0-name": "", "members-0-role": "", "members-0-phone": "", "members-0-area": ""}
    post("team", **blank, **{"members-1-name": "Lâm Út", "members-1-phone": "không nhớ"})
    page = client.get(address(dossier, "plan_part", "team")).content.decode()
    assert 'name="members-0-phone" value="không nhớ"' in page


def test_leaving_a_field_saves_without_leaving_the_page(client: Client, dossier: Dossier) -> None:
    url = address(dossier, "plan_part", "work")
    response = client.post(url, {**POSTED["work"], "autosave": "1", "typing-page": "a"})
    assert response.status_code == 200
    text = response.content.decode()
    assert "<html" not in text
    assert "Đã lưu" in text
    assert answers(dossier).work.products == "may mặc"


def test_later_leads_to_the_task_list_which_says_what_is_open(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    assert post("work", "later").url == address(dossier, "detail")
    page = client.get(address(dossier, "detail")).content.decode()
    assert "Phương án sản xuất" in page
    assert "Đang làm" in page or "Xong" in page


def test_the_sum_of_the_shifts_is_held_against_the_cap(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    making.filing.answer(
        dossier=dossier, answers={"baseline": 149, "enterprise_total": 149}, by=making.owner_of(dossier),
        at=timezone.now(),
    )  # fmt: skip
    post("work", **{"shifts-0-people": "80"})
    page = client.get(address(dossier, "plan_part", "work")).content.decode()
    assert "Các ca cộng lại 80 người; tối đa 74 người" in page
    assert "Bớt 6 người" in page
    assert "Vì sao tối đa 74?" in page


def test_tests_may_be_more_often_than_the_plan_asks_but_not_less(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    post("testing", every_days="5")
    assert "không được thưa hơn" in client.get(address(dossier, "plan")).content.decode()
    post("testing", every_days="2")
    assert "không được thưa hơn" not in client.get(address(dossier, "plan")).content.decode()


def test_form_of_production_has_one_source(
    post: Callable[..., Any], client: Client, dossier: Dossier
) -> None:
    post("work", mode="daily")
    form = client.get(address(dossier, "answers", "production")).context["form"]
    assert form.initial["mode"] == "daily"


# --- who and when ---


def test_an_expired_session_leads_back_to_the_same_part(dossier: Dossier) -> None:
    url = address(dossier, "plan_part", "work") + "?shifts=4"
    response = Client().post(url, POSTED["work"])
    assert response.status_code == 302
    assert "next=" in response.url
    assert "shifts" in response.url


def test_the_pages_are_marked_to_keep_what_is_typed_in_the_browser(client: Client, dossier: Dossier) -> None:
    page = client.get(address(dossier, "plan_part", "work")).content.decode()
    assert f'data-keep="plan-work-{dossier.pk}"' in page


def test_a_submitted_dossier_keeps_its_answers_as_they_were_handed_in() -> None:
    at = timezone.now()
    draft = plan_samples.answer_all(making.fill(making.draft(at=at), at), at)
    submitted = making.submit(draft, at)
    frozen = PlanAnswers.objects.get(dossier=submitted, frozen_at__isnull=False)
    assert frozen.dossier_version == submitted.version
    assert plan_answers.read(frozen.answers) == plan_samples.FULL
    assert frozen.rules_digest == submitted.rules_digest
    assert frozen.form_set == submitted.form_set != ""


def test_a_part_sent_after_the_submission_changes_nothing_and_says_so() -> None:
    at = timezone.now()
    submitted = making.make_dossier(State.SUBMITTED, at=at)
    client = cast.signed_in(making.owner_of(submitted))
    response = client.post(address(submitted, "plan_part", "work"), {**POSTED["work"], "do": "next"})
    assert response.status_code == 409
    assert "Trang đã cũ" in response.content.decode()
    assert open_row(submitted) is None


def test_answers_change_again_while_a_supplement_is_asked_and_are_frozen_anew() -> None:
    at = timezone.now()
    draft = plan_samples.answer_all(making.fill(making.draft(at=at), at), at)
    asked = making.request_supplement(making.submit(draft, at), at)
    client = cast.signed_in(making.owner_of(asked))
    assert (
        client.post(address(asked, "plan_part", "isolation"), {"place": "Nơi khác", "do": "next"}).status_code
        == 302
    )
    making.submit(making.fresh(asked), timezone.now())
    frozen = PlanAnswers.objects.filter(dossier=asked, frozen_at__isnull=False).order_by("dossier_version")
    assert [plan_answers.read(row.answers).isolation.place for row in frozen] == [
        plan_samples.FULL.isolation.place, "Nơi khác",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["plan", "drafts"])
def test_the_pages_of_another_enterprise_do_not_exist(dossier: Dossier, name: str) -> None:
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    assert stranger.get(address(dossier, name)).status_code == 404


# --- papers ---


@pytest.fixture
def answered(dossier: Dossier) -> Dossier:
    return plan_samples.answer_all(dossier, timezone.now())


def test_the_list_of_papers_names_the_gaps_and_the_set_of_forms(client: Client, answered: Dossier) -> None:
    page = client.get(address(answered, "drafts")).content.decode()
    assert "Phương án sản xuất gắn với phòng, chống dịch COVID-19" in page
    assert "chỗ trống" in page
    assert "phiên bản 1" in page


HALF = Answers(
    work=Work(shifts=(Shift(name="Ca sáng"),)),
    lodging=Lodging(rooms=(Rooms(place="Nhà nghỉ"),), vehicles=(Vehicles(kind="Xe 29 chỗ"),)),
    team=Team(members=(Member(role="head"), Member(name="Sơn Minh Trí"))),
)


@pytest.mark.parametrize("given", [Answers(), HALF], ids=["nothing", "half"])
@pytest.mark.parametrize("caterer", [Caterer.EXTERNAL, Caterer.IN_HOUSE])
def test_every_blank_of_the_pack_leads_to_the_field_where_it_is_asked(
    client: Client, dossier: Dossier, given: Answers, caterer: str
) -> None:
    plan_samples.answer_all(dossier, timezone.now(), given)
    Dossier.objects.filter(pk=dossier.pk).update(caterer=caterer, signer_name="", mode="")
    pack = client.get(address(dossier, "pack"))
    links, pages = [link for _title, rows in pack.context["blanks"] for link in rows], {}
    assert f"Còn {len(links)} chỗ trống" in pack.content.decode()
    assert len(links) > 20
    for gap in links:
        assert f'href="{gap.url}">{gap.label}</a>' in pack.content.decode()
        page, _hash, field = gap.url.partition("#")
        if page not in pages:
            pages[page] = client.get(page).content.decode()
        assert f'id="{field}"' in pages[page], gap


def test_the_blanks_of_one_paper_lead_to_their_fields_too(client: Client, dossier: Dossier) -> None:
    page = client.get(address(dossier, "draft", "isolation_plan")).content.decode()
    assert f'href="{address(dossier, "plan_part", "isolation")}#id_keeper"' in page


def test_a_paper_is_shown_as_pages_and_given_as_pdf_and_docx(client: Client, answered: Dossier) -> None:
    page = client.get(address(answered, "draft", "commitment"))
    assert "Tải bản đã ký lên" in page.content.decode()
    assert len(page.context["pages"]) >= 2
    picture = client.get(address(answered, "draft_page", "commitment", 1))
    assert picture["Content-Type"] == "image/png"
    assert client.get(address(answered, "draft_pdf", "commitment")).content.startswith(b"%PDF")
    assert client.get(address(answered, "draft_docx", "commitment")).content.startswith(b"PK")
    assert client.get(address(answered, "draft_page", "commitment", 99)).status_code == 404


def test_a_new_answer_makes_a_new_paper_and_drops_the_old_file(
    client: Client, answered: Dossier, settings: Any
) -> None:
    client.get(address(answered, "draft_pdf", "isolation_plan"))
    client.post(address(answered, "plan_part", "isolation"), {"place": "Nơi khác", "do": "next"})
    client.get(address(answered, "draft_pdf", "isolation_plan"))
    folder = Path(settings.VAR) / "drafts" / str(answered.pk)
    assert len(list(folder.glob("isolation_plan-*.pdf"))) == 1


def test_there_is_no_draft_for_a_paper_from_outside(client: Client, answered: Dossier) -> None:
    assert client.get(address(answered, "draft", "investment_certificate")).status_code == 404


def test_the_slot_leads_to_its_draft(client: Client, answered: Dossier) -> None:
    page = client.get(address(answered, "paper", "commitment")).content.decode()
    assert address(answered, "draft", "commitment") in page
    assert (
        "Mở bản soạn sẵn"
        not in client.get(address(answered, "paper", "investment_certificate")).content.decode()
    )


def test_a_newcomer_is_led_to_the_plan_once_the_first_questions_are_answered(
    client: Client, dossier: Dossier
) -> None:
    good = making.answers(dossier, timezone.now())
    making.filing.answer(dossier=dossier, answers=good, by=making.owner_of(dossier), at=timezone.now())
    assert client.get(address(dossier, "detail")).context["next"]["url"] == address(
        dossier, "plan_part", "work"
    )
    plan_samples.answer_all(dossier, timezone.now())
    assert client.get(address(dossier, "detail")).context["next"]["url"] == address(dossier, "drafts")


# --- sets of forms ---


@pytest.fixture
def later_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> date:
    """A second set, issued today."""
    today = plan.local_day(timezone.now())
    first = (form_sets.FOLDER / "tra_vinh_2021.toml").read_text(encoding="utf-8")
    second = first.replace('version = "1"', 'version = "2"').replace("2021-09-01", today.isoformat())
    (tmp_path / "tra_vinh_2021.toml").write_text(first + second, encoding="utf-8")
    monkeypatch.setattr(
        "organisations.plan_in_force.load_form_sets",
        lambda name: form_sets.load_form_sets(name, folder=tmp_path),
    )
    return today


def test_a_later_set_leaves_a_dossier_on_its_own_and_offers_to_move(
    client: Client, answered: Dossier, later_set: date
) -> None:
    assert answered.form_set == "1"
    page = client.get(address(answered, "drafts")).content.decode()
    assert "Đã có bộ biểu mẫu phiên bản 2" in page
    assert "bắt đầu trên phiên bản 1 và vẫn dùng được" in page
    client.post(address(answered, "newest_forms"))
    answered.refresh_from_db()
    assert answered.form_set == "2"
    assert "Đã có bộ biểu mẫu" not in client.get(address(answered, "drafts")).content.decode()


def test_a_dossier_begun_after_a_later_set_is_made_on_it(later_set: date) -> None:
    assert making.draft(at=timezone.now()).form_set == "2"


def test_until_somebody_cooks_only_that_is_asked(client: Client, dossier: Dossier) -> None:
    page = client.get(reverse("dossiers:plan_part", args=[dossier.reference, "meals"])).content.decode()
    assert "Chưa chọn ai nấu ăn" in page
    assert "Chưa ghi tên đơn vị" not in page
