"""A sign of life from the worker: its loop touches a file, which scripts/healthy.py looks at.

Remote control is off (the file broker has none), so a worker cannot be pinged.
"""

from pathlib import Path
from typing import Any

from celery import bootsteps
from django.conf import settings

SECONDS = 20.0


class SignOfLife(bootsteps.StartStopStep):
    """Touches `worker-alive` from the worker's own timer: a loop that hangs stops touching."""

    requires = frozenset({"celery.worker.components:Timer"})

    def __init__(self, parent: Any, **options: Any) -> None:
        self.file = Path(settings.VAR) / "worker-alive"
        self.timer: Any = None

    def start(self, parent: Any) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch()
        self.timer = parent.timer.call_repeatedly(SECONDS, self.file.touch, priority=10)

    def stop(self, parent: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        self.file.unlink(missing_ok=True)
