"""The Office's ways to a signature: on paper, for many at once, by authorisation."""

from datetime import timedelta

import pytest

import plan
from applications import deciding, deciding_many, paper_signing
from applications.models import Decision, Dossier, PaperSignature
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
from documents.models import Letter, LetterSite, StoredFile
from documents.reading import status_of
from journal import outbox
from notices.models import Message
from organisations.models import Authorisation, Permit
from tests import cast
from tests.applications import making
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db
LATER = cast.AT + 20 * making.HOUR
TODAY = plan.local_day(LATER)


def advice_of(dossier: Dossier):
    return dossier.advices.select_related("dossier__site__enterprise", "dossier__receiving_agency").get(
        voided_at__isnull=True
    )


def signed_on_paper(
    dossier: Dossier, *, number: int = 1912, verdict: str = "approved", **changed
) -> PaperSignature:
    clerk = cast.OFFICIALS["office_clerk"]()
    given = {
        "dossier": dossier, "advice": advice_of(dossier), "verdict": verdict, "number": number, "dated": TODAY,
        "kind": "quyet_dinh" if verdict == "approved" else "thong_bao", "signer": cast.OFFICIALS["chairman"](),
        "reasons": [] if verdict == "approved" else making.REASONS, "by": clerk, "at": LATER,
        "scan": making.stored_pdf(by=clerk, at=LATER, name="da-ky.pdf"),
    }  # fmt: skip
    return paper_signing.keep(**{**given, **changed})


# --- signatures on paper ---


def test_a_signature_on_paper_decides_for_its_signer_and_the_scan_is_the_letter() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    kept = signed_on_paper(dossier)
    decision = paper_signing.issue(signature=kept, by=kept.by, at=LATER)
    assert (decision.decided_by, decision.recorded_by) == (kept.signer, kept.by)
    assert decision.letter.full_number == "1912/QĐ-UBND"
    assert (decision.letter.pdf, decision.letter.sha256) == (kept.scan, kept.scan.sha256)
    assert decision.permit.starts_on == kept.advice.starts_on
    assert making.fresh(dossier).state == State.APPROVED
    assert not PaperSignature.objects.exists()
    outbox.drain(now=lambda: LATER, leave=NOT_BOUND)
    decision.letter.refresh_from_db()
    assert decision.letter.pdf == kept.scan
    assert Message.objects.filter(user=dossier.submitted_by, line__contains="1912/QĐ-UBND").exists()


def test_a_refusal_on_paper_needs_its_reasons() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    kept = signed_on_paper(dossier, verdict="refused", reasons=[])
    with pytest.raises(Refused):
        paper_signing.issue(signature=kept, by=kept.by, at=LATER)
    kept = signed_on_paper(dossier, verdict="refused")
    decision = paper_signing.issue(signature=kept, by=kept.by, at=LATER)
    assert (decision.letter.full_number, decision.permit) == ("1912/TB-UBND", None)
    assert making.fresh(dossier).state == State.REFUSED


def test_only_the_office_records_and_the_signer_held_the_post_that_day() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    with pytest.raises(NotAllowed):
        signed_on_paper(dossier, by=cast.OFFICIALS["chairman"]())
    for changed in (
        {"signer": cast.OFFICIALS["dolisa_head"]()},
        {"dated": TODAY + timedelta(days=1)},
        {"dated": TODAY - timedelta(days=30)},
    ):
        kept = signed_on_paper(dossier, **changed)
        with pytest.raises(Refused):
            paper_signing.issue(signature=kept, by=kept.by, at=LATER)
    assert making.fresh(dossier).state == State.FORWARDED
    assert not Letter.objects.filter(kind=Letter.Kind.DECISION).exists()


def test_two_clerks_issue_one_letter() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    kept = signed_on_paper(dossier)
    paper_signing.issue(signature=kept, by=kept.by, at=LATER)
    with pytest.raises(Stale):
        paper_signing.issue(signature=kept, by=kept.by, at=LATER)
    assert Decision.objects.count() == 1


