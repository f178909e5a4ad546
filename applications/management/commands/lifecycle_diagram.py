"""Writes docs/lifecycle.md from the lifecycle's table; `--check` only says whether it is as it should be."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from applications.lifecycle import ROWS, Transition
from applications.states import CLOSED, LOOKS, State

FILE = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"
HEAD = """# The life of a dossier

Written by `manage.py lifecycle_diagram` from the table in `applications/lifecycle.py`; a test holds it to that
table. Do not edit by hand.

"""


def phase_words(row: Transition) -> str:
    return "" if len(row.phases) > 1 else f" (phase {row.phases[0]})"


def diagram() -> str:
    """States and transitions as a Mermaid state diagram. Withdrawing leads out of every open state: one note."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.DRAFT.value}"]
    for row in ROWS:
        if row.name != "withdraw":
            lines += [
                f"    {source.value} --> {row.target.value}: {row.name}{phase_words(row)}"
                for source in row.sources
            ]
    lines += [f"    {state.value} --> [*]" for state in CLOSED]
    lines += [
        f"    note right of {State.WITHDRAWN.value}",
        "        withdraw: from every open state",
        "    end note",
        "```",
    ]
    return "\n".join(lines)


def transitions() -> str:
    """The table itself."""
    lines = ["| transition | from | to | who | clause | event |", "|---|---|---|---|---|---|"]
    for row in ROWS:
        sources = ", ".join(source.value for source in row.sources)
        cells = [
            row.name + phase_words(row),
            sources,
            row.target.value,
            row.actor.value,
            row.clause,
            row.event,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def names() -> str:
    """The two names of each state."""
    lines = ["| state | officials read | the enterprise reads |", "|---|---|---|"]
    lines += [f"| {state.value} | {state.label} | {LOOKS[state].public} |" for state in State]
    return "\n".join(lines)


def page() -> str:
    """The whole document."""
    with override("vi"):
        parts = [HEAD + diagram(), "## Transitions\n\n" + transitions(), "## States\n\n" + names()]
    return "\n\n".join(parts) + "\n"


class Command(BaseCommand):
    help = "Writes docs/lifecycle.md from the lifecycle's table."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when the file is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        written = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
        if written == page():
            self.stdout.write(f"{FILE.name} is up to date")
        elif options["check"]:
            raise CommandError(
                f"docs/{FILE.name} is not what the table says: run manage.py lifecycle_diagram"
            )
        else:
            FILE.write_text(page(), encoding="utf-8")
            self.stdout.write(f"wrote {FILE.name}")
