"""The guide: phase, agency, cap and papers from the plan, for anybody, by an address that names nobody."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import plan
from organisations.models import PhaseOpening
from tests import cast

pytestmark = pytest.mark.django_db
GUIDE = reverse("guide")


@pytest.fixture(autouse=True)
def province() -> None:
    cast.load_reference()


def answer(**query: str) -> dict[str, object]:
    response = Client().get(GUIDE, query)
    assert response.status_code == 200
    made: dict[str, object] = response.context["answer"]
    return made


def test_the_questions_need_no_account() -> None:
    response = Client().get(GUIDE)
    assert response.status_code == 200
    assert response.context["answer"] is None
    assert "Tôi phải làm gì?" in response.content.decode()


@pytest.mark.parametrize(("workers", "cap"), [("1", 1), ("2", 1), ("149", 74), ("150", 50), ("1.300", 433)])
def test_the_cap_follows_from_the_number_of_workers(workers: str, cap: int) -> None:
    made = answer(place="zone", workers=workers)
    assert made["cap"].limit == cap  # type: ignore[attr-defined]


@pytest.mark.parametrize(("place", "agency"), [("zone", "EZB"), ("outside", "DOLISA")])
def test_the_agency_follows_from_the_place_with_its_reason(place: str, agency: str) -> None:
    made = answer(place=place, workers="20", district="842", mode="daily")
    assert made["agency"].code == agency  # type: ignore[attr-defined]
    text = Client().get(GUIDE, {"place": place, "workers": "20"}).content.decode()
    assert "Vì sao nộp ở đây?" in text
    assert reverse("plan_clause", args=["III.1.1-l"]) in text


def test_the_plan_and_all_papers_are_named_with_what_they_need_and_their_clause() -> None:
    papers = answer(place="zone", workers="20")["papers"]
    assert [paper["number"] for paper in papers] == list(range(14))  # type: ignore[arg-type]
    assert all(paper["what"] and paper["needs"] and paper["clause_url"] for paper in papers)  # type: ignore[attr-defined]
    text = Client().get(GUIDE, {"place": "zone", "workers": "20"}).content.decode()
    assert "Nộp sau được, trong 7 ngày" in text


def test_in_phase_two_there_is_no_cap_and_no_slips() -> None:
    today = plan.local_day(timezone.now())
    PhaseOpening.objects.create(
        phase=2, opens_on=today, number="1/CT-UBND", signed_on=today, registered_at=timezone.now(),
        registered_by=cast.make_chairman(),
    )  # fmt: skip
    made = answer(place="outside", workers="500")
    assert made["phase"] == 2
    assert made["cap_words"] == "Không giới hạn"
    titles = [paper["title"] for paper in made["papers"]]  # type: ignore[attr-defined]
    assert "Phiếu xác nhận tiêm chủng" not in titles


@pytest.mark.parametrize(
    "query",
    [
        {"place": "zone", "workers": "x"},
        {"place": "zone", "workers": "0"},
        {"place": "zone"},
        {"workers": "20"},
        {"place": "elsewhere", "workers": "20", "district": "99999", "mode": "flying"},
    ],
)
def test_a_bad_answer_is_said_in_plain_words(query: dict[str, str]) -> None:
    response = Client().get(GUIDE, query)
    assert response.status_code == 200
    assert response.context["answer"] is None
    assert "cần sửa" in response.content.decode()