def test_a_paper_recorded_after_its_start_is_judged_by_the_day_it_was_signed() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    late = LATER + timedelta(days=60)
    kept = signed_on_paper(dossier, at=late)
    assert kept.advice.starts_on < plan.local_day(late)
    decision = paper_signing.issue(signature=kept, by=kept.by, at=late)
    assert decision.permit.starts_on == kept.advice.starts_on


def test_a_paper_typed_anew_does_not_go_out_as_it_was_read_before() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    read = signed_on_paper(dossier)
    signed_on_paper(dossier, number=1913)
    with pytest.raises(Stale):
        paper_signing.issue(signature=read, by=read.by, at=LATER)
    assert making.fresh(dossier).state == State.FORWARDED


# --- for many at once ---


def many(count: int) -> list[Dossier]:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(count)]
    return [making.make_dossier(State.FORWARDED, site=site) for site in sites]


def test_one_document_decides_many_and_each_enterprise_finds_its_letter() -> None:
    dossiers, chairman = many(3), cast.OFFICIALS["chairman"]()
    advices = [advice_of(dossier) for dossier in dossiers]
    decisions = deciding_many.approve_many(advices=advices, kind="quyet_dinh", by=chairman, at=LATER)
    (letter,) = {decision.letter for decision in decisions}
    assert [item["dossier_code"] for item in letter.data["fields"]["items"]] == [d.code for d in dossiers]
    assert LetterSite.objects.filter(letter=letter).count() == 3
    assert Permit.objects.count() == 3
    owner = dossiers[0].submitted_by
    assert letter in Letter.objects.visible_to(owner, on=TODAY)
    stranger = cast.make_other_enterprise().claimed_by
    assert letter not in Letter.objects.visible_to(stranger, on=TODAY)
    outbox.drain(now=lambda: LATER, leave=NOT_BOUND)
    letter.refresh_from_db()
    assert letter.pdf is not None
    assert status_of(letter, on=TODAY).words == "Chưa đến ngày hiệu lực"


def test_an_advice_that_changed_meanwhile_stops_the_whole_document() -> None:
    dossiers, chairman = many(2), cast.OFFICIALS["chairman"]()
    advices = [advice_of(dossier) for dossier in dossiers]
    deciding.send_back(dossier=dossiers[1], question="Làm rõ", by=chairman, at=LATER)
    with pytest.raises(Stale):
        deciding_many.approve_many(advices=advices, kind="quyet_dinh", by=chairman, at=LATER)
    assert making.fresh(dossiers[0]).state == State.FORWARDED
    assert not Letter.objects.filter(kind=Letter.Kind.DECISION).exists()


def test_advices_of_another_start_cannot_share_a_document() -> None:
    advices = [advice_of(dossier) for dossier in many(2)]
    advices[1].starts_on += timedelta(days=1)
    assert [each.code for each in deciding_many.together(advices)] == ["start"]
    assert [each.code for each in deciding_many.together(advices[:1])] == ["count"]


def annexed_on_paper(
    dossiers: list[Dossier], *, number: int = 1912, scan: StoredFile | None = None
) -> list[PaperSignature]:
    clerk = cast.OFFICIALS["office_clerk"]()
    return paper_signing.keep_many(
        advices=[advice_of(dossier) for dossier in dossiers], kind="quyet_dinh", number=number, dated=TODAY,
        signer=cast.OFFICIALS["chairman"](),
        scan=scan or making.stored_pdf(by=clerk, at=LATER, name="phu-luc.pdf"), by=clerk, at=LATER,
    )  # fmt: skip


