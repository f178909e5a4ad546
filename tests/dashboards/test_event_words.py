"""Every event and every audit verb has words: a new one without them fails here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from applications import lifecycle
from dashboards.event_words import KINDS, WORDS
from journal.models import AuditEvent, OutboxRow
from journal.recording import record
from restart_portal.events import EVENTS
from tests import cast

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "applications",
    "dashboards",
    "documents",
    "inspections",
    "journal",
    "notices",
    "organisations",
    "workers",
)
SIGN_IN = {"email_changed", "email_deleted", "password_changed", "password_reset", "password_set",
           "recovery_codes_generated", "totp_activated", "totp_deactivated"}  # fmt: skip


def calls() -> Iterator[ast.Call]:
    """Every call of `record` in the portal's own rooms."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                    yield node


def literals(node: ast.AST) -> set[str]:
    """The texts that an argument can be: itself, or the arms of a choice."""
    found = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return set() if isinstance(node, ast.JoinedStr) else found


def test_every_event_has_words() -> None:
    assert set(EVENTS) - set(WORDS) == set()


def test_every_verb_of_the_journal_has_words() -> None:
    verbs = {text for call in calls() if call.args for text in literals(call.args[0]) if "." in text}
    assert len(verbs) > 30, "the search found the calls"
    assert verbs - set(WORDS) == set()
    assert {f"dossier.{row.name}" for row in lifecycle.ROWS} - set(WORDS) == set()
    assert {f"account.{change}" for change in SIGN_IN} - set(WORDS) == set()


def test_every_kind_of_thing_has_words() -> None:
    kinds = {
        text
        for call in calls()
        for given in call.keywords
        if given.arg == "kind"
        for text in literals(given.value)
    }
    assert kinds - set(KINDS) == set()


def test_one_act_has_one_word() -> None:
    assert [WORDS[f"{thing}.retracted"] for thing in ("paper", "file")] == [
        "Rút giấy tờ tải nhầm", "Rút tệp gửi nhầm",
    ]  # fmt: skip
    assert (WORDS["dossier.move_visit"], WORDS["dossier.visit_moved"]) == (
        "Đổi lịch kiểm tra", "Lịch kiểm tra đã đổi",
    )  # fmt: skip


@pytest.mark.django_db
def test_the_journal_and_the_system_page_speak_in_words() -> None:
    cast.load_reference()
    admin = cast.make_admin()
    record("dossier.propose_team", by=admin, at=cast.AT, kind="dossier", subject_id="1")
    OutboxRow.objects.create(
        event="letter.issued", subject_id="1", at=cast.AT, last_error="MemoryError", attempts=2
    )
    client = cast.signed_in(admin)
    journal = client.get(reverse("journal_log")).content.decode()
    assert "Đề xuất tổ kiểm tra" in journal
    assert "dossier.propose_team" not in journal
    system = client.get(reverse("system")).content.decode()
    assert "Phát hành văn bản" in system
    assert AuditEvent.objects.filter(verb="dossier.propose_team").exists()
