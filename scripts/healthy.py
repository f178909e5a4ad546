"""Whether web, worker or beat of this container is alive: python scripts/healthy.py web|worker|beat.

web: /health/ready answers. worker: its loop touched `worker-alive` within two minutes. beat: it saved its
schedule within ten minutes (it does every three). Standard library only; says nothing, exits 0 or 1.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

VAR = Path(os.environ.get("PORTAL_VAR", "var"))
WORKER_SECONDS = 120
BEAT_SECONDS = 600


def web() -> bool:
    host = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0]
    ask = urllib.request.Request(
        f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/ready", headers={"Host": host}
    )
    try:
        with urllib.request.urlopen(ask, timeout=4) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def touched_within(pattern: str, seconds: int) -> bool:
    ages = [time.time() - path.stat().st_mtime for path in VAR.glob(pattern)]
    return bool(ages) and min(ages) < seconds


def worker() -> bool:
    return touched_within("worker-alive", WORKER_SECONDS)


def beat() -> bool:
    return touched_within("beat-schedule*", BEAT_SECONDS)


PROCESSES = {"web": web, "worker": worker, "beat": beat}

if __name__ == "__main__":
    sys.exit(0 if PROCESSES[sys.argv[1]]() else 1)
