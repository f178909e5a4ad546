"""docs/lifecycle.md is what the table says, and the diagram leaves out nothing."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from applications.lifecycle import ROWS
from applications.management.commands import lifecycle_diagram
from applications.states import CLOSED, State

ARROW = re.compile(r"^    (\w+) --> (\w+): (\w+)", re.MULTILINE)


def test_the_document_is_what_the_table_says() -> None:
    call_command("lifecycle_diagram", check=True, verbosity=0)


def test_every_move_but_withdrawing_is_an_arrow_and_every_end_ends() -> None:
    drawn = set(ARROW.findall(lifecycle_diagram.diagram()))
    assert drawn == {
        (source.value, row.target.value, row.name)
        for row in ROWS
        for source in row.sources
        if row.name != "withdraw"
    }
    ends = re.findall(r"^    (\w+) --> \[\*\]", lifecycle_diagram.diagram(), re.MULTILINE)
    assert ends == [state.value for state in CLOSED]


def test_every_state_is_named_for_both_readers() -> None:
    page = lifecycle_diagram.page()
    assert all(f"| {state.value} | {state.label} |" in page for state in State)


def test_an_old_document_is_told_apart_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "lifecycle.md"
    file.write_text("of last year")
    monkeypatch.setattr(lifecycle_diagram, "FILE", file)
    with pytest.raises(CommandError, match=r"run manage\.py lifecycle_diagram"):
        call_command("lifecycle_diagram", check=True)
    call_command("lifecycle_diagram")
    assert file.read_text(encoding="utf-8") == lifecycle_diagram.page()
