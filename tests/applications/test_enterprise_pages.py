"""The enterprise's pages in every state: who may read and act, and what an outsider meets."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Dossier
from applications.states import State
from organisations.models import Membership
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db

READ = ("detail", "papers", "check", "submitted", "withdraw", "clock", "timeline")
OWN_ONLY_GET = ("check", "submitted", "withdraw")
POSTS: dict[str, tuple[str, ...]] = {
    "answers": ("production",),
    "paper": ("request_letter",),
    "use_files": ("request_letter",),
    "take_out": ("request_letter",),
    "submit": (),
    "withdraw": (),
    "renew": (),
}


def site() -> object:
    return cast.make_site(name="Cơ sở Càng Long", zone=None, at=timezone.now())


def made(state: str) -> Dossier:
    return making.make_dossier(state, site=site(), at=timezone.now())  # type: ignore[arg-type]


def path(name: str, dossier: Dossier, *more: str) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.reference, *more])


def owner(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_pages_with_holder_and_telephone(state: State) -> None:
    dossier = made(state)
    client = owner(dossier)
    for name in READ:
        response = client.get(path(name, dossier))
        assert response.status_code in {200, 302}, name
        assert not (response.status_code == 302 and name not in {"check", "submitted"})
    page = client.get(path("detail", dossier))
    promise = page.context["promise"]
    text = page.content.decode()
    assert promise.public_name in text
    assert promise.holder_name in text
    assert promise.phone
    assert "tel:" in text
    assert promise.next_line


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DECLINED, State.FORWARDED, State.REFUSED])
def test_the_enterprise_never_reads_the_staff_name(state: State) -> None:
    dossier = made(state)
    Dossier.objects.filter(pk=dossier.pk).update(site=cast.make_site(name="Xưởng hai", zone=None))
    text = owner(dossier).get(path("detail", dossier)).content.decode()
    assert str(state.label) not in text


def test_another_enterprise_meets_404_everywhere() -> None:
    dossier = made(State.SUBMITTED)
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    for name in READ:
        assert stranger.get(path(name, dossier)).status_code == 404, name
    for name, more in POSTS.items():
        assert stranger.post(path(name, dossier, *more)).status_code == 404, name
    assert stranger.get(path("answers", dossier, "production")).status_code == 404


def test_officials_of_another_agency_meet_404() -> None:
    dossier = made(State.SUBMITTED)
    zone = cast.signed_in(cast.make_zone_officer())
    for name in ("check", "submitted", "withdraw", "clock", "timeline"):
        assert zone.get(path(name, dossier)).status_code == 404, name


def test_the_receiving_officer_reads_clock_and_timeline_but_does_not_act_for_the_enterprise() -> None:
    dossier = made(State.SUBMITTED)
    officer = cast.signed_in(cast.make_dolisa_officer())
    assert officer.get(path("clock", dossier)).status_code == 200
    assert officer.get(path("timeline", dossier)).status_code == 200
    for name in OWN_ONLY_GET:
        assert officer.get(path(name, dossier)).status_code == 403, name
    for name, more in POSTS.items():
        assert officer.post(path(name, dossier, *more)).status_code == 403, name
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED


def test_a_draft_does_not_exist_for_officials() -> None:
    dossier = made(State.DRAFT)
    officer = cast.signed_in(cast.make_dolisa_officer())
    for name in READ:
        assert officer.get(path(name, dossier)).status_code == 404, name


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in() -> None:
    dossier = made(State.DRAFT)
    for name in READ:
        response = Client().get(path(name, dossier))
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_who_only_prepares_may_fill_in_and_not_submit() -> None:
    dossier = made(State.DRAFT)
    colleague = cast.signed_in(cast.make_colleague(dossier.site.enterprise, level=Membership.Level.PREPARE))
    page = colleague.get(path("check", dossier))
    assert "Người được nộp" in page.content.decode()
    assert page.context["may_submit"] is False
    assert colleague.post(path("submit", dossier), {"declared": "yes"}).status_code == 403
    assert colleague.post(path("withdraw", dossier)).status_code == 403
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT


def test_a_draft_keeps_its_old_address_after_submission() -> None:
    dossier = made(State.SUBMITTED)
    client = owner(dossier)
    assert client.get(reverse("dossiers:detail", args=[dossier.pk])).status_code == 200
    assert client.get(reverse("dossiers:submitted", args=[dossier.pk])).status_code == 200


@pytest.mark.parametrize("ref", ["01-211005-9999", "khong-co", "00000000-0000-0000-0000-000000000000"])
def test_a_code_that_does_not_exist_is_404(ref: str) -> None:
    client = cast.signed_in(cast.make_enterprise().claimed_by)
    assert client.get(reverse("dossiers:detail", args=[ref])).status_code == 404


def test_a_slot_or_part_that_does_not_exist_is_404() -> None:
    dossier = made(State.DRAFT)
    client = owner(dossier)
    assert client.get(path("paper", dossier, "khong-co")).status_code == 404
    assert client.get(path("answers", dossier, "khong-co")).status_code == 404
    assert client.post(path("use_files", dossier, "khong-co")).status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_thirty(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    now = timezone.now()
    firm = cast.make_enterprise()
    making.draft(cast.make_site(firm, name="Cơ sở 0", zone=None), now)
    client = cast.signed_in(firm.claimed_by)
    url = reverse("dossiers:list")
    with django_assert_max_num_queries(12) as one:  # type: ignore[attr-defined]
        client.get(url)
    for number in range(1, 30):
        making.draft(cast.make_site(firm, name=f"Cơ sở {number}", zone=None), now)
    with django_assert_max_num_queries(len(one)) as thirty:  # type: ignore[attr-defined]
        page = client.get(url)
    assert page.context["page"].paginator.count == 30
    assert len(thirty) == len(one)


def test_the_list_of_every_state_stays_within_twelve_queries(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    now = timezone.now()
    firm = cast.make_enterprise()
    for state in (
        State.DRAFT,
        State.SUPPLEMENT_REQUESTED,
        State.TEAM_ASSIGNED,
        State.INSPECTED,
        State.APPROVED,
    ):
        making.make_dossier(state, site=cast.make_site(firm, name=f"Xưởng {state}", zone=None), at=now)
    client = cast.signed_in(firm.claimed_by)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page = client.get(reverse("dossiers:list"))
    assert len(page.context["rows"]) == 5


def test_one_page_of_a_dossier_stays_within_bounds(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    dossier = made(State.APPROVED)
    client = owner(dossier)
    with django_assert_max_num_queries(18):  # type: ignore[attr-defined]
        assert client.get(path("detail", dossier)).status_code == 200


def test_reading_any_page_leaves_the_dossier_as_it_was() -> None:
    dossier = made(State.DRAFT)
    client = owner(dossier)
    before = Dossier.objects.values().get(pk=dossier.pk)
    for name in READ:
        client.get(path(name, dossier))
    for slot in ("worker_list", "vaccination_slips", "investment_certificate", "caterer_information"):
        assert client.get(path("paper", dossier, slot)).status_code == 200
    for part in ("production", "baseline", "signer"):
        assert client.get(path("answers", dossier, part)).status_code == 200
    assert Dossier.objects.values().get(pk=dossier.pk) == before


def test_a_verb_whose_sign_in_ran_out_comes_back_to_the_page_with_its_button() -> None:
    """After signing in again the browser asks the verb's address by GET."""
    dossier = made(State.DRAFT)
    client = owner(dossier)
    pages = {"submit": path("check", dossier), "renew": path("detail", dossier)}
    for name, back in pages.items():
        assert client.get(path(name, dossier)).url == back  # type: ignore[attr-defined]
    slot = path("paper", dossier, "request_letter")
    for name in ("use_files", "take_out"):
        assert client.get(path(name, dossier, "request_letter")).url == slot  # type: ignore[attr-defined]
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    assert stranger.get(path("submit", dossier)).status_code == 404


def test_a_site_with_an_open_dossier_leads_to_it_and_not_to_a_new_one() -> None:
    dossier = making.draft(at=timezone.now())
    client = cast.signed_in(making.owner_of(dossier))
    site = dossier.site
    for url in (
        reverse("sites"), reverse("enterprise", args=[site.enterprise_id]),
    ):  # fmt: skip
        text = client.get(url).content.decode()
        assert reverse("dossiers:detail", args=[dossier.reference]) in text
        assert f"{reverse('dossiers:new')}?site={site.pk}" not in text
