"""The enterprise's home: the next thing first, where each dossier is, what falls due."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import recalling
from applications.road import road, short_moment
from applications.states import State
from organisations.models import AccessRequest
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
HOME = reverse("home")


def test_somebody_without_an_enterprise_is_led_to_claim_one() -> None:
    page = cast.signed_in(cast.make_person("moi@dau-tien.example", "Trần Mới")).get(HOME)
    assert page.status_code == 200
    text = page.content.decode()
    assert reverse("organisations:claim") in text
    assert reverse("guide") in text


def test_an_enterprise_without_a_site_is_led_to_add_one() -> None:
    firm = cast.make_enterprise(confirmed=False)
    text = cast.signed_in(firm.claimed_by).get(HOME).content.decode()
    assert reverse("organisations:new_site") in text
    assert "đang xác nhận doanh nghiệp" in text


def test_an_enterprise_with_a_site_is_led_to_begin() -> None:
    site = cast.make_site()
    text = cast.signed_in(site.enterprise.claimed_by).get(HOME).content.decode()
    assert reverse("dossiers:new") in text
    assert text.count("step-n is-done") == 2  # the enterprise and its site


def test_a_dossier_taken_back_can_be_begun_again_from_home() -> None:
    now = timezone.now()
    dossier = making.withdraw(making.make_dossier(State.SUBMITTED, at=now), now)
    text = cast.signed_in(making.owner_of(dossier)).get(HOME).content.decode()
    assert f"Đã rút hồ sơ {dossier.site.name}" in text
    assert reverse("dossiers:detail", args=[dossier.reference]) in text
    stages = road(dossier, stages=[], at=now)
    assert [stage.state for stage in stages][:2] == ["done", ""]
    assert stages[0].line == short_moment(dossier.submitted_at)


def test_what_asks_for_the_enterprise_comes_first_and_holds_the_one_filled_button() -> None:
    now = timezone.now()
    firm = cast.make_enterprise()
    for state in (State.FORWARDED, State.DRAFT, State.SUPPLEMENT_REQUESTED):
        making.make_dossier(state, site=cast.make_site(firm, name=f"Xưởng {state}", zone=None), at=now)
    page = cast.signed_in(firm.claimed_by).get(HOME)
    assert page.context["first"]["dossier"].state == State.SUPPLEMENT_REQUESTED
    assert page.content.decode().count('class="btn btn-primary"') == 1
    roads = [each["dossier"].state for each in page.context["roads"]]
    assert sorted(roads) == [State.FORWARDED, State.SUPPLEMENT_REQUESTED]
    assert [task.label for task in page.context["tasks"]] == ["Xưởng draft", "Mời người cùng làm"]


def test_the_side_column_says_until_when_with_whom_and_the_telephone() -> None:
    dossier = making.make_dossier(State.ACCEPTED, at=timezone.now())
    text = cast.signed_in(making.owner_of(dossier)).get(HOME).content.decode()
    assert "Thời hạn" in text
    assert "Sở Lao động - Thương binh và Xã hội" in text
    assert "0294 3555 021" in text
    assert reverse("dossiers:clock", args=[dossier.code]) in text


def test_a_site_that_may_run_shows_its_permit_and_what_falls_due() -> None:
    dossier = making.make_dossier(State.APPROVED, at=timezone.now())
    page = cast.signed_in(making.owner_of(dossier)).get(HOME)
    text = page.content.decode()
    assert "Được hoạt động từ" in text
    assert "Nghĩa vụ sắp đến hạn" in text
    dues = [duty.due_at for duty in page.context["duties"]]
    assert dues == sorted(dues)
    assert dues


def test_a_decision_leads_with_its_number_and_the_letter_to_open() -> None:
    dossier = making.make_dossier(State.APPROVED, at=timezone.now())
    page = cast.signed_in(making.owner_of(dossier)).get(HOME)
    text = page.content.decode()
    letter = dossier.decision.letter
    assert "Đã có quyết định" in text
    assert text.index("Đã có quyết định") < text.index("Không còn hồ sơ nào chờ")
    assert letter.full_number in page.context["decided"]["line"]
    assert page.context["decided"]["url"] == reverse("documents:letter", args=[letter.pk])
    assert text.count('class="btn btn-primary"') == 1


def test_people_who_ask_to_join_are_a_task() -> None:
    dossier = making.draft()
    asker = cast.make_person("xin-vao@anh-duong.example", "Người Xin")
    AccessRequest.objects.create(enterprise=dossier.site.enterprise, user=asker, asked_at=cast.AT)
    page = cast.signed_in(making.owner_of(dossier)).get(HOME)
    assert "Trả lời người xin vào doanh nghiệp" in [task.label for task in page.context["tasks"]]
    assert "Người Xin" not in page.content.decode()


def test_nothing_of_another_enterprise_is_on_it() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    stranger = cast.make_other_enterprise().claimed_by
    text = cast.signed_in(stranger).get(HOME).content.decode()
    assert dossier.site.name not in text
    assert dossier.code not in text


def test_ten_dossiers_ask_as_many_questions_as_one(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    firm = cast.make_enterprise()
    making.draft(cast.make_site(firm, name="Xưởng 0", zone=None))
    client: Client = cast.signed_in(firm.claimed_by)
    with django_assert_max_num_queries(16) as one:  # type: ignore[attr-defined]
        client.get(HOME)
    for number in range(1, 10):
        making.draft(cast.make_site(firm, name=f"Xưởng {number}", zone=None))
    with django_assert_max_num_queries(len(one)):  # type: ignore[attr-defined]
        client.get(HOME)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.APPROVED, "Cơ sở không được hoạt động theo văn bản ấy nữa"),
        (State.REFUSED, "Văn bản không đồng ý ấy không còn hiệu lực"),
    ],
)
def test_a_recalled_letter_leads_the_page_and_says_that_nothing_is_asked_and_whom_to_call(
    state: State, words: str
) -> None:
    now = timezone.now()
    firm = cast.make_enterprise()
    making.make_dossier(State.APPROVED, site=cast.make_site(firm, name="Xưởng khác", zone=None), at=now)
    making.make_dossier(State.DRAFT, site=cast.make_site(firm, name="Xưởng nháp", zone=None), at=now)
    dossier = making.make_dossier(state, site=cast.make_site(firm, name="Xưởng dừa", zone=None), at=now)
    recalling.recall(
        dossier=dossier, reason="Ghi nhầm số người", by=cast.make_chairman(), at=dossier.state_since
    )
    client = cast.signed_in(firm.claimed_by)
    home = client.get(HOME)
    assert home.context["first"]["dossier"] == dossier
    assert home.context["decided"] is None
    page = client.get(reverse("dossiers:detail", args=[dossier.reference]))
    for text in (home.content.decode(), page.content.decode()):
        assert "Văn bản đã thu hồi, đang xét lại" in text
        assert words in text
        assert "Anh/chị chưa phải làm gì thêm" in text
        assert "cần hỏi thì gọi Sở" in text
    assert "Văn bản cho Xưởng dừa đã được thu hồi" in home.content.decode()


def test_a_recalled_letter_is_told_behind_what_asks_for_the_enterprise_too() -> None:
    now = timezone.now()
    firm = cast.make_enterprise()
    making.make_dossier(
        State.SUPPLEMENT_REQUESTED, site=cast.make_site(firm, name="Xưởng hỏi", zone=None), at=now
    )
    dossier = making.make_dossier(
        State.APPROVED, site=cast.make_site(firm, name="Xưởng dừa", zone=None), at=now
    )
    recalling.recall(dossier=dossier, reason="Ghi nhầm", by=cast.make_chairman(), at=dossier.state_since)
    home = cast.signed_in(firm.claimed_by).get(HOME)
    assert home.context["first"]["dossier"].state == State.SUPPLEMENT_REQUESTED
    [told] = [task for task in home.context["tasks"] if task.label == "Xưởng dừa"]
    assert told.tag.text == "Văn bản đã thu hồi, đang xét lại"
    assert "Anh/chị chưa phải làm gì thêm" in told.hint
