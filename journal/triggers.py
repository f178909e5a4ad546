"""Triggers that make audit events and seals append-only, on both databases.

SQLite: INSERT OR REPLACE would forge a row without an UPDATE, so an existing id is refused before insert.
PostgreSQL: TRUNCATE would empty the table without a DELETE. Migrations that alter these tables must end by
calling `create`, because SQLite rebuilds the table and drops its triggers.
"""

from typing import Any

TABLES = {"journal_auditevent": "id", "journal_seal": "position"}


def _sqlite(table: str, key: str) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only');"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse} END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse} END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN {refuse} END",
    ]


def _postgresql(table: str, key: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        # A session keeps the plan of its first insert: made over an empty table, that would read the whole of it.
        f"CREATE OR REPLACE FUNCTION {table}_refuse_existing() RETURNS trigger LANGUAGE plpgsql "
        f"SET enable_seqscan = off AS "
        f"$$ BEGIN IF EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) THEN "
        f"RAISE EXCEPTION '{table} is append-only'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_existing()",
    ]


def names(vendor: str) -> set[str]:
    """The triggers that must exist."""
    kinds = ("no_update", "no_delete", "no_replace")
    if vendor == "postgresql":
        kinds = ("no_change", "no_truncate", "no_replace")
    return {f"{table}_{kind}" for table in TABLES for kind in kinds}


def existing(connection: Any) -> set[str]:
    """The triggers that do exist."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def drop(connection: Any) -> None:
    """Lifts the triggers; called by the migration below and by one test fixture around flush."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in sorted(n for n in names(connection.vendor) if n.startswith(table)):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def create(connection: Any) -> None:
    """Lays the triggers anew."""
    drop(connection)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for table, key in TABLES.items():
            for statement in make(table, key):
                cursor.execute(statement)
