"""Saved views, and the queue as a file."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from applications import saved_views
from applications.models import SavedView
from applications.states import State
from journal.models import AuditEvent
from tests import cast
from tests.applications import desk, making

pytestmark = pytest.mark.django_db


def lines(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_exactly_what_the_queue_is_filtered_to() -> None:
    kept = making.make_dossier(State.SUBMITTED, site=cast.make_site(name="=cmd|' /C calc'!A0", zone=None))
    making.make_dossier(State.ACCEPTED, site=cast.make_site(name="Cơ sở khác", zone=None))
    client = cast.signed_in(cast.make_dolisa_officer())
    rows = lines(client.get("/dossiers/export.csv?state=submitted"))
    assert [row[0] for row in rows[1:]] == [kept.code]
    assert rows[1][3].startswith("'=cmd")
    assert len(lines(client.get("/dossiers/export.csv"))) == 3
    event = AuditEvent.objects.filter(verb="dossiers.exported").order_by("pk").first()
    assert event.fields == ["state"]


def test_the_workbook_holds_the_same_rows_as_the_csv() -> None:
    desk.many(4)
    client = cast.signed_in(cast.make_dolisa_officer())
    made = b"".join(client.get("/dossiers/export.xlsx").streaming_content)
    with CalamineWorkbook.from_filelike(io.BytesIO(made)) as book:
        rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == [row[0] for row in lines(client.get("/dossiers/export.csv"))]
    assert client.get("/dossiers/export.pdf").status_code == 404


def test_another_agency_exports_its_own_rows_only() -> None:
    desk.many(2)
    assert len(lines(cast.signed_in(cast.make_zone_officer()).get("/dossiers/export.csv"))) == 1


def test_a_filter_is_kept_by_name_shown_above_the_queue_and_taken_away() -> None:
    desk.many(1)
    client = cast.signed_in(cast.make_dolisa_officer())
    page = client.get("/dossiers/?state=submitted&q=Nguyen").content.decode()
    assert "/dossiers/views/new/?state=submitted" in page
    answer = client.post(
        "/dossiers/views/new/", {"name": "Chờ xem", "shared": "yes", "query": "state=submitted&q=An"}
    )
    assert answer["Location"] == "/dossiers/?state=submitted"
    view = SavedView.objects.get()
    assert view.query == "state=submitted"
    colleague = cast.signed_in(cast.make_dolisa_head())
    assert "Chờ xem" in colleague.get("/dossiers/").content.decode()
    assert "Chờ xem" not in cast.signed_in(cast.make_zone_officer()).get("/dossiers/").content.decode()
    assert colleague.post(f"/dossiers/views/{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_private_view_is_nobody_elses() -> None:
    officer = cast.make_dolisa_officer()
    view = saved_views.save(name="Riêng của Lan", query="scope=mine", shared=False, by=officer, at=cast.AT)
    head = cast.signed_in(cast.make_dolisa_head())
    assert "Riêng của Lan" not in head.get("/dossiers/").content.decode()
    assert head.post(f"/dossiers/views/{view.pk}/delete/").status_code == 404


def test_a_name_is_given_once() -> None:
    client = cast.signed_in(cast.make_dolisa_officer())
    for status in (302, 422):
        answer = client.post("/dossiers/views/new/", {"name": "Trùng", "query": "state=submitted"})
        assert answer.status_code == status
    assert "Đặt tên khác" in answer.content.decode()


def test_a_view_keeps_only_what_the_queue_knows_and_one_with_nothing_left_is_not_kept() -> None:
    client = cast.signed_in(cast.make_dolisa_officer())
    names = ("scope", "group", "state", "district", "handler", "sort")
    long = "&".join(f"{name}={'x' * 100}" for name in names)
    refused = client.post("/dossiers/views/new/", {"name": "Dài", "query": long})
    assert refused.status_code == 422
    assert "không có gì để lưu" in refused.content.decode()
    known = "scope=mine&group=overdue&state=submitted&handler=none&sort=-due"
    assert (
        client.post("/dossiers/views/new/", {"name": "Dài", "query": f"{known}&district=x"}).status_code
        == 302
    )
    assert SavedView.objects.get().query == known


def test_the_register_is_exported_as_it_is_filtered() -> None:
    cast.make_site(zone=None)
    other = cast.make_other_enterprise()
    cast.make_site(other, name="Xưởng Cửu Long", zone=None)
    client = cast.signed_in(cast.make_dolisa_officer())
    assert len(lines(client.get("/sites/export.csv"))) == 3
    rows = lines(client.get("/sites/export.csv?q=thuy+san"))
    assert [row[1] for row in rows[1:]] == [other.name]
