"""Rules that every template keeps: icons known, nothing inline, components that say what they take."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context

from pages.templatetags.ui import icon, icon_names

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
PRINTED = {"letters", "demo"}  # pages of a PDF carry their own style; they never reach a browser
NOT_OURS = {".venv", "node_modules", "var", "tests"}
# No page of ours, or of a library drawn in our frame, may lean on what the CSP refuses.
INLINE = re.compile(
    r"\sstyle=|<style|\son(click|change|submit|input|load|error|focus|blur)=|javascript:", re.I
)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)", re.I)
# A field that a person fills; files cannot be kept by a browser, and hidden fields hold nothing of theirs.
TYPED = re.compile(
    r"\|crispy|{% crispy|{{ \w*form\.|<textarea|<select|<input(?![^>]*type=\"(hidden|file|submit)\")"
)
# Templates of forms that keep nothing, and why.
NOTHING_KEPT = {
    "account/base_reauthenticate.html": "a password",
    "account/login.html": "a password; whoever sits here next must not find the address",
    "account/password_change.html": "passwords",
    "account/password_reset.html": "one address, asked before anybody has signed in",
    "account/password_reset_from_key.html": "passwords",
    "account/password_set.html": "passwords",
    "applications/check.html": "one tick, to be set by who has just read what stands above it",
    "applications/paper_permit_check.html": "what was read back, in hidden fields, and its scan",
    "applications/desk/case.html": "each tick is sent as it is set",
    "dashboards/decide.html": "hidden fields: what was read",
    "dashboards/track.html": "asks, open to everybody; two codes of a firm on a screen that others may use",
    "mfa/authenticate.html": "a code of thirty seconds",
    "mfa/totp/activate_form.html": "a code of thirty seconds",
    "organisations/people.html": "a search",
}


def templates() -> Iterator[tuple[str, str]]:
    """Every template that a browser sees, by name, without its comments."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        if path.relative_to(TEMPLATES).parts[0] not in PRINTED and "email" not in path.parts:
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.S)
            yield str(path.relative_to(TEMPLATES)), text


def python_sources() -> Iterator[str]:
    """Our Python, in which tables name icons."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        if path.relative_to(ROOT).parts[0] not in NOT_OURS:
            yield path.read_text(encoding="utf-8")


def named_in_templates() -> set[str]:
    """Icons that a template asks for by name."""
    found: set[str] = set()
    for _name, text in templates():
        found |= set(re.findall(r'{% icon "([a-z0-9-]+)"', text))
        found |= set(re.findall(r'\bicon="([a-z0-9-]+)"', text))
        found |= set(re.findall(r'{{ sprite }}#([a-z0-9-]+)"', text))
    return found


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    assert named_in_templates() - icon_names() == set()


def test_every_icon_of_the_sprite_is_used_somewhere() -> None:
    words = set()
    for text in python_sources():
        words |= set(re.findall(r'"([a-z0-9-]+)"', text))
    assert icon_names() - named_in_templates() - words == set()


def test_the_list_of_icons_is_sorted_and_names_each_once() -> None:
    lines = (ROOT / "static" / "icons.txt").read_text(encoding="utf-8").split()
    assert lines == sorted(set(lines))


def test_an_icon_outside_the_sprite_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"static/icons\.txt"):
        icon(Context(), "no-such-icon")


@pytest.mark.parametrize(("name", "text"), list(templates()))
def test_no_template_holds_inline_style_or_script(name: str, text: str) -> None:
    assert not INLINE.search(text), name
    assert not SCRIPT.search(text), name


def written_out(text: str, seen: frozenset[str] = frozenset()) -> str:
    """The template with what it includes by name in its place."""

    def included(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen or not (TEMPLATES / name).is_file():
            return ""
        return written_out((TEMPLATES / name).read_text(encoding="utf-8"), seen | {name})

    return re.sub(r'{% include "([^"]+)"[^%]*%}', included, text)


def forgetful(text: str) -> list[str]:
    """Tags of the forms of a template that hold a field to type or choose in, and keep nothing of it."""
    found = []
    for tag, body in re.findall(r"(<form\b[^>]*>)(.*?)</form>", text, re.S):
        is_kept = "data-keep=" in tag or "data-autosave" in tag
        if 'method="post"' in tag and not is_kept and TYPED.search(written_out(body)):
            found.append(tag)
    return found


def test_every_form_that_is_typed_in_keeps_what_is_typed() -> None:
    found = {name for name, text in templates() if forgetful(text)}
    assert sorted(found - set(NOTHING_KEPT)) == []
    assert sorted(set(NOTHING_KEPT) - found) == [], "keeps it now, or is gone: take it off the list"


@pytest.mark.parametrize(
    ("sample", "count"),
    [
        ('<form method="post">{{ form|crispy }}</form>', 1),
        ('<form method="post"><textarea name="x"></textarea></form>', 1),
        ('<form method="post">{% include "components/field.html" with field=form.x only %}</form>', 1),
        ('<form method="post" data-keep="x">{{ form|crispy }}</form>', 0),
        ('<form method="post"><input type="hidden" name="x"><input type="file" name="y"></form>', 0),
        ('<form method="get"><input type="search" name="q"></form>', 0),
    ],
)
def test_the_rule_on_keeping_bites(sample: str, count: int) -> None:
    assert len(forgetful(sample)) == count


@pytest.mark.parametrize(
    "path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem
)
def test_every_component_says_at_its_head_what_it_takes(path: Path) -> None:
    head = re.match(r"{% comment %}\n(.+?)\n{% endcomment %}", path.read_text(encoding="utf-8"), re.S)
    assert head, f"{path.name} has no header comment"
    assert head[1].startswith(f"{path.stem}: "), f"{path.name} is not called by its name"


@pytest.mark.parametrize(
    "sample", ['<p style="x">', "<a onclick='x()'>", "<style>", '<a href="javascript:1">']
)
def test_the_rule_on_inline_style_bites(sample: str) -> None:
    assert INLINE.search(sample)


def test_the_rule_on_inline_script_bites() -> None:
    assert SCRIPT.search("<script>x()</script>")
    assert not SCRIPT.search('<script type="module" src="/static/js/forms.js"></script>')
