"""What is wrong with a cell of the register, and how to put it right. The codes never change."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "missing": (_("Thiếu %(column)s."), _("Điền vào ô này.")),
    "control": (_("Có ký tự điều khiển không nhìn thấy."), _("Xóa ô rồi gõ lại.")),
    "long": (_("Dài %(length)s ký tự, tối đa %(most)s."), _("Rút gọn nội dung ô.")),
    "tax.lost_zero": (
        _("Mã số thuế có %(digits)s chữ số: Excel mất số 0 đầu."),
        _("Định dạng ô thành Văn bản rồi ghi lại %(suggestion)s."),
    ),
    "tax.length": (_("Mã số thuế có %(digits)s chữ số."), _("Cần 10 hoặc 13; xem giấy chứng nhận đăng ký.")),
    "tax.letters": (_("Mã số thuế có chữ cái hoặc ký hiệu lạ."), _("Chỉ ghi chữ số.")),
    "tax.check": (
        _("Mã số thuế không có thật: chữ số kiểm tra không khớp."),
        _("So lại từng chữ số với giấy chứng nhận đăng ký."),
    ),
    "phone": (_("Số điện thoại không gọi được."), _("Ghi 10 chữ số, ví dụ 0294 3555 111, hoặc để trống.")),
    "email": (_("Thư điện tử không đúng."), _("Ghi đủ như an@congty.vn, hoặc để trống.")),
    "district": (_("Không có huyện “%(text)s” trong tỉnh."), _("Ghi một trong: %(known)s.")),
    "commune": (
        _("Không có xã, phường “%(text)s” ở %(district)s."),
        _("Ghi đúng tên xã, hoặc sửa lại huyện."),
    ),
    "commune.several": (
        _("Ở %(district)s có hơn một nơi tên “%(text)s”."),
        _("Ghi cả chữ Xã, Phường hoặc Thị trấn."),
    ),
    "zone": (_("Không có khu, cụm “%(text)s”."), _("Ghi một trong: %(known)s; hoặc để trống.")),
    "zone.place": (_("%(zone)s không nằm ở %(district)s."), _("Sửa lại huyện, hoặc sửa lại khu.")),
    "agency": (
        _("Cơ sở này do %(agency)s tiếp nhận."),
        _("Bỏ dòng này khỏi danh sách; cơ quan ấy tự nhập."),
    ),
    "name.differs": (
        _("Mã số thuế này ở dòng %(row)s mang tên khác."),
        _("Mỗi mã số thuế một tên: sửa lại tên hoặc mã."),
    ),
    "repeated": (_("Cơ sở này đã có ở dòng %(row)s."), _("Bỏ dòng thừa, hoặc đặt tên cơ sở khác.")),
}
MISSING_COLUMNS = _(
    "Danh sách thiếu cột: %(columns)s. Tải biểu mẫu về, chép danh sách vào rồi tải lên; "
    "hoặc đặt đúng tên cột ở dòng tiêu đề."
)
REPEATED_COLUMN = _(
    "Cột “%(column)s” xuất hiện hai lần, ở %(first)s và %(second)s. Giữ lại một cột rồi tải lên."
)
NO_ROWS = _("Danh sách chưa có dòng nào dưới dòng tiêu đề. Điền ít nhất một dòng rồi tải lên.")
WHERE = _("Cột %(letters)s dòng %(row)s")
STATUS = {
    "enterprise": _("Thêm doanh nghiệp và cơ sở"),
    "site": _("Thêm cơ sở cho doanh nghiệp đã có"),
    "known": _("Đã có, không đổi"),
    "bad": _("Chưa nhập, cần sửa"),
}
