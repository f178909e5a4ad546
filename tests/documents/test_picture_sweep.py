"""Drawn pages and previews are a convenience: what is older than a day is forgotten, the rest stays."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import time_machine

from documents.tasks import forget_pictures
from restart_portal.celery import app
from tests import cast


def aged(path: Path, *, hours: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    moment = (cast.AT - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_what_is_older_than_a_day_is_forgotten_and_nothing_else(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    old = [
        aged(tmp_path / "page_images" / "ab" / "ab-1-900.png", hours=25),
        aged(tmp_path / "previews" / "x.pdf", hours=30),
    ]
    young = [
        aged(tmp_path / "page_images" / "cd" / "cd-1-900.png", hours=23),
        aged(tmp_path / "previews" / "y.pdf", hours=1),
    ]
    other = aged(tmp_path / "files" / "kept.pdf", hours=900)
    with time_machine.travel(cast.AT, tick=False):
        assert forget_pictures() == 2
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in [*young, other])


def test_nothing_drawn_yet_is_nothing_to_forget(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    assert forget_pictures() == 0


def test_beat_rings_for_it() -> None:
    assert "documents.tasks.forget_pictures" in {row["task"] for row in app.conf.beat_schedule.values()}
