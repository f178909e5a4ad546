"""The components draw what they are given; the gallery and the error pages render under the strict engine."""

import re
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered

from pages import samples
from pages.frame import Frame
from pages.parts import Entry
from pages.views import SampleForm
from tests.conftest import ROOT

TEMPLATES = ROOT / "templates"
FRAME = Frame(
    "Trà Vinh",
    "Ủy ban nhân dân tỉnh Trà Vinh",
    "0294 3555 010",
    "07:00–21:00",
    entries=tuple(Entry(f"Mục {n}", f"/{n}/", current=n == 1, count=n) for n in range(6)),
    menu=(Entry("Tài khoản", "/account/"),),
    who="Trần Quốc Bảo",
    language_url="/i18n/setlang/",
    logout_url="/accounts/logout/",
)


class Everything(forms.Form):
    """One field of each kind of control."""

    code = forms.CharField(label="Mã số thuế", help_text="10 chữ số")
    day = forms.DateField(label="Ngày")
    count = forms.IntegerField(label="Số người", required=False)
    secret = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)
    mode = forms.ChoiceField(label="Hình thức", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    shift = forms.MultipleChoiceField(
        label="Ca", choices=[("d", "Ngày")], widget=forms.CheckboxSelectMultiple
    )
    paper = forms.FileField(label="Tệp")
    sure = forms.BooleanField(label="Đúng")
    token = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/system/components/")


def drawn(request: HttpRequest, template: str, **context: Any) -> str:
    values = {"frame": FRAME, "csrf_token": "token", "messages": [], "request": request, **context}
    return get_template(template).template.render(Context(values))  # type: ignore[attr-defined,no-any-return]


def fields_of(form: forms.Form) -> str:
    return "".join(render_to_string("components/field.html", {"field": field}) for field in form)


def test_the_gallery_draws_every_component_that_it_names(request_: HttpRequest) -> None:
    rendered: set[str] = set()

    def note(template: Any, **_rest: Any) -> None:
        rendered.add(str(template.name))

    template_rendered.connect(note)
    try:
        page = drawn(
            request_, "pages/components.html", swatches=samples.SWATCHES, why=samples.WHY, holder=samples.HOLDER,
            view="table", sample_form=SampleForm({}), **samples.heads(), **samples.lists(), **samples.happenings(),
        )  # fmt: skip
    finally:
        template_rendered.disconnect(note)
    named = set(re.findall(r"<code>(\w+)</code>", page))
    assert len(named) >= page.count('class="sample') >= 20
    assert {f"components/{name}.html" for name in named} <= rendered
    assert "<h1>" in page


def test_every_component_is_included_somewhere() -> None:
    """One that no page shows is dead, however well the gallery draws it."""
    sources = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    sources.append((ROOT / "pages/templatetags/ui.py").read_text(encoding="utf-8"))
    components = {path.name for path in (TEMPLATES / "components").glob("*.html")}
    assert {
        name for name in components if not any(f'"components/{name}"' in text for text in sources)
    } == set()


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_error_pages_of_last_resort_need_no_context(template: str) -> None:
    assert "<h1>" in render_to_string(template, {})


@pytest.mark.parametrize("template", ["403.html", "403_csrf.html", "404.html"])
def test_error_pages_stand_in_the_frame(request_: HttpRequest, template: str) -> None:
    page = drawn(request_, template)
    assert "Trần Quốc Bảo" in page
    assert page.count("<h1>") == 1


def test_the_bar_works_without_script_and_posts_what_acts(request_: HttpRequest) -> None:
    page = drawn(request_, "404.html")
    assert page.count('aria-current="page"') == 2  # the bar and the phone's bar
    assert "(5)" in page
    assert "(0)" not in page
    assert 'method="post" action="/accounts/logout/"' in page
    assert 'name="language" value="en"' in page
    assert page.index('href="#main"') < page.index("<header")


def test_a_wrong_field_says_so_where_a_screen_reader_hears_it() -> None:
    form = Everything({"code": ""})
    form.is_valid()
    page = fields_of(form)
    assert 'aria-describedby="id_code_helptext id_code_error"' in page
    assert 'id="id_code_helptext"' in page
    assert 'id="id_code_error"' in page
    assert page.count("is-bad") == 7


def test_optional_fields_say_so_and_needed_ones_carry_no_star() -> None:
    page = fields_of(Everything())
    assert page.count("(không bắt buộc)") == 1
    assert "*" not in page


def test_choices_stand_in_a_fieldset_with_its_question() -> None:
    page = fields_of(Everything())
    assert page.count("<fieldset") == page.count("<legend") == 2
    assert 'class="seg"' in page


def test_the_summary_links_each_error_to_its_field() -> None:
    form = Everything({"code": "", "sure": ""})
    form.add_error(None, "Hồ sơ đã được nộp.")
    page = render_to_string("components/error_summary.html", {"form": form})
    assert "Hồ sơ đã được nộp." in page
    for anchor in ("#id_code", "#id_mode_0", "#id_shift_0", "#id_sure"):
        assert f'href="{anchor}"' in page


class WithPassword(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput)


def test_the_summary_promises_to_keep_what_was_typed_except_a_password() -> None:
    kept = render_to_string("components/error_summary.html", {"form": Everything({})})
    blank = render_to_string("components/error_summary.html", {"form": WithPassword({})})
    assert "còn nguyên" in kept
    assert "Có 1 chỗ cần sửa" in blank
    assert "còn nguyên" not in blank


def test_the_base_page_names_the_error_in_its_title(request_: HttpRequest) -> None:
    form = Everything({})
    form.is_valid()
    page = drawn(request_, "404.html", form=form)
    assert "<title>Lỗi:" in page
    assert "data-error-summary" in page


def test_a_locked_action_can_be_reached_and_says_what_is_missing() -> None:
    page = render_to_string(
        "components/locked.html", {"label": "Trình", "unmet": samples.lists()["unmet"], "id": "locked"}
    )
    assert 'aria-disabled="true" aria-describedby="locked"' in page
    assert " disabled" not in page.replace('aria-disabled="true"', "")
    assert "chưa có chữ ký của tổ trưởng" in page
