"""A paper sent by mistake: the bytes go, the record stays, and nobody else's copy breaks."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import lifecycle, receiving, renewing, retracting, talking
from applications.binding import making as binding
from applications.binding.gathering import digest_of
from applications.models import Dossier, EntryFile, Paper, Volume
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
from documents import page_cache, storing
from documents.models import StoredFile
from journal import outbox
from journal.models import AuditEvent
from notices.models import Message
from tests import cast
from tests.applications import making
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db
LATER = cast.AT + making.HOUR * 9


def paper_of(dossier: Dossier, slot: str = "commitment") -> Paper:
    return dossier.papers.select_related("pdf", "dossier").get(slot=slot, replaced_at__isnull=True)


def on_disk(file: StoredFile) -> Path:
    return Path(file.content.path)


def drain() -> None:
    outbox.drain(now=lambda: LATER, leave=NOT_BOUND)


def test_the_enterprise_withdraws_a_paper_of_a_draft_and_its_bytes_go() -> None:
    draft = making.make_dossier(State.DRAFT)
    paper = paper_of(draft)
    file, owner = paper.pdf, draft.created_by
    page_cache.drawn(file, page=1, width=900)
    retracting.retract(paper=paper, by=owner, at=LATER)
    drain()
    file.refresh_from_db()
    assert (file.withdrawn_by, file.withdrawn_at) == (owner, LATER)
    assert len(file.sha256) == 64
    assert not on_disk(file).exists()
    assert not draft.papers.filter(slot="commitment", replaced_at__isnull=True).exists()
    event = AuditEvent.objects.get(verb="paper.retracted")
    assert event.fields == ["commitment", "v1"]


def test_pictures_of_its_pages_go_too(settings) -> None:
    draft = making.make_dossier(State.DRAFT)
    paper = paper_of(draft)
    page_cache.drawn(paper.pdf, page=1, width=900)
    kept = list((Path(settings.VAR) / "page_images").rglob(f"{paper.pdf.sha256}-*.png"))
    assert kept
    # The same blank page stands in every slot of the cast: as long as one of them is there, its picture may be.
    same = StoredFile.objects.filter(sha256=paper.pdf.sha256)
    for each in same:
        storing.withdraw(each, by=draft.created_by, at=LATER)
    drain()
    assert not any(picture.exists() for picture in kept)


def test_after_submission_the_agency_withdraws_with_a_reason_and_the_enterprise_is_told() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    officer, paper = cast.OFFICIALS["dolisa_officer"](), paper_of(dossier)
    with pytest.raises(NotAllowed):
        retracting.retract(paper=paper, by=dossier.submitted_by, at=LATER)
    with pytest.raises(Refused, match="reason"):
        retracting.retract(paper=paper, by=officer, at=LATER)
    retracting.retract(paper=paper, reason="Tệp của một người khác", by=officer, at=LATER)
    drain()
    paper.refresh_from_db()
    assert (paper.verdict, paper.reason) == (Paper.Verdict.RETURNED, "Tệp của một người khác")
    assert paper.replaced_at is None
    assert Message.objects.filter(user=dossier.submitted_by, title="Một giấy tờ đã được rút").count() == 1
    with pytest.raises(Stale):
        retracting.retract(paper=paper, reason="Lần nữa", by=officer, at=LATER)


def test_volumes_that_hold_its_pages_go_with_it_and_a_new_one_is_made_without() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    binding.bind(str(dossier.pk), at=cast.AT)
    before, paper = binding.current(dossier), paper_of(dossier)
    assert paper.slot in {part["slot"] for part in before.parts}
    retracting.retract(paper=paper, reason="Nhầm", by=cast.OFFICIALS["dolisa_officer"](), at=LATER)
    while outbox.drain(now=lambda: LATER):
        pass
    (book,) = before.books.select_related("file")
    assert book.file.withdrawn_at == LATER
    assert not on_disk(book.file).exists()
    after = binding.current(dossier)
    assert after.version == before.version + 1
    assert paper.slot not in {part["slot"] for part in after.parts}


@pytest.mark.parametrize(
    ("digest", "minutes", "goes"),
    [("own", 5, True), ("other", -5, False), (None, -5, True), (None, 5, False)],
)
def test_volumes_go_by_what_they_hold_and_by_the_time_where_they_do_not_say(
    digest: str | None, minutes: int, goes: bool
) -> None:
    """Of a paper that was replaced: bound so many minutes after that."""
    dossier = making.make_dossier(State.SUBMITTED)
    paper, replaced_at = paper_of(dossier), LATER - making.HOUR
    part = {"slot": paper.slot, "digest": paper.pdf.sha256 if digest == "own" else "0" * 64}
    volume = Volume.objects.create(
        dossier=dossier, version=1, key="1", parts=[part] if digest else [], pages=1, digest="0" * 64,
        token="VOLUME234567", made_at=replaced_at + timedelta(minutes=minutes),
    )  # fmt: skip
    book = volume.books.create(number=1, file=making.stored_pdf(name="tap.pdf"), first_page=1, pages=1)
    Paper.objects.filter(pk=paper.pk).update(replaced_at=replaced_at)
    paper.refresh_from_db()
    retracting.retract(paper=paper, reason="Nhầm", by=making.officer_of(dossier), at=LATER)
    book.file.refresh_from_db()
    assert (book.file.withdrawn_at is not None) == goes


def test_a_list_of_people_stands_in_the_volume_by_the_digest_that_tells_it() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    binding.bind(str(dossier.pk), at=cast.AT)
    volume, paper = binding.current(dossier), paper_of(dossier, "worker_list")
    (part,) = [each for each in volume.parts if each["slot"] == "worker_list"]
    assert part["digest"] == digest_of(paper)
    retracting.retract(paper=paper, reason="Nhầm", by=making.officer_of(dossier), at=LATER)
    assert volume.books.get().file.withdrawn_at == LATER


def test_a_volume_that_was_being_bound_meanwhile_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    paper, officer = paper_of(dossier), cast.OFFICIALS["dolisa_officer"]()
    lay_out = binding._laid_out

    def slowly(*given, **more):
        if not paper.pdf.withdrawn_at:
            retracting.retract(paper=paper, reason="Nhầm", by=officer, at=LATER)
            paper.pdf.refresh_from_db()
        return lay_out(*given, **more)

    monkeypatch.setattr(binding, "_laid_out", slowly)
    binding.bind(str(dossier.pk), at=cast.AT)
    assert binding.current(dossier) is None


def test_the_other_agency_and_a_stranger_may_not() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    for name in ("zone_officer", "health", "chairman"):
        person = cast.OFFICIALS[name]()
        assert not retracting.may_retract(dossier, by=person, at=LATER)


def test_bytes_that_a_renewed_dossier_uses_stay_for_it() -> None:
    declined = making.make_dossier(State.DECLINED)
    again = renewing.renew(dossier=declined, by=declined.created_by, at=LATER)
    copy = paper_of(again)
    retracting.retract(paper=copy, by=declined.created_by, at=LATER)
    drain()
    assert not again.papers.filter(slot="commitment", replaced_at__isnull=True).exists()
    kept = paper_of(declined).pdf
    assert kept == copy.pdf
    assert kept.withdrawn_at is None
    assert on_disk(kept).exists()


def test_the_page_says_what_goes_and_comes_back_with_the_words_typed(client: Client) -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    client.force_login(cast.OFFICIALS["dolisa_officer"]())
    url = reverse("dossiers:retract", args=[dossier.code, "commitment", 1])
    case = client.get(reverse("dossiers:paper", args=[dossier.code, "commitment"]), follow=True)
    assert url in case.content.decode()
    assert "xóa hẳn" in client.get(url).content.decode()
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Nhầm tệp"}).status_code == 302
    assert "không còn tệp nào" in client.get(url).content.decode()
    shown = client.get(
        reverse("dossiers:detail", args=[dossier.code]), {"paper": "commitment"}
    ).content.decode()
    assert "Tệp đã được rút" in shown
    assert "v1/1.png" not in shown


def test_a_withdrawn_version_stays_in_the_list_without_a_link(client: Client) -> None:
    draft = making.make_dossier(State.DRAFT)
    client.force_login(draft.created_by)
    url = reverse("dossiers:retract", args=[draft.reference, "commitment", 1])
    page = reverse("dossiers:paper", args=[draft.reference, "commitment"])
    assert url in client.get(page).content.decode()
    client.post(url)
    shown = client.get(page).content.decode()
    assert "Đã rút" in shown
    assert url not in shown
    assert (
        client.get(reverse("dossiers:paper_file", args=[draft.reference, "commitment", 1])).status_code == 404
    )


def test_a_paper_whose_bytes_were_withdrawn_is_not_found_in_order() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    paper = dossier.papers.filter(replaced_at__isnull=True, pdf__isnull=False).order_by("pk").first()
    StoredFile.objects.filter(pk=paper.pdf_id).update(withdrawn_at=LATER)
    paper.refresh_from_db()
    with pytest.raises(Stale):
        receiving.mark_paper(
            paper=paper, verdict=Paper.Verdict.IN_ORDER, by=making.officer_of(dossier), at=LATER
        )


@pytest.mark.parametrize("state", [State.APPROVED, State.DECLINED, State.REFUSED, State.WITHDRAWN])
def test_after_the_decision_the_agency_still_withdraws_and_nothing_moves(state: str) -> None:
    dossier = making.make_dossier(state)
    paper, advices = paper_of(dossier), list(dossier.advices.values_list("pk", "voided_at"))
    before = paper.verdict
    retracting.retract(paper=paper, reason="Tệp của người khác", by=making.officer_of(dossier), at=LATER)
    drain()
    paper.refresh_from_db()
    assert (paper.verdict, paper.reason) == (before, "Tệp của người khác")
    assert list(dossier.advices.values_list("pk", "voided_at")) == advices
    assert making.fresh(dossier).state == state
    assert paper.pdf.withdrawn_at == LATER
    message = Message.objects.get(user=making.owner_of(dossier), title="Một giấy tờ đã được rút")
    assert message.line.endswith("xem lý do.")


def test_a_worker_list_that_was_withdrawn_says_so_on_the_case(client: Client) -> None:
    dossier = making.make_dossier(State.APPROVED)
    officer = making.officer_of(dossier)
    retracting.retract(paper=paper_of(dossier, "worker_list"), reason="Của xưởng khác", by=officer, at=LATER)
    client.force_login(officer)
    case = reverse("dossiers:detail", args=[dossier.code])
    shown = client.get(case, {"paper": "worker_list"}).content.decode()
    assert "Tệp đã được rút" in shown
    assert "Của xưởng khác" in shown
    assert "/retract/" not in shown


def test_a_wrong_late_contract_goes_after_consent_and_a_right_one_takes_its_place() -> None:
    dossier = making.make_dossier(State.APPROVED)
    making.put_paper(dossier, "health_contract", LATER)
    paper = paper_of(dossier, "health_contract")
    retracting.retract(paper=paper, reason="Của công ty khác", by=making.officer_of(dossier), at=LATER)
    assert paper_of(dossier, "health_contract").verdict == Paper.Verdict.RETURNED
    assert making.put_paper(dossier, "health_contract", LATER).version == 2


def sent_with_a_file(dossier: Dossier) -> EntryFile:
    owner = making.owner_of(dossier)
    file = making.stored_pdf(by=owner, name="giay-kham.pdf")
    entry = talking.send(dossier=dossier, text="Kèm tệp", files=[file], sent_key="mot", by=owner, at=cast.AT)
    return EntryFile.objects.select_related("file").get(entry=entry)


def test_a_file_of_a_message_goes_by_the_agencys_hand_and_its_reason_stands_in_its_place(
    client: Client,
) -> None:
    dossier = making.make_dossier(State.APPROVED)
    sent, officer = sent_with_a_file(dossier), making.officer_of(dossier)
    owner = cast.signed_in(making.owner_of(dossier))
    page = reverse("dossiers:messages", args=[dossier.code])
    url = reverse("dossiers:retract_message_file", args=[dossier.code, sent.entry_id, 1])
    client.force_login(officer)
    assert url in client.get(page).content.decode()
    assert url not in owner.get(page).content.decode()
    assert owner.get(url).status_code == 403
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Giấy khám của người khác"}).status_code == 302
    assert client.post(url, {"reason": "Lần nữa"}).status_code == 409
    outbox.drain(now=timezone.now, leave=NOT_BOUND)
    for reader in (owner, client):
        shown = reader.get(page).content.decode()
        assert "Tệp đã được rút: Giấy khám của người khác" in shown
        assert "giay-kham.pdf" not in shown
    assert (
        owner.get(reverse("dossiers:message_file", args=[dossier.code, sent.entry_id, 1])).status_code == 404
    )
    assert not on_disk(sent.file).exists()
    assert AuditEvent.objects.get(verb="file.retracted").fields == ["message"]
    assert Message.objects.filter(user=making.owner_of(dossier), title="Một tệp đã được rút").count() == 1


def test_the_payroll_goes_with_a_reason_and_the_next_submission_asks_for_another(client: Client) -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    officer, owner = making.officer_of(dossier), cast.signed_in(making.owner_of(dossier))
    url = reverse("dossiers:retract_payroll", args=[dossier.code])
    case = reverse("dossiers:detail", args=[dossier.code]) + "?tab=answers"
    client.force_login(officer)
    assert url in client.get(case).content.decode()
    assert owner.get(url).status_code == 403
    assert client.post(url, {"reason": "Bảng lương của công ty khác"}).status_code == 302
    shown = client.get(case).content.decode()
    assert "Tệp đã được rút: Bảng lương của công ty khác" in shown
    assert url not in shown
    outbox.drain(now=timezone.now, leave=NOT_BOUND)
    assert Message.objects.filter(user=making.owner_of(dossier), title="Một tệp đã được rút").count() == 1
    dossier = making.request_supplement(making.fresh(dossier), LATER)
    assert making.fresh(dossier).state == State.SUPPLEMENT_REQUESTED
    unmet = lifecycle.unmet("submit", making.fresh(dossier), by=making.owner_of(dossier), at=LATER)
    assert "Chưa có tệp chứng minh số lao động." in [each.detail for each in unmet]
    for name, more in (("answers", ["baseline"]), ("check", [])):
        page = owner.get(reverse(f"dossiers:{name}", args=[dossier.code, *more])).content.decode()
        assert "Tệp đã được rút: Bảng lương của công ty khác" in page


def test_files_of_a_draft_are_not_the_agencys_to_withdraw() -> None:
    draft = making.make_dossier(State.DRAFT)
    with pytest.raises(NotAllowed):
        retracting.retract_file(
            dossier=draft, file=draft.baseline_evidence, what="baseline_evidence", reason="Nhầm",
            by=making.officer_of(draft), at=LATER,
        )  # fmt: skip
