"""Addresses that templates spell by hand, because a `{% url %}` costs in every row: each leads to a route."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

ROOT = Path(settings.BASE_DIR)
# An address that begins with a variable and goes on: {{ address }}clock/, not {{ url }}?page=2 or {{ sprite }}#pen.
BY_HAND = re.compile(
    r'\b(?:href|src|action|formaction|hx-get|hx-post)="(\{\{ [\w.]+ \}\}(?=[\w/.-]|\{\{ )[^"#?%]+)[^"]*"'
)
VARIABLE = re.compile(r"\{+ ?([\w.]+) ?\}+")
ADDRESS = "/dossiers/01-211014-0001/"
# What stands for each variable; a new one in such an address gets its sample here.
SAMPLES = {
    "address": ADDRESS,
    "dossiers": "/dossiers/",
    "kind": "quyet_dinh",
    "number": "1",
    "row.code": "01-211014-0001",
    "row.url": ADDRESS,
}
# The view of a case spells the address of a paper, and its template goes on from there.
PAPER_URL = re.compile(r'"paper_url": f"([^"]+)"')
PAPER = {"address": ADDRESS, "row.code": "commitment", "row.paper.version": "1"}


def spelt(text: str, samples: dict[str, str]) -> list[str]:
    """The addresses of a template that are spelt by hand, with samples for their variables; KeyError without one."""
    return [VARIABLE.sub(lambda found: samples[found[1]], each) for each in BY_HAND.findall(text)]


def paper_url() -> str:
    source = (ROOT / "applications/views/desk_case.py").read_text(encoding="utf-8")
    [found] = PAPER_URL.findall(source)
    return VARIABLE.sub(lambda variable: PAPER[variable[1]], found)


def leads_nowhere(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return True
    return False


def test_every_address_that_a_template_spells_by_hand_leads_to_a_route() -> None:
    samples = SAMPLES | {"paper_url": paper_url()}
    found = {
        (str(path.relative_to(ROOT)), address)
        for path in (ROOT / "templates").rglob("*.html")
        for address in spelt(path.read_text(encoding="utf-8"), samples)
    }
    used = {Path(name).name for name, _ in found}
    assert {
        "case.html",
        "decide.html",
        "decisions_tables.html",
        "frame.html",
        "rows.html",
        "side.html",
    } <= used
    assert sorted((name, address) for name, address in found if leads_nowhere(address)) == []


@pytest.mark.parametrize(
    ("sample", "nowhere"),
    [
        ('<a href="{{ address }}clock/">', [False]),
        ('<a href="{{ address }}clokc/">', [True]),
        ('<form hx-post="{{ address }}ticks" action="{{ address }}ticks/">', [True, False]),
        ('<img src="{{ address }}decide/{{ kind }}-{{ number }}.png">', [False]),
        ('<a href="{{ dossiers }}{{ row.code }}/decide/?x=1">', [False]),
        ('<a href="{{ address }}"><a href="{{ address }}?tab=visit"><use href="{{ address }}#pen">', []),
        ('<a href="{{ address }}{% if back %}?back={{ back }}{% endif %}">', []),
    ],
)
def test_the_rule_bites(sample: str, nowhere: list[bool]) -> None:
    assert [leads_nowhere(address) for address in spelt(sample, SAMPLES)] == nowhere
