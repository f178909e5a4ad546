"""Reading a worker list: rows with types, problems with cell, reason and fix, and counts that add up."""

import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.workers.workbooks import (
    BOOK,
    HEADINGS,
    SHEET,
    by_openpyxl,
    changed,
    strict,
    workbook,
    worker,
    write,
)
from workers.identity_numbers import IdentityKind, IdentityNumber
from workers.worker_list import ListedWorker, WorkerList, read

TODAY = date(2021, 10, 5)
AFTER_LUNCH = datetime(1990, 6, 5, 13, 30, tzinfo=UTC).replace(tzinfo=None)  # a spreadsheet knows no zones


def reading(folder: Path, content: bytes) -> WorkerList:
    found = read(write(folder, content), name="danh-sach.xlsx", on=TODAY)
    assert found.count == len(found.rows) + len(found.bad_rows)
    assert not {worker.row for worker in found.rows} & set(found.bad_rows)
    return found


def test_a_good_row_becomes_a_worker_with_typed_values(tmp_path: Path) -> None:
    row = worker(12_345, sex="NỮ", section=" Xưởng   may 2 ", shift="Ca 1", worker_code=7)
    found = reading(tmp_path, workbook([row]))
    assert found.is_usable
    assert found.rows == (
        ListedWorker(
            row=2,
            full_name="Nguyễn Thị Ánh",
            birth_date=date(1990, 6, 5),
            identity=IdentityNumber(IdentityKind.CCCD, "084190012345"),
            permanent_address="Ấp Chợ, xã Long Đức",
            current_address="Phường 7, TP Trà Vinh",
            phone="+84912345678",
            relative_phone="+84834567890",
            worker_code="7",
            sex="nữ",
            section="Xưởng may 2",
            shift="Ca 1",
        ),
    )
    assert found.warnings == ()


