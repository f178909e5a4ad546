"""A mistyped address is put right: by the firm until it hands in, then by the agency, which says why."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from applications import place_facts
from applications.models import Dossier
from applications.states import State
from documents.models import Letter
from journal import outbox
from journal.models import AuditEvent
from notices.models import Message
from organisations.models import AdminUnit, Site, User
from tests import cast
from tests.applications import making
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db
LATER = cast.instant("2021-10-20", "09:00")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


def other_commune(site: Site) -> AdminUnit:
    """One of another district, which is in force."""
    rows = AdminUnit.objects.filter(level="commune", valid_to=None).exclude(parent=site.district_id)
    return rows.order_by("code")[0]


def send(user: Any, site: Site, **changes: str) -> Any:
    data = {"name": site.name, "address": site.address, "commune": site.commune_id, **changes}
    return cast.signed_in(user).post(reverse("dossiers:site_facts", args=[site.pk]), data)


def firm(user: Any, site: Site, **changes: str) -> Any:
    address = reverse("dossiers:enterprise_facts", args=[site.enterprise_id])
    return cast.signed_in(user).post(address, {"address": "9 Lê Lợi", "phone": "0294 3862 116", **changes})


def test_its_own_people_put_a_site_right_before_anything_is_handed_in() -> None:
    dossier = making.make_dossier(State.DRAFT)
    site, place = dossier.site, other_commune(dossier.site)
    answer = send(cast.make_colleague(), site, name="Xưởng Ấp 7", address="Ấp 7", commune=place.pk)
    assert answer.url == reverse("site", args=[site.pk])
    site.refresh_from_db()
    assert (site.name, site.address, site.commune, site.district) == (
        "Xưởng Ấp 7",
        "Ấp 7",
        place,
        place.parent,
    )
    event = AuditEvent.objects.get(verb="site.corrected")
    assert (event.fields, event.reason) == (["address", "commune", "name"], "")
    assert list(Dossier.objects.filter(search__contains="xuong ap 7")) == [dossier]
    assert "xuong ap 7" in site.search


def test_once_handed_in_the_firm_is_told_whom_to_call_and_changes_nothing() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    answer = send(making.owner_of(dossier), dossier.site, address="Ấp 7")
    assert answer.status_code == 409
    assert "0294 3555 021" in answer.content.decode()
    assert Site.objects.get(pk=dossier.site_id).address == dossier.site.address
    assert firm(making.owner_of(dossier), dossier.site).status_code == 409
    assert not AuditEvent.objects.filter(verb__endswith=".corrected").exists()


def test_the_agency_gives_a_reason_that_the_enterprise_is_told_and_reads() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    officer, owner = making.officer_of(dossier), making.owner_of(dossier)
    refused = send(officer, dossier.site, address="Ấp 7")
    assert list(refused.context["form"].errors) == ["reason"]
    assert send(officer, dossier.site, address="Ấp 7", reason="Ghi nhầm ấp").status_code == 302
    assert firm(officer, dossier.site, reason="Số cũ đã hủy").status_code == 302
    outbox.drain(now=lambda: LATER, leave=NOT_BOUND)
    told = Message.objects.filter(user=owner, title="Thông tin được sửa").order_by("pk")
    assert [message.path for message in told] == [
        reverse("dossiers:site_facts", args=[dossier.site_id]),
        reverse("dossiers:enterprise_facts", args=[dossier.site.enterprise_id]),
    ]
    assert "Ghi nhầm ấp" in cast.signed_in(owner).get(told[0].path).content.decode()
    assert making.fresh(dossier).site.enterprise.phone == "+842943862116"


def test_who_loses_the_right_between_the_look_and_the_verb_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier, correct = making.make_dossier(State.SUBMITTED), place_facts.correct_site
    officer = making.officer_of(dossier)

    def after_the_post_ended(**given: Any) -> Any:
        officer.posts.update(until=LATER.date() - timedelta(days=1))
        return correct(**given | {"by": User.objects.get(pk=officer.pk)})

    monkeypatch.setattr(place_facts, "correct_site", after_the_post_ended)
    assert send(officer, dossier.site, address="Ấp 7", reason="Ghi nhầm ấp").status_code == 403
    assert making.fresh(dossier).site.address == dossier.site.address


def test_letters_that_are_out_stay_and_the_next_prints_the_new_address() -> None:
    dossier = making.mark_all(making.make_dossier(State.SUBMITTED))
    letters = Letter.objects.filter(dossier_code=dossier.code)
    note = letters.get(kind=Letter.Kind.SUBMISSION)
    assert send(making.officer_of(dossier), dossier.site, address="Ấp 7", reason="Nhầm").status_code == 302
    making.decline(making.fresh(dossier))
    assert letters.get(pk=note.pk).data == note.data
    assert letters.get(kind=Letter.Kind.DECLINE).data["fields"]["address"].startswith("Ấp 7, ")


def test_another_agency_and_another_firm_find_nothing_and_who_only_reads_may_not() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    for person, status in (
        (cast.make_zone_head(), 404), (cast.make_other_enterprise().claimed_by, 404), (cast.make_chairman(), 403)
    ):  # fmt: skip
        assert send(person, dossier.site, address="X", reason="X").status_code == status
        assert firm(person, dossier.site, reason="X").status_code == status


def test_two_sites_of_a_firm_do_not_come_to_one_name() -> None:
    dossier = making.make_dossier(State.DRAFT)
    cast.make_site(name="Xưởng Hai", zone=None)
    answer = send(making.owner_of(dossier), dossier.site, name="xưởng  hai")
    assert answer.context["form"].errors["name"] == ["Doanh nghiệp đã có cơ sở tên này. Đặt tên khác."]


def test_a_site_in_a_park_stays_in_the_parks_district() -> None:
    site = cast.make_site()
    answer = send(site.enterprise.claimed_by, site, commune=other_commune(site).pk)
    assert list(answer.context["form"].errors) == ["commune"]


def test_the_pages_of_site_and_enterprise_lead_to_where_they_are_put_right() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    site, facts = dossier.site, reverse("dossiers:site_facts", args=[dossier.site_id])
    whole = reverse("dossiers:enterprise_facts", args=[site.enterprise_id])
    for person, leads in ((making.owner_of(dossier), True), (making.officer_of(dossier), True), (
        cast.make_chairman(), False
    )):  # fmt: skip
        client = cast.signed_in(person)
        assert (facts in client.get(reverse("site", args=[site.pk])).content.decode()) is leads
        assert (
            whole in client.get(reverse("enterprise", args=[site.enterprise_id])).content.decode()
        ) is leads
