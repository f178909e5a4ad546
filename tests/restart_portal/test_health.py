"""The probes say nothing but ok, or the bare names of what is missing, and cost next to nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from restart_portal.views import newest_migrations

pytestmark = pytest.mark.django_db


def test_a_portal_that_can_serve_answers_ok_and_nothing_else(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain")


def test_a_migration_that_has_not_run_is_named_by_its_part_alone(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied(*sorted(newest_migrations())[0])
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"migrations")


def test_a_folder_of_files_that_is_gone_is_named(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "gone"
    assert client.get("/health/ready").content == b"files"


def test_a_database_that_is_away_is_named_without_its_words(client: Client) -> None:
    def away(*arguments: Any) -> None:
        raise DatabaseError("could not connect to server at 10.0.0.5")

    with connection.execute_wrapper(away):
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"database")


def test_asking_again_reads_no_migration_from_the_disk(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/health/ready")
    read = newest_migrations.cache_info().misses
    with django_assert_num_queries(3):  # is it there, is the table of migrations, what has run
        client.get("/health/ready")
    assert newest_migrations.cache_info().misses == read
