"""Every figure of the portal, each as a ratio within one run: `make bench`.

    python scripts/services.py -- python -m bench [pages|letters|lists|register|scans|volume|seed|run ...]

Each part is measured in a process and a folder of its own, one after the other. What is over its limit is
marked in its line and named at the end; the exit code is 0 all the same, since a machine may be busy.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bench.figures import Figure, figure, table, taken_over
from scripts.services import free_port

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "BENCH_ROUNDS", "BENCH_SQL")
PARTS = ("pages", "letters", "lists", "register", "scans", "volume", "seed", "run")
ON_BOTH = ("pages", "register")


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """A clean environment with a folder, a database and the collected static files."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    folder.mkdir(exist_ok=True)
    return kept | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database or f"sqlite:///{folder / 'bench.sqlite3'}",
        "PORTAL_VAR": str(folder),
        "STATIC_ROOT": str(folder.parent / "static"),
        "LOG_LEVEL": "ERROR",
    }


def child(arguments: list[str], environ: Mapping[str, str]) -> str:
    """What a process of the bench prints; its errors go where ours go."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def databases(part: str) -> dict[str, str]:
    """Names of a part on the databases to measure it on, with their addresses."""
    found = {f"{part} on SQLite": ""}
    if url := os.environ.get("TEST_POSTGRES_URL"):
        found[f"{part} on PostgreSQL"] = url
    return found


def seed(folder: Path) -> list[Figure]:
    """The demo province into an empty database, as `make run` does it the first time."""
    environ = environment(folder) | {"DJANGO_SETTINGS_MODULE": "restart_portal.settings"}
    spent = []
    for arguments in (["migrate", "-v0"], ["seed_demo", "-v0"]):
        started = time.perf_counter()
        child(["manage.py", *arguments], environ)
        spent.append(time.perf_counter() - started)
    return [Figure("demo province", "migrating", spent[0]), Figure("demo province", "seeding", spent[1])]


def running(folder: Path) -> list[Figure]:
    """`make run`, set up before, on an empty folder and again on a full one, until the portal says that it is ready."""
    environ = environment(folder) | {"PORT": str(free_port()), "STATIC_ROOT": str(folder / "static")}
    environ["DJANGO_SETTINGS_MODULE"] = "restart_portal.settings"
    (folder / "assets").symlink_to(ROOT / "var" / "assets")
    found = []
    for name, most in (("the first time, to 300 s", 300.0), ("again, to 15 s", 15.0)):
        started = time.perf_counter()
        command = ["make", "run"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert process.stdout is not None
        ready = any("ready at" in line for line in process.stdout)
        found.append(
            figure("make run", name, [time.perf_counter() - started], base=most, most=1.0, fails=not ready)
        )
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
        process.wait(timeout=60)
    return found


def measured(part: str, root: Path) -> list[Figure]:
    """The figures of one part; its table is printed as soon as it is there."""
    if part == "seed":
        return seed(root / "seed")
    if part == "run":
        return running(root / "run")
    if part not in ON_BOTH:
        return taken_over(child(["-m", f"bench.{part}"], environment(root / part)))
    if part == "pages":
        child(["manage.py", "collectstatic", "--noinput", "-v0"], environment(root / "collect"))
    found: list[Figure] = []
    for number, (name, url) in enumerate(databases(part).items()):
        folder = environment(root / f"{part}-{number}", url)
        found += taken_over(child(["-m", f"bench.{part}", name], folder))
    return found


def main(wanted: list[str]) -> None:
    started = time.perf_counter()
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for part in wanted or PARTS:
            figures = measured(part, Path(folder))
            print(table(figures), flush=True)
            found += figures
    if "TEST_POSTGRES_URL" not in os.environ and "pages" in (wanted or PARTS):
        print("\nPostgreSQL is missing: the pages were measured on SQLite only")
    over = [each for each in found if each.over]
    for each in over:
        print(f"\n!! {each.part}, {each.name}: {each.over}", end="")
    verdict = f"{len(over)} over their limits" if over else "all within their limits"
    print(f"\n\n{len(found)} figures in {time.perf_counter() - started:.0f} s, {verdict}")


if __name__ == "__main__":
    main(sys.argv[1:])
