"""Columns of the register: what they are called, how long a cell may be, how it is written."""

import re
import unicodedata
from dataclasses import dataclass

FORM_VERSION = 1
_STAMP = re.compile(r"Mẫu danh sách doanh nghiệp phiên bản (\d{1,4})")
_LONGEST_HEADING = 120


@dataclass(frozen=True)
class Column:
    """One column: `names` are further headings under which it is known, folded."""

    key: str
    title: str
    is_required: bool
    longest: int
    width: int
    example: str
    rule: str
    names: tuple[str, ...] = ()


COLUMNS = (
    Column("tax_code", "Mã số thuế", True, 20, 16, "2100123457", "10 chữ số, hoặc 13 nếu là chi nhánh.",
           ("mst", "ma so doanh nghiep", "ma doanh nghiep", "tax code")),
    Column("name", "Tên doanh nghiệp", True, 200, 42, "Công ty TNHH May mặc Ánh Dương",
           "Như trên giấy chứng nhận đăng ký.", ("doanh nghiep", "ten cong ty", "ten don vi", "enterprise")),
    Column("address", "Địa chỉ trụ sở", False, 200, 36, "12 Nguyễn Đáng, phường 7, TP Trà Vinh",
           "Để trống thì lấy địa chỉ cơ sở.", ("tru so", "dia chi tru so chinh", "dia chi")),
    Column("phone", "Điện thoại doanh nghiệp", False, 30, 16, "0294 3555 111", "Số bàn hoặc di động.",
           ("dien thoai", "so dien thoai", "sdt", "phone")),
    Column("site", "Tên cơ sở", True, 150, 30, "Xưởng Long Đức", "Mỗi cơ sở sản xuất một dòng.",
           ("co so", "ten co so san xuat", "nha may", "ten nha may", "site")),
    Column("site_address", "Địa chỉ cơ sở", True, 200, 30, "Lô C2", "Số nhà, đường, ấp; trong khu: số lô.",
           ("dia chi nha may", "dia chi co so san xuat", "noi san xuat")),
    Column("commune", "Xã, phường, thị trấn", True, 80, 20, "Xã Long Đức", "Tên theo đơn vị hành chính hiện hành.",
           ("xa", "phuong", "xa phuong", "phuong xa", "commune")),
    Column("district", "Huyện, thị xã, thành phố", True, 80, 22, "Thành phố Trà Vinh", "Huyện của xã ấy.",
           ("huyen", "quan huyen", "huyen thi xa thanh pho truc thuoc tinh", "district")),
    Column("zone", "Khu, cụm công nghiệp", False, 80, 26, "Khu công nghiệp Long Đức",
           "Để trống nếu không thuộc khu, cụm nào.", ("khu cong nghiep", "kcn", "khu", "khu kinh te", "zone")),
    Column("email", "Thư điện tử người được mời", False, 254, 28, "giam-doc@anh-duong.example",
           "Người này nhận lời mời, chuẩn bị và nộp hồ sơ.", ("email", "thu dien tu", "e mail", "mail")),
    Column("signer", "Người đại diện theo pháp luật", False, 150, 24, "Lê Thị Mỹ Ẩn", "Họ và tên đủ.",
           ("nguoi dai dien", "dai dien phap luat", "nguoi ky", "legal representative")),
    Column("signer_title", "Chức danh", False, 100, 16, "Giám đốc", "Để trống thì ghi Giám đốc.",
           ("chuc vu", "title")),
)  # fmt: skip
REQUIRED = tuple(column for column in COLUMNS if column.is_required)
BY_KEY = {column.key: column for column in COLUMNS}


def plain(text: str) -> str:
    """Lower-case letters and digits without marks, single spaces."""
    lower = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in lower if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


_BY_NAME = {name: column.key for column in COLUMNS for name in (plain(column.title), *column.names)}


def column_named(heading: str) -> str:
    """Key of the column under this heading, or "" for one that we do not use."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return ""
    return _BY_NAME.get(plain(heading)) or _BY_NAME.get(plain(re.sub(r"\(.*?\)", " ", heading)), "")


def stamp() -> str:
    """What the form says of itself, in its second row."""
    return f"Mẫu danh sách doanh nghiệp phiên bản {FORM_VERSION}"


def stamped_version(text: str) -> int:
    """Version of the form that holds this text; 0 when it is not our stamp."""
    found = _STAMP.search(unicodedata.normalize("NFC", text))
    return int(found[1]) if found else 0


def letters_of(column: int) -> str:
    """Name of a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
