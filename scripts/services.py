"""A PostgreSQL and a Redis that live as long as one command, on free ports, in a temporary folder.

    python scripts/services.py [--only postgres|redis] -- command ...

The command finds TEST_POSTGRES_URL and TEST_REDIS_URL in its environment. Standard library only. Nothing of
the machine's own PostgreSQL or Redis is touched, and both servers end with this process, however it ends.
"""

import argparse
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

PR_SET_PDEATHSIG = 1
START_SECONDS = 30.0


class ServiceMissing(Exception):
    """A program that is not installed; the text names it."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_with_parent(how: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn`: on Linux the kernel sends `how` to the child when its parent dies, even by kill -9."""

    def ask_kernel() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)

    return ask_kernel


def postgres_program(name: str) -> str:
    """The path of a PostgreSQL server program; Debian keeps them out of PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise ServiceMissing(f"PostgreSQL ({name})")
    return found


def redis_program() -> str:
    found = shutil.which("redis-server")
    if found is None:
        raise ServiceMissing("Redis (redis-server)")
    return found


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


# Without durability: what a test wrote need not outlive the machine.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off", "max_connections=200")
CLUSTER = ("-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL without durability, yielded as a superuser's URL."""
    initdb, server, is_ready = (postgres_program(name) for name in ("initdb", "postgres", "pg_isready"))
    # In /tmp whatever TMPDIR says: the account postgres must reach it, and socket paths are short.
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-", dir="/tmp"))
    data, log = folder / "data", folder / "log"
    try:
        account = _account(folder)
        made = subprocess.run(  # type: ignore[call-overload]
            [initdb, "-D", data, *CLUSTER], capture_output=True, text=True, check=False, **account
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        port = free_port()
        options = [part for option in FAST for part in ("-c", option)]
        command = [server, "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder, *options]
        ask = [is_ready, "-q", "-h", "127.0.0.1", "-p", str(port), "-d", "postgres", "-U", "portal"]
        with log.open("wb") as out:
            process = subprocess.Popen(  # type: ignore[call-overload]
                command, stdout=out, stderr=out, preexec_fn=end_with_parent(signal.SIGINT), **account
            )
        try:
            _wait_until(lambda: subprocess.run(ask, check=False).returncode == 0, process, log)
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            _stop(process, signal.SIGINT)  # "fast" shutdown
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account(folder: Path) -> dict[str, object]:
    """Whose processes they are: PostgreSQL refuses to run as root, and then owns its folder."""
    account: dict[str, object] = {"cwd": folder}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        account |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return account


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that writes nothing, yielded as the URL of its database 0."""
    program = redis_program()
    folder = Path(tempfile.mkdtemp(prefix="portal-redis-"))
    port, log = free_port(), folder / "log"
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no", "--daemonize", "no"]
    try:
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=out, preexec_fn=end_with_parent(signal.SIGTERM)
            )
        try:
            _wait_until(lambda: _answers_ping(port), process, log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            _stop(process, signal.SIGTERM)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


SERVICES = {"postgres": ("TEST_POSTGRES_URL", postgres), "redis": ("TEST_REDIS_URL", redis)}


def required() -> bool:
    """Whether a missing service is a failure (REQUIRE_SERVICES=1, as CI sets it)."""
    return os.environ.get("REQUIRE_SERVICES", "") not in {"", "0"}


@contextmanager
def environment(names: Sequence[str] = tuple(SERVICES)) -> Iterator[dict[str, str]]:
    """The services by name, yielded as environment variables; a missing one is named, or fails."""
    with ExitStack() as stack:
        found: dict[str, str] = {}
        for name in names:
            variable, service = SERVICES[name]
            try:
                found[variable] = stack.enter_context(service())
            except ServiceMissing as missing:
                if required():
                    raise
                print(f"services: {missing} is not installed; what needs it is not run", flush=True)
        yield found


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def leave_tidily() -> None:
    """Turn the signals that end a process into SystemExit, so that `finally` blocks run."""
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        signal.signal(getattr(signal, name), _leave)


def run(command: Sequence[str], variables: dict[str, str]) -> int:
    """Run one command to its end; when this process is told to leave, the command is told first."""
    ask_kernel = end_with_parent(signal.SIGTERM)
    process = subprocess.Popen(command, env={**os.environ, **variables}, preexec_fn=ask_kernel)
    try:
        return process.wait()
    finally:
        _stop(process, signal.SIGTERM)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=list(SERVICES), action="append")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    if not command:
        parser.error("which command?")
    leave_tidily()
    try:
        with environment(given.only or tuple(SERVICES)) as variables:
            return run(command, variables)
    except ServiceMissing as missing:
        print(f"services: {missing} is not installed, and REQUIRE_SERVICES is set", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
