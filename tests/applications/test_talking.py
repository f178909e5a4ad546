"""Talk about a dossier: messages of both sides, notes that the enterprise never reads, opinions, ticks."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications import opinions, talking, ticking, warning
from applications.models import Dossier, EntryFile, Opinion, Paper
from applications.opinion_rows import rows_of
from applications.states import State
from applications.unmet import NotAllowed, Refused
from journal import outbox
from journal.models import AuditEvent
from notices.models import Message, ThreadEntry
from tests import cast
from tests.applications import making, stored
from tests.applications.desk import officer, path, second_officer
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db
SECRET = "Giám đốc hứa nộp bảng lương thứ Hai"


@pytest.fixture
def dossier() -> Dossier:
    return making.make_dossier(State.SUBMITTED)


def tell() -> None:
    outbox.drain(now=lambda: cast.AT, leave=NOT_BOUND)


def note(dossier: Dossier, text: str = SECRET, key: str = "a") -> None:
    talking.note(dossier=dossier, text=text, sent_key=key, by=cast.make_dolisa_officer(), at=cast.AT)


def test_both_sides_write_and_read_with_files(dossier: Dossier) -> None:
    file = SimpleUploadedFile("mau.pdf", making.pdf_bytes())
    answer = officer().post(path("messages", dossier), {"text": "Xem mẫu", "sent_key": "k", "files": [file]})
    assert answer.status_code == 302
    tell()
    owner = making.owner_of(dossier)
    assert Message.objects.filter(user=owner, title="Tin nhắn mới").count() == 1
    client = cast.signed_in(owner)
    task_list = client.get(path("detail", dossier)).content.decode()
    assert "gửi 1 tin mới" in task_list
    page = client.get(path("messages", dossier)).content.decode()
    assert "Xem mẫu" in page
    row = EntryFile.objects.get()
    got = client.get(path("message_file", dossier, row.entry_id, 1))
    assert got.status_code == 200
    b"".join(got.streaming_content)
    assert client.post(path("read_messages", dossier)).status_code == 302
    assert "tin mới" not in client.get(path("detail", dossier)).content.decode()
    assert owner.full_name in officer().get(path("messages", dossier)).content.decode()
    client.post(path("messages", dossier), {"text": "Cảm ơn", "sent_key": "z"})
    tell()
    assert Message.objects.filter(user=cast.make_dolisa_officer(), title="Tin nhắn mới").exists()


def test_a_form_sent_twice_is_one_message_and_an_empty_one_comes_back(dossier: Dossier) -> None:
    for _click in range(2):
        officer().post(path("messages", dossier), {"text": "Một lần", "sent_key": "same"})
    assert ThreadEntry.objects.count() == 1
    assert officer().post(path("messages", dossier), {"text": " ", "sent_key": "x"}).status_code == 422


@pytest.mark.parametrize("tail", ["", "retract/"])
def test_a_number_too_great_for_any_row_names_no_file(dossier: Dossier, tail: str) -> None:
    for entry, position in ((10**25, 1), (1, 10**25)):
        address = f"{path('messages', dossier)}{entry}/{position}/{tail}"
        assert officer().get(address).status_code == 404


def test_a_bad_file_sends_nothing_and_keeps_the_words(dossier: Dossier) -> None:
    bad = SimpleUploadedFile("virus.exe", b"MZ" * 50)
    answer = officer().post(path("messages", dossier), {"text": "Đính kèm", "sent_key": "k", "files": [bad]})
    assert answer.status_code == 422
    assert "Đính kèm" in answer.content.decode()
    assert not ThreadEntry.objects.exists()


def test_no_page_of_the_enterprise_shows_a_note(dossier: Dossier) -> None:
    note(dossier)
    tell()
    client = cast.signed_in(making.owner_of(dossier))
    pages = [
        "detail",
        "timeline",
        "clock",
        "messages",
        "supplement",
        "papers",
        "check",
        "submitted",
        "withdraw",
    ]
    for name in pages:
        assert SECRET not in client.get(path(name, dossier), follow=True).content.decode(), name
    for address in ("/home/", "/dossiers/", "/inbox/", "/letters/", "/sites/"):
        assert SECRET not in client.get(address).content.decode(), address
    for name in ("notes", "read_notes", "opinions"):
        assert client.get(path(name, dossier)).status_code in {403, 405}
        assert client.post(path(name, dossier)).status_code == 403
    assert not Message.objects.filter(user=making.owner_of(dossier), title__contains="Ghi chú").exists()


def test_an_official_who_is_also_of_the_enterprise_reads_no_notes(dossier: Dossier) -> None:
    official = cast.make_dolisa_head()
    dossier.site.enterprise.memberships.create(user=official, level="prepare", since=cast.AT)
    assert not talking.may_note(dossier, by=official, at=cast.AT)
    assert not opinions.may_read(dossier, by=official, at=cast.AT)


def test_notes_are_read_by_who_works_on_it_and_counted_until_read(dossier: Dossier) -> None:
    note(dossier)
    colleague = officer(second_officer())
    assert 'Ghi chú <span class="num">(1)</span>' in colleague.get(path("detail", dossier)).content.decode()
    assert SECRET in colleague.get(path("notes", dossier)).content.decode()
    assert colleague.post(path("read_notes", dossier)).status_code == 302
    assert "(1)" not in colleague.get(path("detail", dossier)).content.decode()
    assert officer(cast.make_district()).get(path("notes", dossier)).status_code == 403
    colleague.post(path("notes", dossier), {"text": "Tôi gọi lại rồi", "sent_key": "q"})
    tell()
    assert Message.objects.filter(user=cast.make_dolisa_officer(), title="Ghi chú nội bộ mới").count() == 1


def test_a_draft_has_nobody_to_talk_with() -> None:
    draft = making.draft()
    with pytest.raises(NotAllowed):
        talking.send(dossier=draft, text="?", sent_key="a", by=making.owner_of(draft), at=cast.AT)


# --- opinions ---


def asked(dossier: Dossier, code: str = "DIST-844", days: int = 2) -> Opinion:
    return opinions.ask(
        dossier=dossier, agency=cast.agency(code), question="Đường vào cơ sở có bị phong tỏa không?",
        days=days, by=cast.make_dolisa_officer(), at=cast.AT,
    )  # fmt: skip


def test_an_agency_that_is_asked_sees_the_case_for_that_and_answers(dossier: Dossier) -> None:
    elsewhere = cast.make_district("844")
    client = cast.signed_in(elsewhere)
    assert client.get(path("detail", dossier)).status_code == 404
    opinion = asked(dossier)
    tell()
    assert Message.objects.filter(user=elsewhere, title="Được hỏi ý kiến").exists()
    assert client.get(path("detail", dossier)).status_code == 200
    assert client.get(path("notes", dossier)).status_code == 403
    assert client.get(path("paper_file", dossier, "vaccination_slips", 1)).status_code == 403
    page = client.get(path("opinions", dossier)).content.decode()
    assert "phong tỏa" in page
    form = {"agrees": "yes", "text": "Không phong tỏa"}
    assert client.post(path("answer_opinion", dossier, opinion.pk), form).status_code == 302
    second = client.post(path("answer_opinion", dossier, opinion.pk), {**form, "text": "Lần hai"})
    assert second.status_code == 409
    assert "Lần hai" in second.content.decode()
    tell()
    assert Message.objects.filter(user=cast.make_dolisa_officer(), title="Đã có ý kiến").exists()


def test_nothing_is_owed_or_late_once_the_dossier_is_closed(dossier: Dossier) -> None:
    owing, opinion = cast.make_district("844"), asked(dossier)
    assert list(opinions.waiting_for(owing, at=cast.AT)) == [opinion]
    making.withdraw(dossier, cast.AT + making.HOUR)
    assert not opinions.waiting_for(owing, at=cast.AT + making.HOUR).exists()
    assert rows_of(making.fresh(dossier), at=opinion.due_at + making.HOUR)[0].tag.tone == "calm"
    warning.sweep(at=opinion.due_at + making.HOUR)
    assert not Message.objects.filter(key=f"opinion:{opinion.pk}:late").exists()


def test_what_was_late_before_the_end_is_told_however_late_the_sweep_comes(dossier: Dossier) -> None:
    opinion = asked(dossier)
    making.withdraw(dossier, opinion.due_at + making.HOUR)
    warning.sweep(at=opinion.due_at + 2 * making.HOUR)
    assert Message.objects.filter(key=f"opinion:{opinion.pk}:late").exists()


def test_the_due_time_is_counted_in_working_days_and_a_late_one_is_shown(dossier: Dossier) -> None:
    opinion = asked(dossier)  # on a Thursday afternoon
    assert opinion.due_at == cast.instant("2021-10-18", "17:00")
    text = officer().get(path("opinions", dossier)).content.decode()
    assert "Trễ hạn" in text


def test_nobody_is_asked_twice_at_once_and_only_the_desk_asks(dossier: Dossier) -> None:
    asked(dossier)
    with pytest.raises(Refused):
        asked(dossier)
    with pytest.raises(NotAllowed):
        opinions.ask(dossier=dossier, agency=cast.agency("DOH"), question="?", days=1,
                     by=cast.make_health(), at=cast.AT)  # fmt: skip
    form = {"agency": cast.agency("DOH").pk, "question": "Có ca nào không?", "days": "3"}
    assert officer().post(path("opinions", dossier), form).status_code == 302
    assert officer().post(path("opinions", dossier), {"agency": "", "question": ""}).status_code == 422


def test_the_advice_page_shows_the_opinions() -> None:
    inspected = making.make_dossier(State.INSPECTED)
    opinion = asked(inspected, "DOH")
    opinions.answer(opinion=opinion, agrees=True, text="Khu cách ly đạt", by=cast.make_health(), at=cast.AT)
    assert "Khu cách ly đạt" in officer().get(path("forward", inspected)).content.decode()


def test_files_of_a_message_that_was_refused_or_sent_before_do_not_stay(dossier: Dossier) -> None:
    client, before = officer(), stored.names()

    def send(*names: str, **given: str) -> Any:
        files = [
            SimpleUploadedFile(each, making.pdf_bytes(), content_type="application/pdf") for each in names
        ]
        files += [SimpleUploadedFile("x.pdf", b"MZ")] if "bad" in given else []
        return client.post(
            path("messages", dossier), {"text": "Xem", "sent_key": "k", "files": files} | given
        )

    assert send("a.pdf", bad="1").status_code == 422
    assert send("a.pdf", text=" ").status_code == 422
    assert stored.names() == before
    assert [send("a.pdf").status_code, send("a.pdf").status_code] == [302, 302]
    assert len(stored.names() - before) == 1
    assert EntryFile.objects.get(dossier=dossier).file.content.name in stored.names()


# --- ticks ---


def test_a_tick_is_kept_for_the_version_with_who_and_when(dossier: Dossier) -> None:
    paper = dossier.papers.get(slot="commitment")
    address = path("ticks", dossier)
    answer = officer().post(
        address, {"paper": paper.pk, "tick": ["1", "3", "99"]}, headers={"HX-Request": "1"}
    )
    assert answer.content.decode().count("Trần Thị Lan") == 2
    first = paper.ticks.get(position=1)
    officer(second_officer()).post(address, {"paper": paper.pk, "tick": ["1", "2"], "number": "13"})
    assert list(paper.ticks.values_list("position", flat=True)) == [1, 2]
    assert paper.ticks.get(position=1).at == first.at
    fields = AuditEvent.objects.filter(verb="paper.checked").order_by("pk").values_list("fields", flat=True)
    assert [list(row) for row in fields] == [["+1", "+3", "commitment"], ["+2", "-3", "commitment"]]
    case = officer().get(path("detail", dossier) + "?paper=13").content.decode()
    assert "Lâm Thị Sa Ry" in case
    with pytest.raises(NotAllowed):
        ticking.save(dossier=dossier, paper=paper, positions={1}, by=cast.make_zone_officer(), at=cast.AT)


@pytest.mark.parametrize("number", ["²", "9" * 5000, "9" * 30, "1\0", "-1"])
def test_a_number_that_names_nothing_ticks_nothing(dossier: Dossier, number: str) -> None:
    paper, address = dossier.papers.get(slot="commitment"), path("ticks", dossier)
    for sent in (
        {"paper": number},
        {"paper": paper.pk, "tick": [number]},
        {"paper": paper.pk, "number": number},
    ):
        assert officer().post(address, sent).status_code == 302
    assert not paper.ticks.exists()


def test_a_new_version_begins_without_ticks(dossier: Dossier) -> None:
    old = dossier.papers.get(slot="request_letter")
    ticking.save(dossier=dossier, paper=old, positions={1, 2}, by=cast.make_dolisa_officer(), at=cast.AT)
    dossier = making.mend(making.request_supplement(dossier), cast.AT + timedelta(days=1))
    new = Paper.objects.get(dossier=dossier, slot="request_letter", replaced_at__isnull=True)
    assert new.pk != old.pk
    assert [point.tick for point in ticking.points(new)] == [None] * len(ticking.points(new))
    assert old.ticks.count() == 2
    assert reverse("dossiers:ticks", args=[dossier.reference])
