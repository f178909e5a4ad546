"""A paper names the set of forms that it is written by (A-35): its words stay while the set's version stays.

The set's own digest covers its titles and numbers; the words of the drafts are code. Here they are frozen beside it.
"""

import ast
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from applications import draft_facts, draft_texts
from plan.form_sets import FOLDER, load_form_sets

FROZEN = Path(__file__).parent / "form_wordings.toml"
SOURCES = {
    path.stem: path
    for path in sorted([*Path(draft_texts.__path__[0]).glob("*.py"), Path(draft_facts.__file__)])
    if path.stem != "__init__"
}
VERSION = load_form_sets("tra_vinh_2021").sets[-1].version
WHAT_TO_DO = """The words of {name}.py are not those of the set of forms {version} any more.
Papers name that version, and an agency holds them against it. So either take the words back, or issue a new set:
a [[sets]] of its own with the next version and its day in {sets}, and in
{frozen} a table of that version with the digests of all its words, here {name} = "{digest}".
Only where no word of a paper is another (a sentence was cut in two by the code) write the digest over the old one."""


def sentences(source: str) -> Iterator[str]:
    """The words of a module: its strings that are more than one ASCII word, without its docstrings."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            text = " ".join(node.value.split())
            if " " in text or not text.isascii():
                yield text


def digest_of(source: str) -> str:
    """Sixteen digits over all sentences, in any order: a function may move."""
    return sha256("\n".join(sorted(sentences(source))).encode()).hexdigest()[:16]


def what_is_wrong(name: str, source: str, frozen: dict[str, dict[str, str]], *, version: str) -> str:
    """What to do about a module whose words left their set, or ""."""
    digest = digest_of(source)
    if frozen.get(version, {}).get(name) == digest:
        return ""
    sets = (FOLDER / "tra_vinh_2021.toml").name
    return WHAT_TO_DO.format(name=name, version=version, sets=sets, frozen=FROZEN.name, digest=digest)


@pytest.mark.parametrize("name", SOURCES)
def test_the_words_of_a_paper_stay_while_the_version_of_its_set_stays(name: str) -> None:
    frozen = tomllib.loads(FROZEN.read_text(encoding="utf-8"))
    wrong = what_is_wrong(name, SOURCES[name].read_text(encoding="utf-8"), frozen, version=VERSION)
    assert not wrong, wrong


def test_an_edit_of_one_word_and_a_new_set_without_its_words_are_found() -> None:
    source = '"""What it is."""\ndef wording():\n    return ["Công ty cam kết", place("meals#phone")]\n'
    frozen = {"1": {"paper": digest_of(source)}}
    assert what_is_wrong("paper", source, frozen, version="1") == ""
    assert what_is_wrong("paper", source.replace("What it is", "Another word"), frozen, version="1") == ""
    assert what_is_wrong("paper", source.replace("meals#", "food#"), frozen, version="1") == ""
    assert "[[sets]]" in what_is_wrong("paper", source.replace("cam kết", "xin cam kết"), frozen, version="1")
    assert "set of forms 2" in what_is_wrong("paper", source, frozen, version="2")


def test_only_words_that_are_there_are_frozen() -> None:
    frozen = tomllib.loads(FROZEN.read_text(encoding="utf-8"))
    assert set(frozen[VERSION]) == set(SOURCES)
    assert set(frozen) <= {each.version for each in load_form_sets("tra_vinh_2021").sets}