# changes to a good row, the column's letter, the code, words of reason or fix, the suggestion
BAD_CELLS = {
    "no name": ({"full_name": ""}, "A", "missing", "Thiếu Họ và tên", ""),
    "no birth date": ({"birth_date": None}, "B", "missing", "Thiếu Ngày sinh", ""),
    "no identity": ({"identity": "  "}, "C", "missing", "Thiếu Số CMND", ""),
    "no permanent address": ({"permanent_address": ""}, "D", "missing", "Thiếu Địa chỉ", ""),
    "no current address": ({"current_address": ""}, "E", "missing", "Thiếu Nơi ở", ""),
    "no phone": ({"phone": ""}, "F", "missing", "Thiếu Điện thoại", ""),
    "no phone of a relative": ({"relative_phone": ""}, "G", "missing", "Thiếu Điện thoại người thân", ""),
    "a name of digits": ({"full_name": 12345}, "A", "name.shape", "bằng chữ", ""),
    "a name with an email": ({"full_name": "a1"}, "A", "name.shape", "bằng chữ", ""),
    "a short year": ({"birth_date": "15/05/90"}, "B", "birth.two_digit_year", "2 chữ số", ""),
    "a short year with dots": ({"birth_date": "5.6.90"}, "B", "birth.two_digit_year", "2 chữ số", ""),
    "a year alone": ({"birth_date": 1990}, "B", "birth.number", "con số", ""),
    "a year alone as text": ({"birth_date": "1990"}, "B", "birth.number", "con số", ""),
    "a day number": ({"birth_date": 33029}, "B", "birth.number", "con số", ""),
    "month first": ({"birth_date": "12/25/1990"}, "B", "birth.month_first", "đảo", "25/12/1990"),
    "year first": ({"birth_date": "1990-06-05"}, "B", "birth.shape", "Không đọc", "05/06/1990"),
    "no such day": ({"birth_date": "31/02/1990"}, "B", "birth.impossible", "lịch", ""),
    "words for a date": ({"birth_date": "tháng sáu"}, "B", "birth.shape", "Không đọc", ""),
    "born tomorrow": ({"birth_date": date(2021, 10, 6)}, "B", "birth.future", "tương lai", ""),
    "born tomorrow, typed": ({"birth_date": "06/10/2021"}, "B", "birth.future", "tương lai", ""),
    "born in 1890": ({"birth_date": "01/01/1890"}, "B", "birth.too_old", "1900", ""),
    "eleven digits as a number": (
        {"identity": 84190012345}, "C", "identity.lost_zero", "Excel mất số 0 đầu", "084190012345"),
    "eight digits as a number": (
        {"identity": 12345678}, "C", "identity.lost_zero", "Excel mất số 0 đầu", "012345678"),
    "eleven digits as text": ({"identity": "84190012345"}, "C", "identity.length", "11 chữ số", "084190012345"),
    "thirteen digits": ({"identity": "0841900123456"}, "C", "identity.length", "13 chữ số", ""),
    "shortened by Excel": ({"identity": "8.42E+10"}, "C", "identity.scientific", "rút gọn", ""),
    "letter O": ({"identity": "O84190012345"}, "C", "identity.letter_o", "chữ O", "084190012345"),
    "zeros": ({"identity": "000000000"}, "C", "identity.same_digit", "lặp lại", ""),
    "words for identity": ({"identity": "chưa làm"}, "C", "identity.shape", "hộ chiếu", ""),
    "an old phone": ({"phone": "01234567890"}, "F", "phone.old_prefix", "0834567890", "0834567890"),
    "two phones": ({"phone": "0912345678; 0987654321"}, "F", "phone.several", "một số", ""),
    "a short phone": ({"relative_phone": "09123"}, "G", "phone.invalid", "10 số", ""),
    "a long address": ({"current_address": "x" * 251}, "E", "text.long", "251 ký tự, tối đa 250", ""),
    "a hidden character": ({"section": "a_x0000_b"}, "K", "text.control", "không nhìn thấy", ""),
    "an unknown sex": ({"sex": "khác"}, "I", "sex.unknown", "Nam, Nữ", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_cell_is_named_with_its_reason_and_fix(case: str, tmp_path: Path) -> None:
    changes, letters, code, words, suggestion = BAD_CELLS[case]
    found = reading(tmp_path, workbook([worker(1), worker(2, **changes), worker(3)]))
    assert [worker.row for worker in found.rows] == [2, 4]
    [problem] = found.problems
    assert (problem.cell, problem.row, problem.code) == (f"{letters}3", 3, code)
    assert words in f"{problem.reason} {problem.fix}"
    assert problem.suggestion == suggestion
    assert problem.sentence.startswith(f"Cột {letters} dòng 3: ")
    assert "%(" not in problem.sentence
    assert not found.is_usable
    assert not found.message


def test_every_problem_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    row = worker(1, full_name="", birth_date="15/05/90", identity="1", phone="2", relative_phone="3")
    found = reading(tmp_path, workbook([row]))
    assert [problem.cell for problem in found.problems] == ["A2", "B2", "C2", "F2", "G2"]
    assert found.bad_rows == (2,)


@pytest.mark.parametrize(
    "written",
    ["05/06/1990", "5/6/1990", "05-06-1990", "05.06.1990", " 5 / 6 / 1990 ", AFTER_LUNCH],
)
def test_a_full_date_is_read_day_first(written: object, tmp_path: Path) -> None:
    found = reading(tmp_path, workbook([worker(1, birth_date=written)]))
    assert found.rows[0].birth_date == date(1990, 6, 5)


def test_someone_born_today_is_not_in_the_future(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook([worker(1, birth_date=TODAY)]))
    assert found.count == len(found.rows) == 1


def test_dates_of_a_workbook_that_counts_from_1904_are_right(tmp_path: Path) -> None:
    content = workbook([worker(1)], options={"date_1904": True})
    assert reading(tmp_path, content).rows[0].birth_date == date(1990, 6, 5)


def test_numbers_that_lost_nothing_are_taken(tmp_path: Path) -> None:
    rows = [worker(1, identity=334567890, phone=912345678, relative_phone=84834567890)]
    [read_worker] = reading(tmp_path, workbook(rows)).rows
    assert read_worker.identity == IdentityNumber(IdentityKind.CMND, "334567890")
    assert (read_worker.phone, read_worker.relative_phone) == ("+84912345678", "+84834567890")


def test_a_foreigner_has_a_passport_and_a_nationality(tmp_path: Path) -> None:
    rows = [
        worker(1, identity="123456789", nationality="Nhật Bản"),
        worker(2, identity=345678901, nationality="Hoa Kỳ"),
        worker(3, identity="334567890", nationality="việt nam"),
        worker(4, identity="B7654321"),
    ]
    found = reading(tmp_path, workbook(rows))
    kinds = [each.identity.kind for each in found.rows]
    assert kinds == [IdentityKind.PASSPORT, IdentityKind.PASSPORT, IdentityKind.CMND, IdentityKind.PASSPORT]


def test_the_second_of_two_equal_identities_says_where_the_first_is(tmp_path: Path) -> None:
    rows = [worker(1), worker(2), worker(3, identity="0841 9000 0001"), worker(4, identity="0841.9000.0001")]
    found = reading(tmp_path, workbook(rows))
    assert [each.row for each in found.rows] == [2, 3]
    assert [(p.cell, p.code) for p in found.problems] == [
        ("C4", "identity.repeated"),
        ("C5", "identity.repeated"),
    ]
    assert "trùng với dòng 2" in found.problems[0].reason


def test_a_row_is_never_a_double_of_itself(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook([worker(number) for number in range(50)]))
    assert len(found.rows) == 50


def test_worker_codes_are_each_for_one_person(tmp_path: Path) -> None:
    rows = [worker(1, worker_code="NV1"), worker(2, worker_code="nv1"), worker(3), worker(4)]
    found = reading(tmp_path, workbook(rows))
    assert [(p.cell, p.code) for p in found.problems] == [("H3", "worker_code.repeated")]


def test_row_numbers_are_the_sheet_s_own_wherever_the_list_begins(tmp_path: Path) -> None:
    content = workbook([worker(1), [""] * 12, worker(2, phone="1"), worker(3)], top=6, left=3)
    found = reading(tmp_path, content)
    assert [each.row for each in found.rows] == [8, 11]
    assert [problem.cell for problem in found.problems] == ["I10"]
    assert found.count == 3


def test_rows_with_only_their_ordinal_are_no_rows(tmp_path: Path) -> None:
    rows = [[1, *worker(1)], [2, *worker(2)], [3], [4], [5, " "]]
    found = reading(tmp_path, workbook(rows, headings=("STT", *HEADINGS)))
    assert (found.count, len(found.rows)) == (2, 2)
    assert found.rows[0].row == 2


def test_other_columns_and_other_orders_do_no_harm(tmp_path: Path) -> None:
    headings = (
        "Lương",
        "SĐT NGƯỜI THÂN",
        "sdt",
        "cho o hien nay",
        "Hộ khẩu thường trú",
        "CCCD",
        "ngày sinh",
        "HỌ TÊN",
    )
    row = [
        9_000_000,
        "0834567890",
        "0912345678",
        "Trọ",
        "Ấp Chợ",
        "084190000001",
        "05/06/1990",
        "Thạch Thị Sa",
    ]
    found = reading(tmp_path, workbook([row], headings=headings))
    assert found.is_usable
    assert found.rows[0].full_name == "Thạch Thị Sa"
    assert found.rows[0].current_address == "Trọ"


def test_a_workbook_with_other_columns_is_told_which_are_missing(tmp_path: Path) -> None:
    headings = ("Họ và tên", "Ngày sinh", "CCCD", "Lương", "Chức vụ")
    found = reading(tmp_path, workbook([["A", "05/06/1990", "1", "2", "3"]], headings=headings))
    assert found.columns_missing == (
        "Địa chỉ thường trú",
        "Nơi ở hiện tại",
        "Điện thoại",
        "Điện thoại người thân",
    )
    assert "Danh sách thiếu cột: Địa chỉ thường trú, Nơi ở hiện tại" in found.message
    assert "Tải biểu mẫu" in found.message
    assert (found.rows, found.problems, found.count, found.is_usable) == ((), (), 0, False)


def test_a_workbook_of_another_kind_misses_all_seven(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook([[1, 2]], headings=("Tháng", "Doanh thu")))
    assert len(found.columns_missing) == 7


def test_an_empty_sheet_misses_all_seven(tmp_path: Path) -> None:
    assert len(reading(tmp_path, workbook([], headings=())).columns_missing) == 7


def test_a_column_given_twice_is_not_guessed(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook([[*worker(1), "334567890"]], headings=(*HEADINGS, "CMND")))
    assert "Số CMND/CCCD/hộ chiếu” xuất hiện hai lần, ở C và M" in found.message
    assert not found.is_usable


def test_the_sheet_that_is_the_list_is_found_among_others(tmp_path: Path) -> None:
    def more(book):  # type: ignore[no-untyped-def]
        page = book.add_worksheet("Ghi chú")
        page.write("A1", "Họ và tên người lập")
        hidden = book.add_worksheet("Cũ")
        hidden.write_row(0, 0, HEADINGS)
        hidden.hide()

    found = reading(tmp_path, workbook([worker(1)[:7]], HEADINGS[:7], sheet="Công nhân", more=more))
    assert (found.sheet, found.count) == ("Công nhân", 1)


def test_text_is_stored_composed_with_single_spaces(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Trần  Thị\u00a0 Diễm\nMy\u200b")
    found = reading(tmp_path, workbook([worker(1, full_name=name)]))
    assert found.rows[0].full_name == unicodedata.normalize("NFC", "Trần Thị Diễm My")


def test_a_formula_gives_its_value_and_an_error_gives_none(tmp_path: Path) -> None:
    def more(book):  # type: ignore[no-untyped-def]
        page = book.get_worksheet_by_name("Danh sách")
        page.write_formula("A2", '=CONCAT("Lê ","Văn Tám")', None, "Lê Văn Tám")
        page.write_formula("A3", "=VLOOKUP(1,X1:X2,1)", None, "#N/A")

    found = reading(tmp_path, workbook([worker(1), worker(2)], more=more))
    assert found.rows[0].full_name == "Lê Văn Tám"
    assert [(problem.cell, problem.code) for problem in found.problems] == [("A3", "missing")]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    found = reading(tmp_path, workbook([worker(1, section='=HYPERLINK("http://x.example")')]))
    assert found.rows[0].section == '=HYPERLINK("http://x.example")'


def test_the_strict_form_of_the_format_is_read(tmp_path: Path) -> None:
    found = reading(tmp_path, strict(workbook([worker(1), worker(2)])))
    assert len(found.rows) == 2
    assert found.rows[0].birth_date == date(1990, 6, 5)


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    found = reading(tmp_path, by_openpyxl([worker(1), worker(2)]))
    assert [each.row for each in found.rows] == [2, 3]


def test_cells_without_a_place_are_read_in_order(tmp_path: Path) -> None:
    import_free = changed(workbook([worker(1)]), SHEET, lambda xml: xml.replace(b' spans="1:12"', b""))
    assert reading(tmp_path, import_free).rows[0].row == 2
    renamed = changed(import_free, BOOK, lambda xml: xml.replace("Danh sách".encode(), b"Sheet1"))
    assert reading(tmp_path, renamed).sheet == "Sheet1"


@pytest.mark.parametrize(
    ("changes", "code", "letters"),
    [
        ({"identity": "084185000001"}, "identity.birth_year", "C"),
        ({"identity": "084090000001", "sex": "Nữ"}, "identity.sex", "C"),
        ({"identity": "999190000001"}, "identity.province", "C"),
        ({"birth_date": "05/06/2010", "identity": "334567890"}, "birth.young", "B"),
        ({"relative_phone": "+84 912 345 678"}, "phone.same", "G"),
    ],
)
def test_a_doubt_is_told_and_refuses_nothing(
    changes: dict[str, object], code: str, letters: str, tmp_path: Path
) -> None:
    found = reading(tmp_path, workbook([worker(1, **changes)]))
    assert found.is_usable
    [warning] = found.warnings
    assert (warning.code, warning.cell) == (code, f"{letters}2")
    assert "%(" not in warning.sentence


def test_the_same_file_read_twice_gives_the_same_answer(tmp_path: Path) -> None:
    content = workbook([worker(1), worker(2, phone="x"), worker(1)])
    assert reading(tmp_path, content) == reading(tmp_path, content)


def test_ten_thousand_rows_are_read_and_add_up(tmp_path: Path) -> None:
    rows = [worker(number, phone="0912345678" if number % 10 else "x") for number in range(10_000)]
    found = reading(tmp_path, workbook(rows))
    assert (found.count, len(found.rows), len(found.bad_rows)) == (10_000, 9_000, 1_000)
    assert found.problems[0].cell == "F2"
    assert found.rows[-1].row == 10_001
