"""A permit entered from paper: shown wherever the site's permits are, and no second dossier is opened beside it."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from applications import counter, filing, guards, paper_permits, renewing
from applications.models import Dossier, PaperPermit
from applications.states import State
from applications.unmet import Refused
from organisations.models import Permit, Site
from tests import cast
from tests.applications import desk, making

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=16)
NUMBER = "2156/QĐ-UBND"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


def entered(site: Site, **terms: Any) -> PaperPermit:
    """A permit of the site, as its desk enters it."""
    by = cast.make_dolisa_officer()
    given: dict[str, Any] = {
        "number": NUMBER, "signed_on": date(2021, 10, 5), "signer": "Võ Thanh Bình", "paper_dossier": "",
        "starts_on": date(2021, 10, 6), "cap": 100, "baseline": 300, "mode": "three_on_site", "until": None,
    }  # fmt: skip
    return paper_permits.enter(
        firm={"tax_code": site.enterprise.tax_code}, site=site, terms=given | terms,
        scan=making.stored_pdf(by=by, at=LATER), by=by, at=LATER,
    )  # fmt: skip


def permitted_site() -> Site:
    site = cast.make_site(zone=None)
    entered(site)
    return site


def test_the_enterprise_that_is_permitted_on_paper_is_told_so_instead_of_given_a_dossier() -> None:
    site = permitted_site()
    client = cast.signed_in(site.enterprise.claimed_by)
    answer = client.post("/dossiers/new/", {"site": str(site.pk)})
    assert answer.status_code == 422
    text = answer.content.decode()
    for words in (NUMBER, "05/10/2021", "nhập từ giấy", "không cần hồ sơ mới"):
        assert words in text
    assert "Chọn cơ sở rồi bấm lại" not in text
    assert not Dossier.objects.exists()


def test_the_counter_and_a_renewal_are_refused_as_well() -> None:
    ended = making.make_dossier(State.REFUSED)
    entered(ended.site)
    with pytest.raises(Refused):
        renewing.renew(dossier=ended, by=making.owner_of(ended), at=LATER)
    answer = cast.signed_in(making.owner_of(ended)).post(f"/dossiers/{ended.code}/renew/", follow=True)
    assert NUMBER in answer.content.decode()
    ended.site.enterprise.memberships.update(
        ended_at=LATER
    )  # as a firm without account, which comes to the counter
    bearer = {"bearer": "staff", "bearer_name": "Kim Sô Phia", "bearer_phone": "+84912345678", "note": ""}
    with pytest.raises(Refused) as refused:
        counter.open_filing(
            firm={"tax_code": ended.site.enterprise.tax_code}, site=ended.site, bearer=bearer,
            by=PaperPermit.objects.get().entered_by, at=LATER,
        )  # fmt: skip
    assert {each.code for each in refused.value.unmet} == {"permitted"}


def test_a_draft_begun_before_is_kept_but_not_handed_in() -> None:
    draft = making.draft(cast.make_site(zone=None))
    entered(draft.site)
    assert filing.create_draft(site=draft.site, phase=1, by=making.owner_of(draft), at=LATER) == draft
    unmet = guards.submission(draft, by=making.owner_of(draft), at=LATER)
    assert "permitted" in {each.code for each in unmet}


@pytest.mark.parametrize("changes", [{"phase": 2}, {"until": date(2021, 10, 10)}])
def test_another_phase_and_a_permit_that_has_ended_leave_the_way_open(changes: dict[str, Any]) -> None:
    site = permitted_site()
    Permit.objects.update(**changes)
    assert (
        filing.create_draft(site=site, phase=1, by=site.enterprise.claimed_by, at=LATER).state == State.DRAFT
    )


def test_the_home_shows_the_permit_and_says_that_it_was_entered_from_paper(
    django_assert_max_num_queries,
) -> None:
    site = permitted_site()
    client = cast.signed_in(site.enterprise.claimed_by)
    with django_assert_max_num_queries(16):
        text = client.get("/home/").content.decode()
    for words in (NUMBER, "Nhập từ giấy", "Được hoạt động từ 06/10/2021", "Nghĩa vụ sắp đến hạn"):
        assert words in text
    page = client.get(f"/sites/permits/{PaperPermit.objects.get().pk}/")
    assert page.status_code == 200


def test_the_case_and_the_decision_name_the_permit() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    entered(dossier.site)
    case = desk.officer().get(desk.case(dossier, "?tab=answers")).content.decode()
    assert f"{NUMBER} ngày 05/10/2021, nhập từ giấy" in case
    chairman = cast.signed_in(cast.make_chairman(), authenticated_at=time.time())
    assert f"số {NUMBER}, nhập từ giấy" in chairman.get(f"/dossiers/{dossier.code}/decide/").content.decode()


@pytest.mark.parametrize(
    ("terms", "words", "looks"),
    [
        ({}, "giai đoạn 1, từ 06/10/2021", "wait"),
        ({"until": date(2021, 12, 31)}, "giai đoạn 1, từ 06/10/2021 đến hết 31/12/2021", "wait"),
        (
            {"until": date(2021, 10, 10)},
            "giai đoạn 1, từ 06/10/2021, đã hết hiệu lực sau ngày 10/10/2021",
            "ok",
        ),
        ({"phase": 2}, "giai đoạn 2, từ 06/10/2021", "ok"),
    ],
)
def test_who_decides_reads_the_phase_and_the_end_of_a_permit_on_paper(
    terms: dict[str, Any], words: str, looks: str, django_assert_max_num_queries
) -> None:
    dossier = making.make_dossier(State.FORWARDED)
    entered(dossier.site)
    Permit.objects.update(**terms)
    chairman = cast.signed_in(cast.make_chairman(), authenticated_at=time.time())
    with django_assert_max_num_queries(12):
        page = chairman.get(f"/dossiers/{dossier.code}/decide/")
    line = page.context["evidence"][-1]
    assert (line.line, line.tone) == (words, looks)
    case = desk.officer().get(desk.case(dossier, "?tab=answers")).content.decode()
    assert f"nhập từ giấy: {words}<" in case


def test_the_register_of_the_office_and_its_file_hold_the_permit_apart() -> None:
    permitted_site()
    office = cast.signed_in(cast.make_office_clerk())
    assert f">{NUMBER}</a>" in office.get("/letters/register/").content.decode()
    lines = b"".join(office.get("/letters/register/?export=csv").streaming_content).decode().splitlines()
    assert NUMBER in lines[-1]
    assert lines[-1].endswith("nhập từ giấy")
    assert NUMBER not in office.get("/letters/register/?year=2022").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_permits_from_paper_costs_the_same_for_one_and_thirty(
    count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        entered(cast.make_site(name=f"Xưởng {number}", zone=None), number=f"{2156 + number}/QĐ-UBND")
    client = cast.signed_in(cast.make_dolisa_officer())
    client.get("/sites/permits/")
    with django_assert_max_num_queries(9):
        text = client.get("/sites/permits/").content.decode()
    assert text.count("/QĐ-UBND") >= count
