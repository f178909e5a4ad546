"""The register from .xlsx: every bad cell named, counts that add up, entered once, given back."""

import html
import io
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from documents.checking import DEFAULT_LIMITS
from documents.models import RegisterImport
from documents.register import reading, views
from documents.register.columns import COLUMNS
from documents.register.form import register_form
from journal.models import AuditEvent, OutboxRow
from organisations import importing, invitations
from organisations.models import Enterprise, MembershipInvitation, Site
from tests import cast
from tests.documents.register.books import book, firm, tax_code
from tests.workers.workbooks import HOSTILE

pytestmark = pytest.mark.django_db


def read(tmp_path: Any, rows: list[dict[str, Any]], **options: Any) -> reading.Register:
    path = tmp_path / "list.xlsx"
    path.write_bytes(book(rows, **options))
    return reading.read(path, name="list.xlsx", agency=cast.agency("DOLISA"), at=cast.AT)


def sent(rows: list[dict[str, Any]]) -> SimpleUploadedFile:
    return SimpleUploadedFile("danh-sach.xlsx", book(rows))


def send(rows: list[dict[str, Any]], client: Any = None) -> RegisterImport:
    client = client or cast.signed_in(cast.make_dolisa_officer())
    answer = client.post("/sites/import/", {"list": sent(rows)})
    assert answer.status_code == 302, answer.content.decode()
    return RegisterImport.objects.order_by("-at").first()


FAULTS: list[tuple[str, str, str]] = [
    ("tax_code", "", "A4"),
    ("tax_code", "21001234", "A4"),
    ("tax_code", "2100123450", "A4"),
    ("tax_code", "21001x", "A4"),
    ("name", "", "B4"),
    ("name", "x" * 201, "B4"),
    ("phone", "12", "D4"),
    ("site", "", "E4"),
    ("commune", "Xã Không Có", "G4"),
    ("district", "Huyện Không Có", "H4"),
    ("zone", "Khu Không Có", "I4"),
    ("zone", "Khu công nghiệp Cổ Chiên", "I4"),  # lies elsewhere
    ("zone", "Khu công nghiệp Long Đức", "I4"),  # the Economic Zone Board receives it
    ("email", "không phải thư", "J4"),
]


@pytest.mark.parametrize(("key", "value", "cell"), FAULTS)
def test_a_bad_cell_is_named_with_reason_and_fix(tmp_path: Any, key: str, value: str, cell: str) -> None:
    register = read(tmp_path, [firm(1, **{key: value}), firm(2)])
    assert [f"{each.letters}{each.row}" for each in register.problems] == [cell]
    problem = register.problems[0]
    assert problem.sentence.startswith(f"Cột {cell[0]} dòng {cell[1:]}: ")
    assert problem.reason
    assert problem.fix.endswith(".")
    assert [row["row"] for row in register.rows] == [5]


def test_a_zero_that_excel_dropped_is_offered_again(tmp_path: Any) -> None:
    register = read(tmp_path, [firm(1, tax_code=100109106)])
    assert "0100109106" in register.problems[0].fix


def test_doubled_rows_and_two_names_for_one_code_say_where_the_first_is(tmp_path: Any) -> None:
    register = read(tmp_path, [firm(1), firm(1), firm(1, site="Xưởng B", name="Công ty Khác")])
    assert [each.code for each in register.problems] == ["repeated", "name.differs"]
    assert all("4" in each.sentence for each in register.problems)
    assert register.count == len(register.rows) + len(register.bad_rows)


def test_names_without_marks_and_short_kinds_are_understood(tmp_path: Any) -> None:
    register = read(tmp_path, [firm(1, commune="long duc", district="TP Trà Vinh")])
    assert register.problems == []


def test_a_list_with_a_column_missing_says_which(tmp_path: Any) -> None:
    register = read(tmp_path, [firm(1)], without=["district"])
    assert "Huyện" in register.message


def test_the_form_is_read_by_its_own_reader(tmp_path: Any) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(register_form())
    register = reading.read(path, name="form.xlsx", agency=cast.agency("DOLISA"), at=cast.AT)
    assert "chưa có dòng nào" in register.message
    assert register.sheet.version == 1
    assert set(register.sheet.columns) == {column.key for column in COLUMNS}
    assert register_form() == register_form()