def test_a_paper_with_an_annex_decides_for_all_and_its_scan_is_the_letter() -> None:
    dossiers = many(3)
    rows = annexed_on_paper(dossiers)
    decisions = paper_signing.issue_many(signatures=rows, by=rows[0].by, at=LATER)
    (letter,) = {decision.letter for decision in decisions}
    assert letter.full_number == "1912/QĐ-UBND"
    assert (letter.pdf, letter.recorded_by, letter.signer_name) == (rows[0].scan, rows[0].by, "Võ Thanh Bình")
    assert {(each.decided_by, each.recorded_by) for each in decisions} == {(rows[0].signer, rows[0].by)}
    assert [item["dossier_code"] for item in letter.data["fields"]["items"]] == [d.code for d in dossiers]
    assert (LetterSite.objects.filter(letter=letter).count(), Permit.objects.count()) == (3, 3)
    assert {making.fresh(each).state for each in dossiers} == {State.APPROVED}
    assert not PaperSignature.objects.exists()
    outbox.drain(now=lambda: LATER, leave=NOT_BOUND)
    assert Message.objects.filter(user=dossiers[0].submitted_by, line__contains="1912/QĐ-UBND").exists()


def test_a_paper_with_an_annex_goes_out_whole_or_not_at_all() -> None:
    dossiers = many(3)
    taken = signed_on_paper(dossiers.pop())
    paper_signing.issue(signature=taken, by=taken.by, at=LATER)
    rows = annexed_on_paper(dossiers)
    with pytest.raises(Refused) as refused:
        paper_signing.issue_many(signatures=rows, by=rows[0].by, at=LATER)
    assert refused.value.unmet[0].anchor == "number"
    rows = annexed_on_paper(dossiers, number=1913)
    with pytest.raises(Stale):
        paper_signing.issue(signature=rows[0], by=rows[0].by, at=LATER)
    making.send_back(dossiers[1], LATER)
    with pytest.raises(Stale):
        paper_signing.issue_many(signatures=rows, by=rows[0].by, at=LATER)
    assert making.fresh(dossiers[0]).state == State.FORWARDED
    assert Letter.objects.filter(kind=Letter.Kind.DECISION).count() == 1


def test_a_paper_typed_anew_takes_the_place_of_every_paper_that_named_one_of_its_dossiers() -> None:
    dossiers = many(3)
    rows = annexed_on_paper(dossiers)
    signed_on_paper(dossiers[0], number=1913)
    assert [row.dossier for row in PaperSignature.objects.all()] == [dossiers[0]]
    rows[0].scan.refresh_from_db()
    assert rows[0].scan.withdrawn_at == LATER
    with pytest.raises(Stale):
        paper_signing.issue_many(signatures=rows, by=rows[0].by, at=LATER)
    with pytest.raises(Refused):
        annexed_on_paper(dossiers[:1])


def test_a_paper_kept_again_for_other_dossiers_names_those_alone() -> None:
    dossiers = many(4)
    scan = annexed_on_paper(dossiers[:2])[0].scan
    annexed_on_paper(dossiers[2:], number=1913, scan=scan)
    rows = paper_signing.of_scan(scan.pk)
    assert [(row.dossier, row.number) for row in rows] == [(dossiers[2], 1913), (dossiers[3], 1913)]
    scan.refresh_from_db()
    assert scan.withdrawn_at is None


def test_a_scan_that_waited_at_one_dossier_and_is_kept_for_others_outlives_that_dossier() -> None:
    *dossiers, unticked = many(3)
    clerk = cast.OFFICIALS["office_clerk"]()
    scan = making.stored_pdf(by=clerk, at=LATER, name="phu-luc.pdf")
    paper_signing.wait(dossier=unticked, scan=scan, by=clerk, at=LATER)
    annexed_on_paper(dossiers, scan=scan)
    assert not unticked.uploads.exists()
    making.withdraw(unticked, LATER)
    scan.refresh_from_db()
    assert scan.withdrawn_at is None


# --- by authorisation ---


def authorise(**changed) -> Authorisation:
    given = {
        "holder": cast.OFFICIALS["dolisa_head"](), "agency": cast.agency("DOLISA"), "number": "12/GUQ-UBND",
        "signed_on": TODAY, "since": TODAY, "until": TODAY + timedelta(days=30), "registered_at": LATER,
        "registered_by": cast.OFFICIALS["office_clerk"](),
    }  # fmt: skip
    return Authorisation.objects.create(**{**given, **changed})


