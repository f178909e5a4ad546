"""What is kept about people goes when its period is over; not before, and not what something else still needs."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import FileField

from applications import renewing, talking
from applications.models import Dossier, Paper
from applications.states import State
from documents import storing
from documents.models import Letter, StoredFile
from journal import outbox
from journal.models import AuditEvent
from notices.models import ThreadEntry
from organisations import invitations, registering
from organisations.models import (
    AccessRequest,
    Invitation,
    Membership,
    MembershipInvitation,
    Permit,
    Post,
    User,
)
from organisations.roles import Role
from restart_portal import expiring
from tests import cast
from tests.applications import making
from tests.restart_portal.test_field_register import registered

pytestmark = pytest.mark.django_db
PERIODS = {name: timedelta(days=days) for name, days in expiring.register()["periods"].items()}
SOON, LONG = PERIODS["unsent"], PERIODS["case_file"]
DAY = timedelta(days=1)
# Tables of these rooms that name people and are in no case file, and why they stay.
KEPT = {
    "applications.BulkAct": "codes and outcomes of the desk's own work",
    "applications.LibraryText": "the agency's own standing texts",
    "applications.PaperPermit": "a letter of the province, as every letter",
    "applications.SavedView": "an officer's own filters",
    "applications.SignerPaper": "of the enterprise, while it is in the register",
    "documents.Letter": "letters are the province's archive",
    "documents.RegisterImport": "of the register, by the agency that brought it",
    "documents.StoredFile": "through the rows that hold it",
    "notices.Delivery": "an error of the mail relay",
    "notices.Message": "one line without a person's name",
    "notices.ThreadEntry": "by the keys of the dossier's two threads",
}


def left_of(dossier: Dossier) -> list[str]:
    """What a case file still says of people: columns that are not empty, files that have bytes."""
    found = []
    for model, path, names in expiring._columns(("contact", "words", "paper")):
        for row in model._base_manager.filter(**{path: dossier.pk}).order_by("pk"):
            for name in names:
                value = getattr(row, name)
                if isinstance(value, StoredFile):
                    value.refresh_from_db()
                    value = value.withdrawn_at is None
                if value and not isinstance(model._meta.get_field(name), FileField):
                    found.append(f"{model._meta.label}.{name}")
    keys = [talking.messages_key(dossier), talking.notes_key(dossier)]
    entries = ThreadEntry.objects.filter(thread__key__in=keys).exclude(text="")
    return found + [f"{entry.thread.key}: {entry.text}" for entry in entries.order_by("pk")]


def expire(at: datetime) -> dict[str, int]:
    with time_machine.travel(at, tick=False):
        return expiring.expire(at=at)


def talked_about(dossier: Dossier) -> Dossier:
    by = making.owner_of(dossier)
    talking.send(dossier=dossier, text="Bà Tiên sẽ đến", sent_key="1", by=by, at=dossier.state_since)
    return dossier


def test_every_table_that_names_people_is_in_the_case_file_or_kept_for_a_reason() -> None:
    rooms = ("applications.", "documents.", "inspections.", "notices.")
    personal = {"contact", "words", "paper"}
    tables = {
        table
        for table, fields in registered().items()
        if table.startswith(rooms) and personal & set(fields.values())
    }
    case_file = {model._meta.label for model in expiring.CASE_FILE}
    assert case_file & set(KEPT) == set()
    assert tables == case_file | set(KEPT)


def test_a_refused_case_file_is_emptied_after_its_period_and_not_a_day_before() -> None:
    dossier = talked_about(making.make_dossier(State.REFUSED))
    over = dossier.state_since + LONG
    before = left_of(dossier)
    for column in (
        "Dossier.signer_name",
        "Paper.pdf",
        "PaperPart.file",
        "Decision.reasons",
        "Visit.firm_person",
    ):
        assert any(each.endswith(column) for each in before), f"{column}: the test would prove nothing"
    assert any("Bà Tiên" in each for each in before)

    assert expire(over)["dossiers"] == 0
    assert left_of(dossier) == before

    counts = expire(over + DAY)
    assert counts["dossiers"] == 1
    assert counts["files"] >= 13
    assert left_of(dossier) == []
    assert making.fresh(dossier).expired_at == over + DAY
    assert AuditEvent.objects.filter(verb="dossier.expired", subject_id=str(dossier.pk)).count() == 1
    assert expire(over + 2 * DAY) == {"dossiers": 0, "files": 0, "invitations": 0, "accounts": 0}


def test_bytes_go_and_digests_stay(django_capture_on_commit_callbacks: Any) -> None:
    dossier = making.make_dossier(State.DECLINED)
    paper = Paper.objects.filter(dossier=dossier, pdf__isnull=False).earliest("pk")
    assert paper.pdf is not None
    file = paper.pdf
    digest = file.sha256
    at = dossier.state_since + LONG + DAY
    expire(at)
    outbox.drain(now=lambda: at)
    file.refresh_from_db()
    assert file.sha256 == digest
    assert not file.content.storage.exists(str(file.content.name))


def test_no_name_of_a_file_stays_that_people_gave_it_also_where_the_bytes_went_before() -> None:
    dossier = making.make_dossier(State.DECLINED)
    paper, other = Paper.objects.filter(dossier=dossier, pdf__isnull=False).order_by("pk")[:2]
    files = StoredFile.objects.filter(pk__in=[paper.pdf_id, other.pdf_id])
    files.update(name="Hợp đồng của bà Tiên.pdf")
    storing.withdraw(files.get(pk=other.pdf_id), by=None, at=dossier.state_since)
    expire(dossier.state_since + LONG + DAY)
    assert set(files.values_list("name", flat=True)) == {"tep.pdf"}


def test_a_draft_that_was_given_up_goes_soon_and_an_open_one_stays() -> None:
    given_up, still_open = making.withdraw(making.make_dossier()), making.make_dossier()
    at = given_up.state_since + SOON + DAY
    assert expire(at)["dossiers"] == 1
    assert left_of(given_up) == []
    assert "applications.Paper.pdf" in left_of(still_open)
    assert making.fresh(still_open).expired_at is None


def test_a_consent_goes_ten_years_after_the_decision_and_its_letter_and_permit_stay() -> None:
    dossier = making.make_dossier(State.APPROVED)
    decision = making.decision_of(dossier)
    over = dossier.state_since + LONG
    assert expire(over)["dossiers"] == 0
    assert expire(over + DAY)["dossiers"] == 1
    assert left_of(dossier) == []
    assert Permit.objects.filter(pk=decision.permit_id, site=dossier.site).exists()
    assert Letter.objects.get(pk=decision.letter_id).abstract


def test_a_paper_that_a_newer_dossier_uses_keeps_its_bytes() -> None:
    old = making.make_dossier(State.DECLINED)
    new = renewing.renew(dossier=old, by=making.owner_of(old), at=old.state_since + DAY)
    shared = Paper.objects.filter(dossier=new, pdf__isnull=False).earliest("pk")
    assert shared.pdf is not None
    expire(old.state_since + LONG + DAY)
    shared.pdf.refresh_from_db()
    assert shared.pdf.withdrawn_at is None
    assert shared.pdf.name != "tep.pdf"
    assert making.fresh(old).expired_at is not None


def test_the_page_of_an_expired_dossier_says_so() -> None:
    dossier = making.make_dossier(State.DECLINED)
    at = dossier.state_since + LONG + DAY
    expire(at)
    owner = making.owner_of(dossier)
    with time_machine.travel(at, tick=False):
        page = cast.signed_in(owner).get(f"/dossiers/{dossier.code}/")
    assert page.status_code == 200
    assert "đã xóa theo thời hạn lưu" in page.content.decode()


def test_an_invitation_that_nobody_took_up_is_deleted_and_one_that_was_stays() -> None:
    agency = cast.make_dolisa_officer().posts_on(cast.AT.date())[0].agency
    common = {
        "agency": agency, "role": "receiving", "title": "Chuyên viên", "since": cast.AT.date(),
        "invited_at": cast.AT, "expires_at": cast.AT + DAY,
    }  # fmt: skip
    Invitation.objects.create(email="a@x.example", full_name="An", token_digest="a" * 64, **common)
    Invitation.objects.create(
        email="b@x.example", full_name="Bê", token_digest="b" * 64, accepted_at=cast.AT, **common
    )
    assert expire(cast.AT + DAY + PERIODS["invitation"])["invitations"] == 0
    assert expire(cast.AT + 2 * DAY + PERIODS["invitation"])["invitations"] == 1
    assert list(Invitation.objects.values_list("full_name", flat=True)) == ["Bê"]


def test_an_account_that_nobody_uses_any_more_loses_its_name_and_one_in_post_keeps_it() -> None:
    gone, in_post, recent = (
        cast.make_official(f"{name}@x.example", name, Role.POLICE, "POL", "Cán bộ")
        for name in ("gone", "post", "recent")
    )
    Post.objects.filter(user__in=(gone, recent)).update(until=cast.AT.date())
    User.objects.filter(pk=recent.pk).update(last_login=cast.AT + 2 * DAY)
    assert EmailAddress.objects.filter(user=gone).exists()
    ended = cast.make_colleague()
    Membership.objects.filter(user=ended).update(ended_at=cast.AT)
    assert expire(cast.AT + PERIODS["account"])["accounts"] == 0
    assert expire(cast.AT + PERIODS["account"] + DAY)["accounts"] == 2
    for user in (gone, ended):
        user.refresh_from_db()
        assert (user.full_name, user.phone, user.is_active) == ("–", "", False)
        assert user.email.endswith(expiring.NOBODY)
        assert not user.has_usable_password()
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert AuditEvent.objects.filter(verb="account.expired").count() == 2
    assert {User.objects.get(pk=each.pk).full_name for each in (in_post, recent)} == {"post", "recent"}
    assert expire(cast.AT + PERIODS["account"] + DAY)["accounts"] == 0


def test_an_account_forgotten_leaves_nothing_in_its_invitations_and_its_asking() -> None:
    site = cast.make_site()
    firm, admin = site.enterprise, cast.make_admin()
    official = invitations.invite_official(
        email="ba.lan@x.example", full_name="Bà Lan", phone="+84912345678", agency=cast.agency("DOLISA"),
        role=Role.RECEIVING, title="Chuyên viên", since=cast.SINCE, by=admin, at=cast.AT,
    )  # fmt: skip
    colleagues = [
        invitations.invite_colleague(
            enterprise=firm, email=email, level="prepare", by=firm.claimed_by, at=cast.AT
        )
        for email in ("be@x.example", "cuc@x.example")
    ]
    typed = {"full_name": "Bà Lan", "phone": "+84912345678", "password": cast.PASSWORD}
    lan, be, cuc = (
        invitations.accept(invitation=each, at=cast.AT + n * DAY, **typed)
        for n, each in enumerate((official, *colleagues))
    )
    registering.ask_access(tax_code=cast.TAX_CODE, note="Bà Lan, kế toán", by=lan, at=cast.AT)
    Post.objects.filter(user=lan).update(until=cast.AT.date())
    Membership.objects.filter(user=be).update(ended_at=cast.AT)
    # A new address; the invitation has the old one.
    User.objects.filter(pk=be.pk).update(email="be-moi@x.example")
    expire(cast.AT + PERIODS["account"] + 2 * DAY)
    assert [User.objects.get(pk=each.pk).is_active for each in (lan, be, cuc)] == [False, False, True]
    said = Invitation.objects.values_list("email", "full_name", "phone", "title")
    assert list(said) == [("", "", "", "")]
    kept = MembershipInvitation.objects.order_by("pk")
    assert list(kept.values_list("email", flat=True)) == ["", "cuc@x.example"]
    assert AccessRequest.objects.get().note == ""


def test_the_command_prints_counts_and_drops_old_sessions(capsys: pytest.CaptureFixture[str]) -> None:
    Session.objects.create(session_key="old", session_data="x", expire_date=cast.AT)
    call_command("expire")
    assert "dossiers: 0" in capsys.readouterr().out
    assert not Session.objects.exists()