def test_a_list_becomes_enterprises_sites_and_invitations() -> None:
    cast.load_reference()
    client = cast.signed_in(cast.make_dolisa_officer())
    rows = [firm(1), firm(1, site="Xưởng hai"), firm(2, email=""), firm(3, phone="12")]
    kept = send(rows, client)
    assert kept.counts == {"read": 4, "enterprise": 3, "site": 0, "known": 0, "bad": 1, "firms": 2}
    page = client.get(f"/sites/import/{kept.pk}/").content.decode()
    assert "Cột D dòng 7" in page
    assert not Enterprise.objects.filter(origin="imported").exists()
    client.post(f"/sites/import/{kept.pk}/")
    made = Enterprise.objects.filter(origin="imported")
    assert made.count() == 2
    assert all(each.confirmed_at for each in made)
    assert Site.objects.filter(enterprise__in=made.values("pk")).count() == 3
    invitation = MembershipInvitation.objects.get()
    assert invitation.email == "firm-1@example.vn"
    assert invitations.find(invitations.token_of(invitation), at=invitation.invited_at).pk == invitation.pk
    assert OutboxRow.objects.filter(event="colleague.invited", subject_id=invitation.pk).exists()
    assert AuditEvent.objects.filter(verb="enterprise.imported").count() == 2
    after = client.get(f"/sites/import/{kept.pk}/").content.decode()
    assert "2 doanh nghiệp, 3 cơ sở, 1 lời mời" in after


def test_a_list_that_comes_twice_changes_nothing() -> None:
    cast.load_reference()
    client = cast.signed_in(cast.make_dolisa_officer())
    first = send([firm(1), firm(2)], client)
    client.post(f"/sites/import/{first.pk}/")
    client.post(f"/sites/import/{first.pk}/")
    numbers = Enterprise.objects.count(), Site.objects.count(), MembershipInvitation.objects.count()
    again = send([firm(1), firm(2)], client)
    assert again.counts["known"] == 2
    assert "không có gì để ghi" in client.get(f"/sites/import/{again.pk}/").content.decode()
    client.post(f"/sites/import/{again.pk}/")
    assert numbers == (Enterprise.objects.count(), Site.objects.count(), MembershipInvitation.objects.count())


def test_a_list_of_known_firms_invites_again_whose_invitation_is_over() -> None:
    cast.load_reference()
    client = cast.signed_in(cast.make_dolisa_officer())
    client.post(f"/sites/import/{send([firm(1)], client).pk}/")
    MembershipInvitation.objects.update(expires_at=cast.AT)
    again = send([firm(1)], client)
    assert "Mời 1 người" in client.get(f"/sites/import/{again.pk}/").content.decode()
    client.post(f"/sites/import/{again.pk}/")
    assert MembershipInvitation.objects.count() == 2
    assert "không có gì để ghi" in client.get(f"/sites/import/{send([firm(1)], client).pk}/").content.decode()


def test_a_firm_that_registered_itself_keeps_its_people_and_gets_the_new_site() -> None:
    own = cast.make_enterprise()
    client = cast.signed_in(cast.make_dolisa_officer())
    kept = send([firm(1, tax_code=own.tax_code, name="Tên khác", site="Cơ sở mới")], client)
    assert kept.counts["site"] == 1
    client.post(f"/sites/import/{kept.pk}/")
    own.refresh_from_db()
    assert own.name == "Công ty TNHH May mặc Ánh Dương"
    site = own.sites.get(name="Cơ sở mới")
    assert AuditEvent.objects.filter(verb="site.imported", subject_id=site.pk).count() == 1
    assert not MembershipInvitation.objects.exists()