def test_the_head_of_the_agency_refuses_by_authorisation_and_never_approves() -> None:
    dossier, head = making.make_dossier(State.FORWARDED), cast.OFFICIALS["dolisa_head"]()
    advice = advice_of(dossier)
    refusal = {
        "dossier": dossier,
        "advice": advice,
        "reasons": making.REASONS,
        "kind": "thong_bao",
        "at": LATER,
    }
    with pytest.raises(NotAllowed):
        deciding.refuse(**refusal, by=head)
    authorise()
    with pytest.raises(NotAllowed):
        deciding.approve(dossier=dossier, advice=advice, kind="quyet_dinh", by=head, at=LATER)
    decision = deciding.refuse(**refusal, by=head)
    lines = decision.letter.data["fields"]["signer_lines"]
    assert lines[0] == "TUQ. CHỦ TỊCH"
    assert lines[2:] == cast.agency("DOLISA").letter_lines
    assert decision.letter.symbol == "TB-UBND"


@pytest.mark.parametrize(
    "changed",
    [
        {
            "until": TODAY - timedelta(days=1),
            "since": TODAY - timedelta(days=3),
            "signed_on": TODAY - timedelta(days=3),
        },
        {"since": TODAY + timedelta(days=1)},
        {"ended_at": LATER},
        {"agency": "EZB"},
    ],
    ids=["over", "not yet", "ended", "another agency"],
)
def test_an_authorisation_holds_for_its_days_and_its_agency(changed) -> None:
    if "agency" in changed:
        changed = {"agency": cast.agency("EZB")}
    dossier, head = making.make_dossier(State.FORWARDED), cast.OFFICIALS["dolisa_head"]()
    authorise(**changed)
    with pytest.raises(NotAllowed):
        deciding.refuse(
            dossier=dossier,
            advice=advice_of(dossier),
            reasons=making.REASONS,
            kind="thong_bao",
            by=head,
            at=LATER,
        )


def on_paper_by_the_head(dossier: Dossier, **changed) -> Decision:
    given = {"signer": cast.OFFICIALS["dolisa_head"](), "verdict": "refused", **changed}
    kept = signed_on_paper(dossier, **given)
    return paper_signing.issue(signature=kept, by=kept.by, at=given.get("at", LATER))


def test_a_refusal_signed_on_paper_by_authorisation_is_recorded_and_no_approval_is() -> None:
    dossier, head = making.make_dossier(State.FORWARDED), cast.OFFICIALS["dolisa_head"]()
    with pytest.raises(Refused) as refused:
        on_paper_by_the_head(dossier)
    assert [each.code for each in refused.value.unmet] == ["both_sides", "signer"]
    authorise()
    with pytest.raises(Refused) as refused:
        on_paper_by_the_head(dossier, verdict="approved")
    assert [each.code for each in refused.value.unmet] == ["signer"]
    decision = on_paper_by_the_head(dossier)
    assert (decision.decided_by, decision.recorded_by) == (head, cast.OFFICIALS["office_clerk"]())
    assert decision.letter.full_number == "1912/TB-UBND"
    assert decision.letter.data["fields"]["signer_lines"][0] == "TUQ. CHỦ TỊCH"


@pytest.mark.parametrize(
    ("changed", "recorded"),
    [
        ({"until": TODAY}, True),
        ({"ended_at": LATER + timedelta(days=2)}, True),
        ({"ended_at": LATER}, False),
        ({"since": TODAY + timedelta(days=1), "until": TODAY + timedelta(days=9)}, False),
        ({"agency": "EZB"}, False),
    ],
    ids=["over since", "ended since", "ended that day", "not yet that day", "another agency"],
)
def test_a_paper_by_authorisation_is_judged_by_its_own_day(changed, recorded) -> None:
    dossier, later = making.make_dossier(State.FORWARDED), LATER + timedelta(days=3)
    authorise(**changed | ({"agency": cast.agency("EZB")} if "agency" in changed else {}))
    if recorded:
        assert on_paper_by_the_head(dossier, at=later).letter.full_number == "1912/TB-UBND"
        return
    with pytest.raises(Refused):
        on_paper_by_the_head(dossier, at=later)
