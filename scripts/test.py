"""Every test on SQLite, with the browser stories; then what asks a database on PostgreSQL, with the smoke story.

Called by `make test` in the virtual environment; arguments are handed to pytest. Ends in pytest's own summary
line and fails if either run, or the coverage that the law and the lifecycle must have, fails.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT / "var" / "coverage"
# Set by a province or a developer's shell, these would steer the portal under test.
STEERING = (
    "DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "SECRET_KEY", "DEBUG", "TEST_VAR_ROOT",
    "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "STATIC_ROOT", "CHECK_HOST", "JOURNAL_KEY",
)  # fmt: skip
# What must be covered by branch, in percent: the law and the lifecycle entirely, the whole to a floor.
FLOORS = {"plan/*,applications/lifecycle.py": 100, "*": 95}


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return {name: value for name, value in kept.items() if name not in STEERING}


def pytest(name: str, arguments: list[str], environment: Mapping[str, str]) -> bool:
    print(f"== tests on {name}", flush=True)
    workers = os.environ.get("TEST_WORKERS", str(min(os.cpu_count() or 1, 8)))
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "worksteal", "--durations=10"]
    command += ["-p", "tests.measuring"]
    return services.run([*command, *arguments], dict(environment)) == 0


def covered() -> bool:
    """Join what the processes of the run have seen, and hold it to the floors."""
    good = (
        subprocess.run([sys.executable, "-m", "coverage", "combine", "-q"], cwd=ROOT, check=False).returncode
        == 0
    )
    for files, floor in FLOORS.items():
        report = [sys.executable, "-m", "coverage", "report", f"--include={files}", f"--fail-under={floor}"]
        print(f"== coverage of {files}, by branch, at least {floor} %", flush=True)
        good &= subprocess.run(report, cwd=ROOT, check=False).returncode == 0
    return good


def main() -> int:
    arguments = sys.argv[1:]
    os.chdir(ROOT)
    environment = clean_environment()
    os.environ.clear()
    os.environ.update(environment)
    COVERAGE.mkdir(parents=True, exist_ok=True)
    for old in COVERAGE.glob("data*"):
        old.unlink()
    services.leave_tidily()
    try:
        with services.environment() as started:
            measured = started if arguments else {**started, "MEASURE": str(COVERAGE)}
            good = pytest("SQLite", arguments, measured)
            good &= bool(arguments) or covered()
            if url := started.get("TEST_POSTGRES_URL"):
                marks = ["-m", "not stories or smoke"]
                good &= pytest("PostgreSQL", [*marks, *arguments], {**started, "DATABASE_URL": url})
    except services.ServiceMissing as missing:
        print(f"test: {missing} is missing, and REQUIRE_SERVICES is set", file=sys.stderr)
        return 1
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
