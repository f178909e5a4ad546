"""Everything that can be said about the code without running it: called by `make check`.

All checks run, two at a time; the output of a good one is not shown.
"""

import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "JOURNAL_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    "CHECK_HOST": "https://portal.example",
    "EMAIL_URL": "smtp://mail.example:587",
}
MANAGE = [sys.executable, "manage.py"]
CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "lint": ([str(BIN / "ruff"), "check", "."], {}),
    "format": ([str(BIN / "ruff"), "format", "--check", "."], {}),
    "types": ([str(BIN / "mypy"), "."], {}),
    "layers": ([str(BIN / "lint-imports"), "--no-cache"], {}),
    "templates": ([str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
    "migrations": ([*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    "system": ([*MANAGE, "check", "--fail-level", "WARNING"], {}),
    "deployment": ([*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    "translations": ([sys.executable, "scripts/check_translations.py"], {}),
}


def run(name: str) -> bool:
    """One check; its output is printed only if it fails."""
    command, extra = CHECKS[name]
    started = time.monotonic()
    environment = {**os.environ, "PYTHONWARNINGS": "default", **extra}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    good = done.returncode == 0
    lines = [f"check: {name:13} {'ok' if good else 'FAILED':6} {time.monotonic() - started:5.1f} s"]
    if not good:
        lines += [done.stdout.rstrip(), done.stderr.rstrip()]
    print("\n".join(filter(None, lines)), flush=True)
    return good


def main() -> int:
    wanted = sys.argv[1:] or list(CHECKS)
    with ThreadPoolExecutor(max_workers=2) as pool:
        good = list(pool.map(run, wanted))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
