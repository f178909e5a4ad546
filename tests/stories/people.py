"""What people do at the keyboard, in the words they see."""

import re

from django.core import mail
from playwright.sync_api import Page, expect

from organisations.models import User
from tests import cast

CODE = re.compile(r"\d{2}-\d{6}-\d{4}")


def enter(page: Page, portal: str, user: User, *, confirmed_at: float | None = None) -> Page:
    """The person's browser, signed in; `confirmed_at`: when the password was last given (never, unless said)."""
    client = cast.signed_in(user, authenticated_at=confirmed_at)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": portal}
    page.context.add_cookies([cookie])
    return page


def sign_in(page: Page, user: User | str, password: str = cast.PASSWORD) -> None:
    """Fills the sign-in form that is on the page."""
    page.get_by_label("Thư điện tử").fill(user if isinstance(user, str) else user.email)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    press(page, "Đăng nhập")


def press(page: Page, name: str) -> None:
    """Presses a button of the page itself."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follows a link of the page itself."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def sees(page: Page, words: str) -> None:
    """Somewhere on the page stand these words."""
    expect(page.get_by_text(words).first).to_be_visible()


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """The page's own title."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def failed(page: Page, words: str) -> None:
    """The page says what is wrong: on top, with the focus there, and in its title."""
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text(words)
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Lỗi: "))


def choose_files(page: Page, *paths: object) -> None:
    page.get_by_label("chọn tệp trong máy").set_input_files([str(path) for path in paths])


def link_in_the_last_letter() -> str:
    """The address that the portal mailed last."""
    found = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group(0)


def confirm_password(page: Page) -> None:
    """Gives the password again where the portal asks who is there."""
    page.get_by_label("Mật khẩu", exact=True).fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Xác nhận").click()
