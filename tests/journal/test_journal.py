"""The journal cannot be rewritten unseen: triggers refuse, seals tell, an outsider's head shows a cut tail."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from journal import checks, sealing, tasks, triggers
from journal.models import AuditEvent, Seal
from journal.recording import record
from journal.request import request_id
from tests import cast
from tests.counts import count

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def happened(number: int) -> None:
    user = cast.make_dolisa_officer()
    for n in range(number):
        record(
            "paper.marked",
            by=user,
            at=cast.AT,
            kind="dossier",
            subject_id=n,
            fields=["verdict", "commitment"],
        )


def sealed(number: int) -> str:
    """So many sealed events; returns the head that an outsider would hold."""
    happened(number)
    assert sealing.seal(at=cast.AT + MINUTE) == number
    return sealing.last_seal()[1]


@contextmanager
def lifted() -> Iterator[None]:
    """What somebody with the keys of the database can do."""
    triggers.drop(connection)
    try:
        yield
    finally:
        triggers.create(connection)


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


# --- what a row says ---


def test_a_row_says_who_in_which_post_did_what_and_names_fields_without_values() -> None:
    token = request_id.set("abc-123456")
    try:
        user = cast.make_chairman()
        record(
            "dossier.approve",
            by=user,
            at=cast.AT,
            kind="dossier",
            subject_id=7,
            fields=["state", "cap"],
            reason="x" * 400,
        )
    finally:
        request_id.reset(token)
    row = AuditEvent.objects.get(subject_id="7")
    assert (row.actor_id, row.actor_name, row.actor_post) == (
        user.pk,
        "Võ Thanh Bình",
        user.post_title(on=cast.AT),
    )
    assert (row.fields, len(row.reason), row.request_id) == (["cap", "state"], 300, "abc-123456")


def test_the_portal_itself_has_no_name() -> None:
    record("dossier.due", by=None, at=cast.AT, kind="dossier", subject_id=1)
    row = AuditEvent.objects.get(verb="dossier.due")
    assert (row.actor_id, row.actor_name, row.actor_post) == (None, "", "")


# --- triggers ---

COLUMNS = "at, verb, subject_kind, subject_id, actor_name, actor_post, fields, reason, request_id"
FORBIDDEN = {
    "update an event": "UPDATE journal_auditevent SET verb = 'x'",
    "delete an event": "DELETE FROM journal_auditevent",
    "insert over an event": f"INSERT INTO journal_auditevent (id, {COLUMNS}) "
    f"SELECT id, {COLUMNS} FROM journal_auditevent",
    "update a seal": "UPDATE journal_seal SET mac = 'x'",
    "delete a seal": "DELETE FROM journal_seal",
    "insert over a seal": "INSERT INTO journal_seal SELECT * FROM journal_seal",
}
if connection.vendor == "sqlite":
    FORBIDDEN |= {
        "replace an event": "INSERT OR REPLACE INTO journal_auditevent SELECT * FROM journal_auditevent",
        "replace a seal": "INSERT OR REPLACE INTO journal_seal SELECT * FROM journal_seal",
        "replace by update": "UPDATE OR REPLACE journal_seal SET position = 1",
    }
else:
    FORBIDDEN |= {
        "empty the events": "TRUNCATE journal_auditevent",
        "empty the seals": "TRUNCATE journal_seal",
        "upsert an event": f"INSERT INTO journal_auditevent (id, {COLUMNS}) SELECT id, {COLUMNS} FROM "
        "journal_auditevent ON CONFLICT (id) DO UPDATE SET verb = 'x'",
    }


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_database_refuses_to(what: str) -> None:
    sealed(3)
    before = (list(AuditEvent.objects.values()), list(Seal.objects.values()))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(FORBIDDEN[what])
    assert (list(AuditEvent.objects.values()), list(Seal.objects.values())) == before


@pytest.mark.parametrize("name", sorted(triggers.names(connection.vendor)))
def test_a_missing_trigger_is_found_by_the_check_and_by_verification(name: str) -> None:
    table = next(table for table in triggers.TABLES if name.startswith(table))
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert [fault.msg for fault in checks.triggers_exist(None, ["default"])] == [
        f"The trigger {name} is missing."
    ]
    assert sealing.verify() == [sealing.Finding(0, f"trigger {name} is missing")]
    triggers.create(connection)
    assert checks.triggers_exist(None, ["default"]) == []


if connection.vendor == "postgresql":  # SQLite cannot switch a trigger off

    def test_a_trigger_that_is_switched_off_counts_as_missing() -> None:
        run("ALTER TABLE journal_seal DISABLE TRIGGER journal_seal_no_change")
        assert sealing.verify() == [sealing.Finding(0, "trigger journal_seal_no_change is missing")]


def test_the_check_is_silent_where_the_journal_has_no_tables_yet_or_no_database_is_asked_for() -> None:
    assert checks.triggers_exist(None) == []


def test_a_handler_that_cannot_be_imported_is_found(settings: Any) -> None:
    assert checks.events_resolve(None) == []
    settings.JOURNAL_EVENTS = "tests.journal.test_journal.BROKEN"
    (fault,) = checks.events_resolve(None)
    assert fault.msg.startswith("dossier.lost: nowhere.at_all does not resolve")


BROKEN = {"dossier.lost": ("nowhere.at_all",)}


# --- sealing ---


def test_seals_follow_the_events_in_order_and_each_holds_the_one_before() -> None:
    sealed(5)
    links = list(Seal.objects.order_by("position"))
    assert [link.position for link in links] == [1, 2, 3, 4, 5]
    assert [link.event_id for link in links] == list(
        AuditEvent.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert [link.previous for link in links] == [sealing.START, *[link.mac for link in links[:-1]]]
    assert sealing.verify() == []


def test_young_events_wait_and_a_late_one_is_sealed_in_the_next_round() -> None:
    happened(2)
    assert sealing.seal(at=cast.AT + timedelta(seconds=29)) == 0
    assert sealing.unsealed() == 2
    record("late", by=None, at=cast.AT + MINUTE, kind="dossier", subject_id=1)
    assert sealing.seal(at=cast.AT + MINUTE) == 2
    assert sealing.seal(at=cast.AT + MINUTE) == 0
    assert sealing.seal(at=cast.AT + 2 * MINUTE) == 1
    assert (sealing.unsealed(), sealing.verify()) == (0, [])


def test_sealing_in_small_rounds_gives_the_same_chain() -> None:
    happened(7)
    assert [sealing.seal(at=cast.AT + MINUTE, most=3) for _ in range(4)] == [3, 3, 1, 0]
    assert sealing.verify() == []


def test_the_task_seals() -> None:
    happened(2)
    assert tasks.seal() == 2


def test_another_key_sees_nothing_but_changes(settings: Any) -> None:
    sealed(3)
    settings.JOURNAL_KEY = "somebody else's"
    assert len(sealing.verify()) == 3


# --- 200 of 200 ---

ALTERED = {
    "at": lambda row, dice: row.at + timedelta(microseconds=dice.randint(1, 10**9)),
    "verb": lambda row, dice: row.verb + "d",
    "subject_kind": lambda row, dice: "site",
    "subject_id": lambda row, dice: row.subject_id + "0",
    "actor_id": lambda row, dice: dice.choice([None, (row.actor_id or 0) + 1]),
    "actor_name": lambda row, dice: dice.choice(["", "Người Khác"]),
    "actor_post": lambda row, dice: row.actor_post + " ",
    "fields": lambda row, dice: dice.choice([[], row.fields[::-1], [*row.fields, "cap"]]),
    "reason": lambda row, dice: "vì thế",
    "request_id": lambda row, dice: "0" * 8,
}


def edit_event(dice: random.Random) -> None:
    row = dice.choice(list(AuditEvent.objects.order_by("pk")))
    column = dice.choice(sorted(ALTERED))
    AuditEvent.objects.filter(pk=row.pk).update(**{column: ALTERED[column](row, dice)})


def delete_event(dice: random.Random) -> None:
    AuditEvent.objects.filter(pk=dice.choice(list(AuditEvent.objects.order_by("pk"))).pk).delete()


def swap_events(dice: random.Random) -> None:
    """Two rows change their contents, as if they had happened the other way round."""
    one, other = dice.sample(list(AuditEvent.objects.order_by("pk")), 2)
    one.pk, other.pk = other.pk, one.pk
    one.save()
    other.save()


def renumber_event(dice: random.Random) -> None:
    row = dice.choice(list(AuditEvent.objects.order_by("pk")))
    AuditEvent.objects.filter(pk=row.pk).update(id=row.pk + 10_000)


def edit_seal(dice: random.Random) -> None:
    link = dice.choice(list(Seal.objects.order_by("pk")))
    column = dice.choice(["mac", "previous"])
    value = getattr(link, column)
    place = dice.randrange(64)
    forged = value[:place] + ("1" if value[place] == "0" else "0") + value[place + 1 :]
    Seal.objects.filter(pk=link.pk).update(**{column: forged})


def delete_seal(dice: random.Random) -> None:
    Seal.objects.filter(pk=dice.choice(list(Seal.objects.order_by("pk"))).pk).delete()


def swap_seals(dice: random.Random) -> None:
    """Two seals change events."""
    one, other = dice.sample(list(Seal.objects.order_by("pk")), 2)
    Seal.objects.filter(pk=one.pk).update(event_id=0)
    Seal.objects.filter(pk=other.pk).update(event_id=one.event_id)
    Seal.objects.filter(pk=one.pk).update(event_id=other.event_id)


def cut_out(dice: random.Random) -> None:
    """An event goes with its seal, and the gap in the numbers is closed."""
    link = dice.choice(list(Seal.objects.order_by("pk")))
    AuditEvent.objects.filter(pk=link.event_id).delete()
    Seal.objects.filter(pk=link.pk).delete()
    for later in Seal.objects.filter(pk__gt=link.pk).order_by("pk"):
        Seal.objects.filter(pk=later.pk).update(position=later.position - 1)


TAMPERINGS: list[Callable[[random.Random], None]] = [
    edit_event, edit_event, edit_event, delete_event, swap_events, renumber_event, edit_seal, delete_seal, swap_seals,
    cut_out,
]  # fmt: skip


def test_every_random_edit_deletion_and_reorder_is_found() -> None:
    head = sealed(12)
    tries = count("random changes of the journal, all found", quick=200, soak=1000)
    missed = []
    for seed in range(tries):
        dice = random.Random(seed)
        tampering = TAMPERINGS[seed % len(TAMPERINGS)]
        with transaction.atomic():
            with lifted():
                tampering(dice)
            if not sealing.verify(head=head):
                missed.append((seed, tampering.__name__))
            transaction.set_rollback(True)
    assert missed == []
    assert sealing.verify(head=head) == []


def test_a_tail_cut_off_with_its_seals_is_seen_only_by_the_head_an_outsider_holds() -> None:
    head = sealed(8)
    with lifted():
        gone = list(Seal.objects.filter(position__gt=5).values_list("event_id", flat=True))
        Seal.objects.filter(position__gt=5).delete()
        AuditEvent.objects.filter(pk__in=gone).delete()
    assert sealing.verify() == []
    (finding,) = sealing.verify(head=head)
    assert finding.text == "the seal that the outsider holds is not in the chain"


def test_the_command_says_what_it_found_and_fails() -> None:
    head = sealed(4)
    said = StringIO()
    call_command("verify_journal", head=head, stdout=said)
    assert said.getvalue() == f"4 sealed, 0 waiting, last seal {head}\n"
    with lifted():
        AuditEvent.objects.filter(pk=Seal.objects.get(position=2).event_id).update(reason="khác")
    said, wrong = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 findings"):
        call_command("verify_journal", stdout=said, stderr=wrong)
    assert "was changed" in wrong.getvalue()
    assert wrong.getvalue().startswith("seal 2: event ")


def test_an_empty_journal_is_in_order() -> None:
    assert (sealing.verify(), sealing.last_seal()) == ([], (0, sealing.START))
    assert sealing.verify(head=sealing.START) == []
