"""Make a machine ready to run, test or check the portal: python scripts/setup.py run|test|check.

Standard library only, because it runs before anything is installed. Each step is stamped by the digest of
what it was made from, so a second run takes no time; nothing is assumed about what earlier runs left behind.
On Debian as root, missing system packages are installed; elsewhere they are named, with what is not run.
"""

import argparse
import ctypes.util
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
STAMPS = VAR / "setup"
LOCK_FILE = ROOT / "requirements" / "dev.txt"
PURPOSES = ("run", "test", "check")


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def fail(text: str) -> None:
    print(f"setup: {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


# --- system packages ---


@dataclass(frozen=True)
class Need:
    """Something the operating system gives: how to see it, what Debian calls it, what is lost without it."""

    name: str
    there: Callable[[], bool]
    packages: tuple[str, ...]
    lost: str
    purposes: tuple[str, ...]
    vital: bool = False


def programs(*names: str) -> Callable[[], bool]:
    return lambda: all(shutil.which(name) for name in names)


def libraries(*names: str) -> Callable[[], bool]:
    return lambda: all(ctypes.util.find_library(name) for name in names)


def has_postgres() -> bool:
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def python_311() -> str | None:
    """A Python 3.11 that can make virtual environments."""
    here = sys.executable if sys.version_info[:2] == (3, 11) else None
    for candidate in (here, shutil.which("python3.11"), "/usr/bin/python3.11"):
        if candidate and Path(candidate).exists():
            probe = [
                candidate,
                "-c",
                "import ensurepip, venv, sys; sys.exit(sys.version_info[:2] != (3, 11))",
            ]
            if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                return candidate
    return None


NEEDS = (
    Need("Python 3.11 with venv", lambda: python_311() is not None, ("python3.11", "python3.11-venv"),
         "nothing can run", PURPOSES, vital=True),
    Need("Node and npm", programs("node", "npm"), ("nodejs", "npm"),
         "the style sheet, fonts and browser libraries cannot be built", PURPOSES, vital=True),
    Need("make", programs("make"), ("make",), "only the scripts themselves can be called", PURPOSES),
    Need("Pango", libraries("pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig"),
         ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig"),
         "letters and slips cannot be made", PURPOSES),
    Need("gettext", programs("msgfmt", "xgettext", "msgmerge"), ("gettext",),
         "English pages and their checks", PURPOSES),
    Need("PostgreSQL", has_postgres, ("postgresql", "postgresql-contrib"),
         "the tests on PostgreSQL", ("test",)),
    Need("Redis", programs("redis-server"), ("redis-server",), "the tests of the Redis broker", ("test",)),
    Need("Chromium", has_chromium, ("chromium",), "the browser stories", ("test",)),
    Need("poppler", programs("pdftoppm", "pdftotext"), ("poppler-utils",),
         "the tests that look at letters as pictures", ("test",)),
)  # fmt: skip


def apt_install(packages: Sequence[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    run([*apt, "update"], env=quiet, check=False)
    run([*apt, "install", "-y", "--no-install-recommends", *packages], env=quiet, check=False)


def system_packages(purpose: str) -> None:
    """Install what is missing where possible, name the rest, and fail where it is vital or required."""
    wanted = [need for need in NEEDS if purpose in need.purposes]
    missing = [need for need in wanted if not need.there()]
    if not missing:
        return
    if os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        packages = [package for need in missing for package in need.packages]
        say(f"installing {' '.join(packages)} by apt-get")
        apt_install(packages)
        missing = [need for need in missing if not need.there()]
    required = os.environ.get("REQUIRE_SERVICES", "") not in {"", "0"}
    for need in missing:
        say(f"{need.name} is missing (Debian: {' '.join(need.packages)}). Without it: {need.lost}.")
    if any(need.vital or (required and purpose == "test") for need in missing):
        fail("cannot go on without what is named above.")


# --- steps with stamps ---


def run(command: Sequence[str | Path], *, env: dict[str, str] | None = None, check: bool = True) -> bool:
    """Run a command quietly; its output is shown only when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode and check:
        print(done.stdout[-6000:], file=sys.stderr)
        fail(f"{' '.join(map(str, command))} failed.")
    return done.returncode == 0


def digest(paths: Iterable[Path], *, more: str = "") -> str:
    """SHA-256 over the names and bytes of files; folders count with all they hold."""
    files: list[Path] = []
    for path in paths:
        files += sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
    total = hashlib.sha256(more.encode())
    for file in files:
        if file.exists():
            total.update(f"\0{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def step(name: str, stamp: Path, wanted: str, present: bool, work: Callable[[], None]) -> None:
    """Do `work` unless its result is present and was made from the same input."""
    if present and stamp.exists() and stamp.read_text() == wanted:
        return
    started = time.monotonic()
    stamp.unlink(missing_ok=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    say(f"{name} ({time.monotonic() - started:.0f} s)")


def uv_lines() -> str:
    """The lock file's own entry for uv, hashes included, so that the installer is pinned like the rest."""
    found = re.search(r"^uv==.*?(?=^\S)", LOCK_FILE.read_text() + "end\n", re.MULTILINE | re.DOTALL)
    if found is None:
        fail(f"{LOCK_FILE.name} does not pin uv.")
        raise AssertionError
    return found.group(0)


def install_packages(python: str) -> None:
    """The hashed lock file, exactly, in the virtual environment: pip brings uv, uv brings the rest."""
    own, installer = VENV / "bin" / "python", VENV / "bin" / "uv"
    if not is_python_311(own):
        shutil.rmtree(VENV, ignore_errors=True)
        run([python, "-m", "venv", VENV])
    first = STAMPS / "uv.txt"
    first.write_text(uv_lines())
    run([own, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", first])
    if not run([installer, "pip", "sync", "-q", "--require-hashes", LOCK_FILE, "--python", own], check=False):
        say("uv could not install the lock file; pip tries")
        run([own, "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCK_FILE])


def is_python_311(python: Path) -> bool:
    probe = "import pip, sys; sys.exit(sys.version_info[:2] != (3, 11))"
    return python.exists() and run([python, "-c", probe], check=False)


def python_packages() -> None:
    python = python_311()
    if python is None:
        fail("Python 3.11 with venv is needed.")
        raise AssertionError
    present = is_python_311(VENV / "bin" / "python")
    step(
        "Python packages",
        VENV / "lock.sha256",
        digest([LOCK_FILE]),
        present,
        lambda: install_packages(python),
    )


def browser_assets() -> None:
    """npm brings fonts and libraries; the build writes var/assets. Neither is ever committed."""
    modules, built = ROOT / "node_modules", VAR / "assets"
    lock = digest([ROOT / "package.json", ROOT / "package-lock.json"])
    bring = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    step("browser packages", modules / ".lock.sha256", lock, modules.is_dir(), lambda: void(run(bring)))
    # The templates too: css/check.css holds the rules that the check pages' templates need, and no other.
    sources = [*(ROOT / "static" / each for each in ("scss", "icons.txt")), ROOT / "templates"]
    sources.append(ROOT / "scripts" / "build_assets.mjs")
    present = built.is_dir() and any(built.iterdir())
    build = ["npm", "run", "--silent", "build"]
    step("style sheets and fonts", built / ".sources.sha256", digest(sources, more=lock), present,
         lambda: void(run(build)))  # fmt: skip


def void(_: object) -> None:
    """Drop a result: steps return nothing."""


def catalogues() -> None:
    """Compile each locale/*/LC_MESSAGES/*.po that is newer than its .mo."""
    if not shutil.which("msgfmt"):
        return
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            run(["msgfmt", "--check-format", "-o", target, source])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("purpose", choices=PURPOSES)
    purpose = parser.parse_args().purpose
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (STAMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two set-ups at once would tread on each other
        system_packages(purpose)
        python_packages()
        browser_assets()
        catalogues()


if __name__ == "__main__":
    main()
