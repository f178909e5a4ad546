"""The library of reasons and conditions: kept by the agency, chosen without a script, counted, edited in the open."""

from datetime import date, timedelta

import pytest

from applications import library, receiving
from applications.models import LibraryText
from applications.states import State
from applications.unmet import NotAllowed
from journal.models import AuditEvent
from tests import cast
from tests.applications import making
from tests.applications.desk_things import LIBRARY_TEXT

pytestmark = pytest.mark.django_db


def text(**changes) -> LibraryText:
    return library.write(text=None, values=LIBRARY_TEXT | changes, by=cast.make_dolisa_officer(), at=cast.AT)


def officer():
    return cast.signed_in(cast.make_dolisa_officer())


def rows(count: int = 3, **filled: str) -> dict[str, str]:
    data = {"reasons-TOTAL_FORMS": str(count), "reasons-INITIAL_FORMS": "0"}
    for n in range(count):
        data |= {f"reasons-{n}-{name}": "" for name in ("clause", "text", "to_do")}
    return data | filled


def test_a_reason_chosen_stands_in_the_first_empty_row_and_nothing_is_sent() -> None:
    dossier, chosen = making.make_dossier(State.SUBMITTED), text()
    address = f"/dossiers/{dossier.code}/decline/"
    assert chosen.text[:40] in officer().get(address).content.decode()
    filled = {"reasons-0-clause": "III.1.3.3-d", "reasons-0-text": "Thiếu dấu"}
    data = rows(**filled) | {"reasons-library": str(chosen.pk), "step": "edit"}
    page = officer().post(address, data).content.decode()
    assert "Thiếu dấu" in page
    assert page.count(">\nPhiếu tiêm không khớp danh sách</textarea>") == 1
    assert making.fresh(dossier).state == State.SUBMITTED


def test_a_condition_chosen_stands_on_a_line_of_its_own() -> None:
    dossier = making.make_dossier(State.INSPECTED)
    chosen = text(kind="condition", clause="", text="Một lối vào", to_do="")
    data = {
        "verdict": "approve",
        "conditions": "Đo thân nhiệt",
        "conditions-library": str(chosen.pk),
        "step": "edit",
    }
    page = officer().post(f"/dossiers/{dossier.code}/forward/", data).content.decode()
    assert "Đo thân nhiệt\nMột lối vào</textarea>" in page
    assert making.fresh(dossier).state == State.INSPECTED


def test_a_reason_chosen_fills_the_words_of_a_paper_that_goes_back() -> None:
    dossier, chosen = making.make_dossier(State.SUBMITTED), text()
    paper = dossier.papers.get(slot="commitment")
    address = f"/dossiers/{dossier.code}/"
    assert "return-library" in officer().get(f"{address}?paper=13&return=1").content.decode()
    data = {"paper": paper.pk, "reason": "", "fix": "", "return-library": str(chosen.pk), "step": "edit"}
    page = officer().post(f"{address}mark/", data).content.decode()
    assert ">\nPhiếu tiêm không khớp danh sách</textarea>" in page
    paper.refresh_from_db()
    assert paper.verdict == ""


def test_a_reason_chosen_stands_among_what_a_supplement_asks_beside_the_papers() -> None:
    dossier, chosen = making.make_dossier(State.SUBMITTED), text()
    data = {f"extras-0-{name}": "" for name in ("about", "fault", "to_do")}
    data |= {"extras-TOTAL_FORMS": "1", "extras-INITIAL_FORMS": "0", "reason": "Thiếu", "phone": "0294 3555 021",
             "extras-library": str(chosen.pk), "step": "edit"}  # fmt: skip
    page = officer().post(f"/dossiers/{dossier.code}/supplement/", data).content.decode()
    assert ">\nPhiếu tiêm không khớp danh sách</textarea>" in page
    assert making.fresh(dossier).state == State.SUBMITTED


def test_what_is_printed_as_the_library_words_it_is_counted() -> None:
    chosen = text()
    other = text(text="Khác")
    receiving.decline(
        dossier=making.make_dossier(State.SUBMITTED), reasons=[{"clause": chosen.clause, "text": chosen.text}],
        by=cast.make_dolisa_officer(), at=cast.AT,
    )  # fmt: skip
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.uses, other.uses) == (1, 0)


def test_only_what_is_in_force_that_day_and_of_that_agency_is_offered() -> None:
    kept = text()
    text(text="Đã bỏ", until=date(2021, 10, 5))
    text(text="Chưa dùng", since=date(2021, 12, 1))
    agency = cast.agency("DOLISA").pk
    assert library.in_force(agency, "reason", on=cast.AT.date()) == [kept]
    assert library.in_force(cast.agency("EZB").pk, "reason", on=cast.AT.date()) == []


def test_an_edit_is_journalled_by_the_names_of_its_fields() -> None:
    kept = text()
    library.write(
        text=kept,
        values=LIBRARY_TEXT | {"text": "Mới"},
        seen=kept.written_at,
        by=cast.make_dolisa_head(),
        at=cast.AT,
    )
    event = AuditEvent.objects.get(verb="library.changed")
    assert event.fields == ["text"]
    assert LibraryText.objects.get().text == "Mới"
    with pytest.raises(NotAllowed):
        library.write(
            text=kept, values=LIBRARY_TEXT, seen=kept.written_at, by=cast.make_zone_officer(), at=cast.AT
        )


def test_who_writes_over_a_colleague_is_told_and_keeps_what_was_typed() -> None:
    kept, client = text(), officer()
    url = f"/dossiers/library/{kept.pk}/"
    data = {**LIBRARY_TEXT, "since": "01/10/2021", "until": "", "seen": client.get(url).context["seen"]}
    later = cast.AT + timedelta(minutes=5)
    library.write(
        text=kept, values=LIBRARY_TEXT | {"text": "Của lãnh đạo"}, seen=kept.written_at,
        by=cast.make_dolisa_head(), at=later,
    )  # fmt: skip
    stale = client.post(url, data | {"text": "Của cán bộ"})
    assert stale.status_code == 409
    page = stale.content.decode()
    assert f"{cast.make_dolisa_head().full_name} vừa sửa câu chữ này" in page
    assert ">\nCủa cán bộ</textarea>" in page
    assert LibraryText.objects.get().text == "Của lãnh đạo"
    again = client.post(url, data | {"text": "Của cán bộ", "seen": stale.context["seen"]})
    assert again.status_code == 302
    assert LibraryText.objects.get().text == "Của cán bộ"


def test_the_pages_add_change_and_refuse_a_reason_without_a_clause() -> None:
    client = officer()
    data = {
        "kind": "reason",
        "clause": "",
        "text": "Thiếu chữ ký",
        "to_do": "",
        "since": "01/10/2021",
        "until": "",
    }
    assert client.post("/dossiers/library/new/", data).status_code == 422
    assert client.post("/dossiers/library/new/", data | {"clause": "III.1.3.3-e"}).status_code == 302
    kept = LibraryText.objects.get()
    assert "Thiếu chữ ký" in client.get("/dossiers/library/").content.decode()
    assert cast.signed_in(cast.make_zone_officer()).get(f"/dossiers/library/{kept.pk}/").status_code == 404
