"""The embedded portal: database, demo province, static files, then web, worker and beat until Ctrl-C.

Called by `make run` in the virtual environment. Listens on HOST (127.0.0.1) and PORT (8000); everything it
writes is under var/.
"""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from services import end_with_parent, leave_tidily

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "restart_portal.settings")
os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
os.environ.setdefault("LOG_LEVEL", "WARNING")  # LOG_LEVEL=INFO shows every task
HOST = os.environ.setdefault("HOST", "127.0.0.1")
PORT = int(os.environ.setdefault("PORT", "8000"))
ADDRESS = f"http://{'127.0.0.1' if HOST == '0.0.0.0' else HOST}:{PORT}/"
os.environ.setdefault("CHECK_HOST", ADDRESS.rstrip("/"))  # what letters print under their QR
READY_SECONDS = 60

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from whitenoise import compress  # noqa: E402


def say(text: str) -> None:
    print(f"run: {text}", flush=True)


def port_is_free() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            return False
    return True


def static_sources() -> Iterator[Path]:
    for folder in settings.STATICFILES_DIRS:
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file())


def collect_static() -> None:
    """Copy, name by their digest and pack static files, unless nothing changed since the last time."""
    total = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in static_sources():
        total.update(f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns};".encode())
    stamp = Path(settings.STATIC_ROOT) / ".sources.sha256"
    if stamp.exists() and stamp.read_text() == total.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=Path(settings.STATIC_ROOT).is_dir())
    compress.main(["--quiet", "--no-brotli", str(settings.STATIC_ROOT)])  # brotli takes seconds, gzip none
    stamp.write_text(total.hexdigest())


def prepare() -> None:
    """Bring the database and static files to where this version of the code wants them."""
    django.setup()
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    say("database ready")
    collect_static()
    if settings.DEMO and not get_user_model().objects.exists():  # asked here: loading the demo takes a second
        call_command("seed_demo", if_empty=True)


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"{ADDRESS}health/ready", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def announce(processes: subprocess.Popen[bytes], started: float) -> None:
    """Print the login card and one line once the portal answers."""
    deadline = time.monotonic() + READY_SECONDS
    while processes.poll() is None and time.monotonic() < deadline:
        if answers():
            if settings.DEMO:
                call_command("login_card")
            say(f"ready at {ADDRESS} after {time.monotonic() - started:.0f} s (Ctrl-C ends it)")
            return
        time.sleep(0.5)
    if processes.poll() is None:
        say(f"not ready after {READY_SECONDS} s: see {ADDRESS}health/ready and the lines above")


def main() -> int:
    started = time.monotonic()
    if not port_is_free():
        say(f"port {PORT} is taken; choose another: PORT=8001 make run")
        return 1
    prepare()
    # A .env file is the province's (docker-compose.yml), not the embedded portal's.
    command = ["honcho", "--no-colour", "--env", os.devnull, "start", "--port", str(PORT)]
    # honcho ends whole process groups: a worker whose pool is gone has nothing to wait for.
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "REMAP_SIGTERM": "SIGQUIT"}
    environment["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser privileges"
    leave_tidily()
    processes = subprocess.Popen(command, env=environment, preexec_fn=end_with_parent(signal.SIGTERM))
    threading.Thread(target=announce, args=(processes, started), daemon=True).start()
    try:
        return processes.wait()
    finally:
        if processes.poll() is None:
            processes.terminate()
            processes.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
