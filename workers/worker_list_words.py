"""What is wrong with a cell of the worker list, and how to put it right. The codes never change."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "missing": (_("Thiếu %(column)s."), _("Điền vào ô này.")),
    "text.control": (_("Có ký tự điều khiển không nhìn thấy."), _("Xóa ô rồi gõ lại.")),
    "text.long": (_("Dài %(length)s ký tự, tối đa %(most)s."), _("Rút gọn nội dung ô.")),
    "name.shape": (_("Họ tên không có chữ cái, hoặc có chữ số."), _("Ghi họ và tên bằng chữ.")),
    "birth.two_digit_year": (
        _("Năm sinh chỉ có 2 chữ số nên không rõ thế kỷ."),
        _("Ghi đủ ngày/tháng/năm, ví dụ 05/06/1990."),
    ),
    "birth.number": (
        _("Ngày sinh đang là một con số, không phải ngày."),
        _("Định dạng ô thành Ngày, hoặc ghi đủ ngày/tháng/năm, ví dụ 05/06/1990."),
    ),
    "birth.month_first": (
        _("Tháng lớn hơn 12: có lẽ ngày và tháng bị đảo."),
        _("Ghi ngày trước, tháng sau, ví dụ 25/12/1990."),
    ),
    "birth.shape": (_("Không đọc được ngày sinh."), _("Ghi đủ ngày/tháng/năm, ví dụ 05/06/1990.")),
    "birth.impossible": (_("Ngày này không có trong lịch."), _("Kiểm tra lại ngày và tháng.")),
    "birth.future": (_("Ngày sinh ở tương lai."), _("Kiểm tra lại năm sinh.")),
    "birth.too_old": (_("Năm sinh trước 1900."), _("Kiểm tra lại năm sinh.")),
    "identity.lost_zero": (
        _("Số giấy tờ chỉ có %(digits)s chữ số: Excel mất số 0 đầu."),
        _("Định dạng ô thành Văn bản rồi ghi lại %(suggestion)s."),
    ),
    "identity.length": (
        _("Số giấy tờ có %(digits)s chữ số."),
        _("Cần 9 (CMND) hoặc 12 (CCCD). Nếu Excel mất số 0 đầu, thêm lại số 0."),
    ),
    "identity.letter_o": (
        _("Số giấy tờ có chữ cái lẫn vào, như chữ O thay cho số 0."),
        _("Ghi lại bằng chữ số: %(suggestion)s."),
    ),
    "identity.scientific": (
        _("Excel đã rút gọn số giấy tờ thành dạng 8,4E+10 nên mất chữ số."),
        _("Định dạng ô thành Văn bản rồi ghi lại đủ số."),
    ),
    "identity.same_digit": (_("Số giấy tờ chỉ gồm một chữ số lặp lại."), _("Ghi số thật trên giấy tờ.")),
    "identity.shape": (
        _("Số giấy tờ không giống CMND, CCCD hay hộ chiếu."),
        _("Ghi 9 hoặc 12 chữ số; người nước ngoài ghi số hộ chiếu và cột Quốc tịch."),
    ),
    "identity.repeated": (
        _("Số giấy tờ trùng với dòng %(row)s."),
        _("Mỗi người một dòng: bỏ dòng thừa hoặc sửa số bị nhầm."),
    ),
    "phone.old_prefix": (
        _("Số điện thoại 11 số đã đổi đầu số từ năm 2018."),
        _("Ghi số mới %(suggestion)s."),
    ),
    "phone.several": (_("Có hơn một số điện thoại trong ô."), _("Giữ lại một số.")),
    "phone.invalid": (
        _("Số điện thoại không đúng."),
        _("Di động có 10 số, bắt đầu bằng 03, 05, 07, 08 hoặc 09; máy bàn bắt đầu bằng 02."),
    ),
    "sex.unknown": (_("Giới tính không phải Nam hay Nữ."), _("Ghi Nam, Nữ, hoặc để trống.")),
    "worker_code.repeated": (
        _("Mã nhân viên trùng với dòng %(row)s."),
        _("Mỗi người một mã: sửa lại hoặc để trống."),
    ),
}

# How to put it right where the likely value is not said.
WITHOUT_SUGGESTION = {
    "identity.lost_zero": _("Định dạng ô thành Văn bản rồi ghi lại đủ số."),
    "identity.letter_o": _("Ghi lại bằng chữ số."),
    "phone.old_prefix": _("Ghi số mới, 10 chữ số."),
}

WARNINGS = {
    "identity.birth_year": (
        _("CCCD cho biết sinh năm %(year)s, khác ngày sinh đã ghi."),
        _("Xem lại hai ô; nếu đúng thì giữ nguyên."),
    ),
    "identity.sex": (_("CCCD cho biết là %(sex)s, khác giới tính đã ghi."), _("Xem lại hai ô.")),
    "identity.province": (_("Ba số đầu của CCCD không phải mã tỉnh quen thuộc."), _("Xem lại số.")),
    "birth.young": (_("Dưới 15 tuổi."), _("Xem lại năm sinh.")),
    "phone.same": (_("Điện thoại người thân trùng với của người lao động."), _("Ghi số của người thân.")),
}

MISSING_COLUMNS = _(
    "Danh sách thiếu cột: %(columns)s. Tải biểu mẫu về, chép danh sách vào rồi tải lên; "
    "hoặc đặt đúng tên cột ở dòng tiêu đề."
)
REPEATED_COLUMN = _(
    "Cột “%(column)s” xuất hiện hai lần, ở %(first)s và %(second)s. Giữ lại một cột rồi tải lên."
)
NO_ROWS = _("Danh sách chưa có người nào dưới dòng tiêu đề. Điền ít nhất một dòng rồi tải lên.")
WHOLE = {
    "columns.missing": MISSING_COLUMNS,
    "columns.repeated": REPEATED_COLUMN,
    "rows.none": NO_ROWS,
}
WHERE = _("Cột %(letters)s dòng %(row)s")
