"""The English catalogue is complete: every Vietnamese source string has an English one."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.utils import translation

from scripts.check_translations import LEFT_OUT, ROOT, untranslated

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Hồ sơ"
msgstr "Dossier"

#, fuzzy
msgid "Cơ sở"
msgstr "Base"
"""


def test_every_source_string_of_the_portal_has_english() -> None:
    missing = untranslated()
    assert not missing, f"{len(missing)} strings, the first: {missing[:10]}"


def test_no_source_string_hides_in_an_f_string_where_it_is_not_gathered() -> None:
    rooms = {path.parent for path in ROOT.glob("*/__init__.py")}
    rooms = {room for room in rooms if room.name not in LEFT_OUT(str(ROOT), [room.name])}
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for room in rooms
        for path in room.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "ngettext", "pgettext"}
    ]
    assert hidden == []


@pytest.fixture
def small_portal(tmp_path: Path) -> Path:
    catalogue = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE)
    (tmp_path / "words.py").write_text(
        'from django.utils.translation import gettext as _\nname = _("Hồ sơ")\n'
    )
    return tmp_path


def test_a_translated_string_is_not_reported(small_portal: Path) -> None:
    assert untranslated(small_portal) == []


def test_a_new_string_in_a_template_is_reported(small_portal: Path) -> None:
    (small_portal / "templates").mkdir()
    page = "{% load i18n %}{% blocktranslate trimmed %}\n  Một chuỗi\n  mới\n{% endblocktranslate %}"
    (small_portal / "templates" / "page.html").write_text(page)
    assert untranslated(small_portal) == ["Một chuỗi mới"]


def test_a_doubted_translation_is_reported(small_portal: Path) -> None:
    (small_portal / "more.py").write_text(
        'from django.utils.translation import gettext as _\nsite = _("Cơ sở")\n'
    )
    assert untranslated(small_portal) == ["Cơ sở"]


def test_a_string_used_with_and_without_a_plural_is_an_error(small_portal: Path) -> None:
    (small_portal / "more.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        'one = _("%(n)s trang") % {"n": 3}\nmany = ngettext("%(n)s trang", "%(n)s trang", 3) % {"n": 3}\n'
    )
    with pytest.raises(RuntimeError, match="without plural and with plural"):
        untranslated(small_portal)


def test_checking_leaves_the_catalogue_as_it_was(small_portal: Path) -> None:
    (small_portal / "more.py").write_text(
        'from django.utils.translation import gettext as _\nsite = _("Mới")\n'
    )
    untranslated(small_portal)
    assert (small_portal / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text() == CATALOGUE


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_typed_as_day_month_year_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean("05/10/2021") == date(2021, 10, 5)
