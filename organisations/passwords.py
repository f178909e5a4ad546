"""What a password must be, in words that say what to do; the library has no Vietnamese for all of its own."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        words = ngettext(
            "Mật khẩu ngắn quá. Cần ít nhất %(n)d ký tự.",
            "Mật khẩu ngắn quá. Cần ít nhất %(n)d ký tự.",
            self.min_length,
        )
        return words % {"n": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    """None of those that everybody tries first."""

    def get_error_message(self) -> str:
        return _("Mật khẩu này nhiều người dùng nên dễ đoán. Chọn một câu ngắn của riêng anh/chị.")


class NotDigitsAlone(password_validation.NumericPasswordValidator):
    """A date or a telephone is soon guessed."""

    def get_error_message(self) -> str:
        return _("Mật khẩu chỉ có chữ số. Thêm chữ cái.")


class UnlikeThePerson(password_validation.UserAttributeSimilarityValidator):
    """Neither the name nor the address of its owner."""

    def get_error_message(self) -> str:
        return _("Mật khẩu giống tên hoặc thư điện tử của anh/chị. Chọn một câu khác.")
