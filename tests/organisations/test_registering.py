"""Claiming an enterprise, adding sites, and the later claimant."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from journal.models import AuditEvent, OutboxRow
from organisations import people, registering
from organisations.models import AccessRequest, Enterprise, Membership, Representative
from tests import cast

pytestmark = pytest.mark.django_db

BAD_TAX_CODES = [
    "", "210012345", "21001234567", "2100123456", "ABCDEFGHIJ", "2100123457-000", "2100123457-1", "0000000000",
    "２１００１２３４５７"[:9],
]  # fmt: skip


def verbs_of(kind: str, subject: Any) -> list[str]:
    rows = AuditEvent.objects.filter(subject_kind=kind, subject_id=str(subject)).order_by("pk")
    return list(rows.values_list("verb", flat=True))


@pytest.mark.parametrize("code", BAD_TAX_CODES)
def test_a_tax_code_that_cannot_exist_is_refused(code: str) -> None:
    with pytest.raises(registering.BadTaxCode):
        registering.clean_tax_code(code)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2100123457", "2100123457"),
        (" 2100 123 457 ", "2100123457"),
        ("2100123457-001", "2100123457-001"),
        ("2100123457001", "2100123457-001"),
    ],
)
def test_a_tax_code_is_kept_in_one_shape(typed: str, kept: str) -> None:
    assert registering.clean_tax_code(typed) == kept


def test_a_claim_makes_its_claimant_the_first_who_may_submit() -> None:
    person = cast.make_person()
    enterprise = cast.make_enterprise(by=person, confirmed=False)
    membership = Membership.objects.get(enterprise=enterprise)
    assert (membership.user, membership.level) == (person, Membership.Level.SUBMIT)
    assert enterprise.confirmed_at is None
    assert Representative.objects.get(enterprise=enterprise).since == date(2021, 10, 14)
    assert verbs_of("enterprise", enterprise.pk) == ["enterprise.claimed"]
    assert OutboxRow.objects.filter(event="enterprise.claimed", subject_id=str(enterprise.pk)).count() == 1


def test_a_tax_code_has_one_enterprise() -> None:
    cast.make_enterprise()
    with pytest.raises(registering.TaxCodeTaken):
        registering.register_enterprise(
            by=cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau"), at=cast.AT, tax_code=cast.TAX_CODE,
            name="Tên khác", address="", province=None, phone="", signer_name="A B", signer_title="C",
            signer_capacity="legal",
        )  # fmt: skip
    assert Enterprise.objects.count() == 1


def test_the_agency_confirms_once() -> None:
    enterprise = cast.make_enterprise(confirmed=False)
    head = cast.make_dolisa_head()
    assert registering.confirm_claim(enterprise=enterprise, by=head, at=cast.AT) is True
    assert registering.confirm_claim(enterprise=enterprise, by=head, at=cast.AT) is False
    assert verbs_of("enterprise", enterprise.pk) == ["enterprise.claimed", "enterprise.confirmed"]


@pytest.mark.parametrize(
    ("zone", "commune", "agency"),
    [
        ("long-duc", "29263", "EZB"),
        ("dinh-an", "29530", "EZB"),
        ("hiep-my-tay", "29455", "DOLISA"),
        (None, "29236", "DOLISA"),
    ],
)
def test_where_a_site_lies_decides_who_receives_it(zone: str | None, commune: str, agency: str) -> None:
    site = cast.make_site(zone=zone, commune=commune)
    assert site.receiving_agency.code == agency
    assert site.district == site.commune.parent
    assert verbs_of("site", site.pk) == ["site.added"]


def test_a_later_claimant_reaches_holders_and_agency_once() -> None:
    enterprise = cast.make_enterprise()
    later = cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau")
    for _ in range(2):
        registering.ask_access(tax_code=cast.TAX_CODE, note="Kế toán", by=later, at=cast.AT)
    asked = AccessRequest.objects.get(enterprise=enterprise)
    assert asked.user == later
    assert OutboxRow.objects.filter(event="access.asked", subject_id=str(asked.pk)).count() == 1


def test_asking_for_what_does_not_exist_or_is_ones_own_leaves_no_trace() -> None:
    person = cast.make_person()
    cast.make_enterprise(by=person)
    registering.ask_access(tax_code=cast.OTHER_TAX_CODE, note="", by=person, at=cast.AT)
    registering.ask_access(tax_code=cast.TAX_CODE, note="", by=person, at=cast.AT)
    assert not AccessRequest.objects.exists()


@pytest.mark.parametrize(("granted", "members"), [(True, 2), (False, 1)])
def test_the_first_answer_to_a_request_counts(granted: bool, members: int) -> None:
    enterprise = cast.make_enterprise()
    later = cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau")
    registering.ask_access(tax_code=cast.TAX_CODE, note="Kế toán", by=later, at=cast.AT)
    asked = AccessRequest.objects.get()
    holder = enterprise.claimed_by
    assert registering.decide_access(asked=asked, granted=granted, level="prepare", by=holder, at=cast.AT)
    assert not registering.decide_access(asked=asked, granted=True, level="submit", by=holder, at=cast.AT)
    assert enterprise.memberships.count() == members


def test_somebody_has_one_open_membership_of_an_enterprise() -> None:
    enterprise = cast.make_enterprise()
    row = {"enterprise": enterprise, "user": enterprise.claimed_by, "level": "prepare", "since": cast.AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**row)


def test_the_last_who_may_submit_cannot_leave() -> None:
    enterprise = cast.make_enterprise()
    cast.make_colleague(enterprise)
    membership = enterprise.memberships.get(user=enterprise.claimed_by)
    with pytest.raises(people.LastSubmitter):
        people.end_membership(membership=membership, by=enterprise.claimed_by, at=cast.AT)
    membership.refresh_from_db()
    assert membership.ended_at is None


def test_one_of_two_who_may_submit_can_leave() -> None:
    enterprise = cast.make_enterprise()
    cast.make_colleague(enterprise, level="submit")
    membership = enterprise.memberships.get(user=enterprise.claimed_by)
    assert people.end_membership(membership=membership, by=enterprise.claimed_by, at=cast.AT) is True
    assert people.end_membership(membership=membership, by=enterprise.claimed_by, at=cast.AT) is False
    assert "membership.ended" in verbs_of("enterprise", enterprise.pk)


def test_a_new_signer_follows_the_old_one_day_by_day() -> None:
    site = cast.make_site()
    enterprise = site.enterprise
    people.set_representative(
        enterprise=enterprise, full_name="Trần  Văn Mới", title="Giám đốc", capacity="legal",
        since=date(2021, 11, 1), by=enterprise.claimed_by, at=cast.instant("2021-11-01"),
    )  # fmt: skip
    assert site.representative_on(date(2021, 10, 31)).full_name == "Lê Thị Mỹ Ẩn"  # type: ignore[union-attr]
    assert site.representative_on(date(2021, 11, 1)).full_name == "Trần Văn Mới"  # type: ignore[union-attr]
    with pytest.raises(people.SignerTooEarly):
        people.set_representative(
            enterprise=enterprise, full_name="A B", title="C", capacity="legal",
            since=date(2021, 10, 20), by=enterprise.claimed_by, at=cast.instant("2021-11-02"),
        )  # fmt: skip


def test_a_signer_written_twice_on_a_day_is_a_correction() -> None:
    enterprise = cast.make_enterprise()
    people.set_representative(
        enterprise=enterprise, full_name="Lê Thị Mỹ Ân", title="Giám đốc", capacity="authorised",
        since=date(2021, 10, 14), by=enterprise.claimed_by, at=cast.AT,
    )  # fmt: skip
    row = Representative.objects.get(enterprise=enterprise)
    assert (row.full_name, row.capacity, row.until) == ("Lê Thị Mỹ Ân", "authorised", None)
