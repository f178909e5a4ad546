"""The columns of the worker list: the seven the plan asks for (III.1.3.2), then those a firm may add.

The form is in Vietnamese whatever the reader's language, because the list is a paper of the dossier. Headings
are recognised without marks, case or spacing, and under the other names that firms give them.
"""

import re
import unicodedata
from dataclasses import dataclass

FORM_NAME = "DSLD"
FORM_VERSION = 1
_STAMP = re.compile(rf"mẫu\s+{FORM_NAME}\s+phiên bản\s+(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """One column. `longest` is in letters; `width` is that of the form, in digits."""

    key: str
    title: str
    is_required: bool
    longest: int
    width: int
    example: str
    rule: str
    names: tuple[str, ...]


COLUMNS = (
    Column("full_name", "Họ và tên", True, 100, 28, "Nguyễn Thị Ánh", "Viết đủ họ, chữ đệm và tên.",
           ("ho va ten", "ho ten", "ho va ten nguoi lao dong", "ho ten nguoi lao dong", "ten nguoi lao dong",
            "ho ten nld", "full name", "name")),
    Column("birth_date", "Ngày sinh", True, 30, 13, "05/06/1990",
           "Ngày/tháng/năm, năm đủ 4 chữ số. Không nhận năm 2 chữ số.",
           ("ngay sinh", "ngay thang nam sinh", "sinh ngay", "nam sinh", "ngay thang sinh", "date of birth")),
    Column("identity", "Số CMND/CCCD/hộ chiếu", True, 40, 22, "084190012345",
           "CMND 9 số, CCCD 12 số, hoặc hộ chiếu. Để ô ở dạng Văn bản để không mất số 0 đầu.",
           ("so cmnd cccd ho chieu", "cmnd cccd ho chieu", "so cmnd", "cmnd", "so cccd", "cccd", "cmnd cccd",
            "cccd cmnd", "so cmnd cccd", "so cccd cmnd", "so can cuoc", "so can cuoc cong dan",
            "so chung minh nhan dan", "so dinh danh", "so dinh danh ca nhan", "so ho chieu", "ho chieu",
            "so giay to", "giay to tuy than", "so giay to tuy than", "id number")),
    Column("permanent_address", "Địa chỉ thường trú", True, 250, 40, "Ấp Chợ, xã Long Đức, TP Trà Vinh",
           "Số nhà, ấp/khóm, xã/phường, huyện, tỉnh.",
           ("dia chi thuong tru", "noi thuong tru", "thuong tru", "ho khau thuong tru", "ho khau",
            "noi dang ky thuong tru", "noi dang ky ho khau thuong tru", "permanent address")),
    Column("current_address", "Nơi ở hiện tại", True, 250, 40, "Nhà trọ Hai Lúa, phường 7, TP Trà Vinh",
           "Nơi đang ở thật, ghi đủ như trên dù trùng với thường trú.",
           ("noi o hien tai", "noi o hien nay", "cho o hien tai", "cho o hien nay", "dia chi hien tai",
            "dia chi hien nay", "dia chi tam tru", "noi tam tru", "tam tru", "noi cu tru", "cho o",
            "current residence", "current address")),
    Column("phone", "Điện thoại", True, 40, 15, "0912345678", "Số của chính người lao động.",
           ("dien thoai", "so dien thoai", "sdt", "so dt", "dt", "dien thoai ca nhan", "so dien thoai ca nhan",
            "dien thoai nguoi lao dong", "so dien thoai nguoi lao dong", "dien thoai di dong", "phone")),
    Column("relative_phone", "Điện thoại người thân", True, 40, 15, "0834567890",
           "Số của người thân để báo tin khi cần.",
           ("dien thoai nguoi than", "so dien thoai nguoi than", "sdt nguoi than", "so dt nguoi than",
            "dien thoai than nhan", "so dien thoai than nhan", "sdt than nhan", "dt nguoi than",
            "relative phone", "relatives phone")),
    Column("worker_code", "Mã nhân viên", False, 40, 14, "NV0001", "Mã của doanh nghiệp, nếu có.",
           ("ma nhan vien", "ma nv", "ma so nhan vien", "ma so", "ma nguoi lao dong", "so the", "ma the",
            "worker code")),
    Column("sex", "Giới tính", False, 20, 10, "Nữ", "Nam hoặc Nữ.", ("gioi tinh", "phai", "nam nu", "sex")),
    Column("nationality", "Quốc tịch", False, 60, 14, "Việt Nam",
           "Để trống nếu là người Việt Nam. Người nước ngoài ghi tên nước và dùng số hộ chiếu.",
           ("quoc tich", "nationality")),
    Column("section", "Bộ phận", False, 100, 20, "Xưởng may 2", "Xưởng, chuyền hoặc phòng.",
           ("bo phan", "phong ban", "don vi", "to", "to san xuat", "xuong", "chuyen", "bo phan lam viec",
            "section", "department")),
    Column("shift", "Ca làm việc", False, 60, 12, "Ca 1", "Tên ca, nếu làm theo ca.",
           ("ca lam viec", "ca", "ca san xuat", "shift")),
)  # fmt: skip
REQUIRED = tuple(column for column in COLUMNS if column.is_required)
BY_KEY = {column.key: column for column in COLUMNS}
_BY_NAME = {name: column.key for column in COLUMNS for name in column.names}
_LONGEST_HEADING = 120


def column_named(heading: str) -> str:
    """Key of the column under this heading, or "" for one we do not use."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return ""
    whole = plain(heading)
    return _BY_NAME.get(whole) or _BY_NAME.get(plain(re.sub(r"\(.*?\)", " ", heading)), "")


def plain(text: str) -> str:
    """Lower-case letters and digits without marks, single spaces: đ has no decomposed form and is mapped."""
    lower = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in lower if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def stamp() -> str:
    """What the form says of itself, in its first row."""
    return f"Mẫu {FORM_NAME} phiên bản {FORM_VERSION}"


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