def test_the_list_comes_back_with_the_result_and_the_faults_of_each_row() -> None:
    cast.load_reference()
    client = cast.signed_in(cast.make_dolisa_officer())
    kept = send([firm(1, name="=1+1"), firm(2, phone="12")], client)
    made = b"".join(client.get(f"/sites/import/{kept.pk}/result.xlsx").streaming_content)
    with CalamineWorkbook.from_filelike(io.BytesIO(made)) as out:
        rows = out.get_sheet_by_index(0).to_python()
    assert rows[3][1] == "=1+1"
    assert rows[3][-2] == "Thêm doanh nghiệp và cơ sở"
    assert rows[4][-2] == "Chưa nhập, cần sửa"
    assert rows[4][-1].startswith("Cột D dòng 5: ")


def test_half_a_letter_is_a_fault_of_its_cell_and_the_list_still_comes_back() -> None:
    cast.load_reference()
    client = cast.signed_in(cast.make_dolisa_officer())
    kept = send([firm(1, name="Công ty _xD800_ Một", signer="Lê _xFFFF_ Văn"), firm(2)], client)
    assert [problem["where"] for problem in kept.problems] == ["Cột B dòng 4", "Cột K dòng 4"]
    made = b"".join(client.get(f"/sites/import/{kept.pk}/result.xlsx").streaming_content)
    with CalamineWorkbook.from_filelike(io.BytesIO(made)) as out:
        rows = out.get_sheet_by_index(0).to_python()
    assert rows[3][1] == "Công ty \ufffd Một"


def test_a_result_that_cannot_be_made_now_is_promised_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.load_reference()
    client = cast.signed_in(cast.make_dolisa_officer())
    kept = send([firm(1)], client)
    monkeypatch.setattr(views, "DEFAULT_LIMITS", replace(DEFAULT_LIMITS, seconds=0.001))
    answer = client.get(f"/sites/import/{kept.pk}/result.xlsx", follow=True)
    assert "Chờ vài phút rồi tải lại" in answer.content.decode()


def test_a_firm_that_comes_while_the_list_is_entered_costs_only_its_own_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast.load_reference()
    client = cast.signed_in(cast.make_dolisa_officer())
    kept, firms = send([firm(1), firm(2), firm(3)], client), importing._firms

    def read_just_before_the_sign_up(tax_codes: Any) -> Any:
        found = firms(tax_codes)
        cast.make_enterprise(tax_code=tax_code(2), name="Công ty Tự Đăng Ký")
        return found

    monkeypatch.setattr(importing, "_firms", read_just_before_the_sign_up)
    assert client.post(f"/sites/import/{kept.pk}/").status_code == 302
    own = Enterprise.objects.get(tax_code=tax_code(2))
    assert (own.name, own.sites.count()) == ("Công ty Tự Đăng Ký", 1)
    assert [each.full_name for each in own.representatives.all()] == ["Lê Thị Mỹ Ẩn"]
    assert not own.invitations.exists()
    kept.refresh_from_db()
    assert [row["status"] for row in kept.rows] == ["enterprise", "site", "enterprise"]
    counts = {name: kept.counts[name] for name in ("read", "enterprise", "site", "known", "made", "sites")}
    assert counts == {"read": 3, "enterprise": 2, "site": 1, "known": 0, "made": 2, "sites": 3}


def test_another_agency_sees_no_list_of_ours() -> None:
    cast.load_reference()
    kept = send([firm(1)])
    other = cast.signed_in(cast.make_zone_officer())
    for address in (f"/sites/import/{kept.pk}/", f"/sites/import/{kept.pk}/result.xlsx"):
        assert other.get(address).status_code == 404
    assert other.post(f"/sites/import/{kept.pk}/").status_code == 404


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_workbook_is_refused_in_plain_words(case: str) -> None:
    make, _code, words = HOSTILE[case]
    client = cast.signed_in(cast.make_dolisa_officer())
    answer = client.post("/sites/import/", {"list": SimpleUploadedFile("danh-sach.xlsx", make())})
    assert answer.status_code == 422
    assert not RegisterImport.objects.exists()
    if case != "nothing":
        assert html.escape(words) in answer.content.decode()


def test_a_page_without_a_file_says_so_and_keeps_nothing() -> None:
    client = cast.signed_in(cast.make_dolisa_officer())
    answer = client.post("/sites/import/")
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in answer.content.decode()


def test_tax_codes_of_the_maker_are_all_different() -> None:
    assert len({tax_code(n) for n in range(3_000)}) == 3_000
