"""Counters that bound guessing outlive whatever else is put into the embedded cache."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from restart_portal.file_cache import ExpiredFirst
from restart_portal.open_routes import GUESSED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def embedded(settings: Any, tmp_path: Path) -> Any:
    """The cache as the portal's settings make it, in a folder of its own."""
    code = "import restart_portal.settings as s; o = s.CACHES['default']; print(o['BACKEND'], o['OPTIONS'])"
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=clean, capture_output=True, text=True)
    assert said.stdout.startswith("restart_portal.file_cache.ExpiredFirst {'MAX_ENTRIES': 10000,")
    options = {"MAX_ENTRIES": 10_000, "CULL_FREQUENCY": 20}
    settings.CACHES = {
        "default": {
            "BACKEND": "restart_portal.file_cache.ExpiredFirst", "LOCATION": tmp_path, "OPTIONS": options
        }
    }  # fmt: skip
    return cache


@pytest.mark.django_db
def test_a_thousand_other_keys_do_not_free_a_rate_limit(
    embedded: Any, client: Client, time_machine: Any
) -> None:
    time_machine.move_to("2021-10-20T09:00:05+07:00", tick=False)
    for _ in range(GUESSED):
        assert client.get("/check/AAAAAAAAAAAAAAAA/").status_code == 404
    for number in range(1_000):
        embedded.set(f"other-{number}", number, timeout=60)
    assert client.get("/check/AAAAAAAAAAAAAAAA/").status_code == 429


def test_a_full_folder_loses_what_has_expired_and_keeps_what_counts(tmp_path: Path) -> None:
    full = ExpiredFirst(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 100, "CULL_FREQUENCY": 2}})
    for number in range(90):
        full.set(f"old-{number}", number, timeout=0.01)
    time.sleep(0.05)
    for number in range(50):
        full.set(f"live-{number}", number, timeout=600)
    assert [full.get(f"live-{number}") for number in range(50)] == list(range(50))


def test_a_folder_full_of_what_counts_still_ends(tmp_path: Path) -> None:
    full = ExpiredFirst(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 20, "CULL_FREQUENCY": 2}})
    for number in range(60):
        full.set(f"live-{number}", number, timeout=600)
    assert len(list(tmp_path.iterdir())) <= 20
