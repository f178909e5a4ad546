"""The sentences of every refusal: what is wrong, then what to do. One place, so they speak with one voice."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("Tệp “%(name)s” trống, không có dữ liệu. Kiểm tra tệp trên máy rồi tải lên lại."),
    "too_large": _(
        "Tệp “%(name)s” %(size)s MB, tối đa %(most)s MB. Quét lại ở 200 dpi đen trắng, hoặc chia hai tệp."
    ),
    "damaged": _("Tệp “%(name)s” bị hỏng, không mở được. Lưu lại thành bản mới trên máy, rồi tải lên."),
    "damaged_picture": _(
        "Ảnh “%(name)s” bị hỏng, không đọc được. Chụp lại hoặc lấy lại ảnh gốc, rồi tải lên."
    ),
    "cut": _("Tệp “%(name)s” bị cụt, có thể do chép hoặc tải dở dang. Lấy lại bản đầy đủ, rồi tải lên."),
    "no_pages": _("PDF “%(name)s” không có trang nào. Quét hoặc xuất lại, rồi tải lên."),
    "too_many_pages": _("PDF “%(name)s” có hơn %(most)s trang. Chia thành nhiều tệp nhỏ hơn, rồi tải lên."),
    "locked": _("PDF “%(name)s” có mật khẩu. Mở tệp, lưu lại không mật khẩu, rồi tải lên."),
    "locked_workbook": _(
        "Bảng tính “%(name)s” có mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại, rồi tải lên."
    ),
    "pixels": _(
        "Ảnh “%(name)s” có %(megapixels)s megapixel (%(width)s × %(height)s điểm), tối đa %(most)s. "
        "Đặt máy ảnh ở 12 megapixel rồi chụp lại, hoặc thu nhỏ ảnh trước khi tải lên."
    ),
    "pixels_in_pdf": _("PDF “%(name)s” có ảnh quá lớn bên trong. Quét lại ở 200 dpi, rồi tải lên."),
    "too_heavy": _(
        "Tệp “%(name)s” quá nặng để mở an toàn. In ra PDF mới ở 200 dpi, hoặc chia nhiều tệp, rồi tải lên."
    ),
    "too_heavy_workbook": _(
        "Bảng tính “%(name)s” bung ra quá lớn so với một danh sách. Chép riêng danh sách sang biểu mẫu mới, "
        "rồi tải lên."
    ),
    "far_cell": _(
        "Bảng tính “%(name)s” có ô ở %(cell)s, ngoài giới hạn %(columns)s cột và %(rows)s dòng. "
        "Chép riêng danh sách sang biểu mẫu mới, rồi tải lên."
    ),
    "no_sheets": _("Bảng tính “%(name)s” không có trang tính nào. Mở bằng Excel, lưu lại, rồi tải lên."),
    "doubled_part": _(
        "Bảng tính “%(name)s” có phần bị ghi trùng, không biết phần nào đúng. Mở bằng Excel, lưu thành "
        "bản mới, rồi tải lên."
    ),
    "macros": _(
        "Bảng tính “%(name)s” có macro hoặc đối tượng nhúng. Chọn Lưu thành .xlsx thường, rồi tải lên."
    ),
    "binary_workbook": _(
        "Bảng tính “%(name)s” là Excel kiểu nhị phân (.xlsb). Chọn Lưu thành .xlsx, rồi tải lên."
    ),
    "unsafe_workbook": _(
        "Bảng tính “%(name)s” có lệnh gọi ra ngoài hoặc khai báo lạ, không an toàn. Chép riêng danh sách "
        "sang biểu mẫu mới, rồi tải lên."
    ),
    "virus": _(
        "Tệp “%(name)s” có mã độc (%(virus)s) nên không được nhận. Quét vi-rút máy tính này, rồi lấy lại bản "
        "sạch của giấy tờ."
    ),
    "unscanned": _(
        "Chưa quét được vi-rút cho tệp “%(name)s” vì máy quét đang không trả lời. Tệp chưa được nhận; tải lên "
        "lại sau ít phút."
    ),
    "long_text": _("Bảng tính “%(name)s” có ô dài hơn %(most)s ký tự. Rút gọn ô đó, lưu lại, rồi tải lên."),
}

ACTIVE = {
    "script": _("PDF “%(name)s” có đoạn mã JavaScript, không an toàn."),
    "launch": _("PDF “%(name)s” có lệnh mở chương trình hoặc gửi dữ liệu đi, không an toàn."),
    "attachment": _("PDF “%(name)s” có tệp khác đính kèm bên trong, không an toàn."),
    "media": _("PDF “%(name)s” có phim, âm thanh hoặc hình ba chiều, không an toàn."),
    "form": _("PDF “%(name)s” là biểu mẫu động XFA, không an toàn."),
    "opening": _("PDF “%(name)s” có lệnh tự chạy, không an toàn."),
    "link": _("PDF “%(name)s” có liên kết tới chương trình hoặc máy trong mạng nội bộ, không an toàn."),
    "outside": _("PDF “%(name)s” lấy nội dung từ tệp nằm ngoài, không an toàn."),
}
ACTIVE_FIX = _("Mở tệp, chọn In, máy in “Lưu thành PDF”, rồi tải bản mới lên.")

NOT_ACCEPTED = {
    "program": _(
        "Tệp “%(name)s” là chương trình chạy được, không phải giấy tờ. Chọn đúng PDF hoặc ảnh chụp."
    ),
    "word": _("Tệp “%(name)s” là văn bản Word. Mở bằng Word, Lưu thành PDF, rồi tải tệp PDF lên."),
    "xls": _("Tệp “%(name)s” là Excel kiểu cũ (.xls). Mở bằng Excel, Lưu thành .xlsx, rồi tải lên lại."),
    "archive": _("Tệp “%(name)s” là tệp nén. Giải nén ra, rồi tải từng tệp bên trong lên."),
    "picture": _("Tệp “%(name)s” là kiểu ảnh chưa nhận. Lưu lại thành JPEG, PNG hoặc PDF, rồi tải lên."),
    "page": _("Tệp “%(name)s” là trang web. Mở trang, in ra PDF, rồi tải tệp PDF lên."),
    "xlsx": _("Tệp “%(name)s” là bảng tính Excel, mục này cần PDF hoặc ảnh. Xuất ra PDF, rồi tải lên."),
    "paper": _(
        "Tệp “%(name)s” là PDF hoặc ảnh, mục này cần danh sách Excel (.xlsx). Tải biểu mẫu về, điền rồi tải lên."
    ),
}
NOT_ACCEPTED_OTHERWISE = _(
    "Tệp “%(name)s” không thuộc kiểu được nhận (%(accepted)s). Kiểm tra lại tệp, hoặc quét giấy tờ ra PDF."
)
UNNAMED = _("không tên")
