"""Run one function in a child process with a memory limit and a wall clock: hostile files are read there.

Two ways, chosen by the caller's own threads, because forking a process with threads copies locks that
nobody in the child will ever release:

* a process with one thread (Celery's prefork worker, a management command) forks: about 3 ms, and every
  module the parent imported is already there;
* a process with several (Granian's web worker always has some) starts a fresh interpreter on this very
  module: about 80 ms with pikepdf, nothing shared, and an environment without the portal's secrets.

Measured on two cores: 0.003 s against 0.08 s to open a one-page PDF. An upload that travelled over a network for
seconds does not feel it; a web worker that hangs on a copied lock once a month does.
"""

import faulthandler
import os
import pickle
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from math import ceil
from pathlib import Path
from select import poll
from typing import Any, NoReturn, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_MEGABYTE = 1024 * 1024
_LARGEST_FILE_WRITTEN = 1024 * _MEGABYTE
_KEPT_ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "XDG_CACHE_HOME",
    "SOURCE_DATE_EPOCH",
    "COVERAGE_PROCESS_START",  # set by a measured test run only
)


class ChildFailed(Exception):
    """The child gave no result. `reason` is memory, time, killed or error; `detail` is for the log only."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def in_limited_child(
    function: Callable[[*Ts], T], *args: *Ts, seconds: float = 20, megabytes: int = 512
) -> T:
    """What `function(*args)` returns, computed in a child that may grow by `megabytes` and live `seconds`.

    Function, arguments and result travel by pickle, so the function stands at the top of a module.
    Raises ChildFailed, also when the function raises: a function for hostile files returns what it found.
    """
    run = _forked if _has_one_thread() else _fresh
    answer, status = run((function, args, seconds, megabytes), seconds)
    if status != 0:
        raise ChildFailed(*_why_silent(status))
    reason, value = pickle.loads(answer)
    if reason:
        raise ChildFailed(reason, value)
    return value


def _has_one_thread() -> bool:
    """Native threads count too, so the kernel is asked; a system without /proc takes the safe way."""
    tasks = Path("/proc/self/task")
    return tasks.is_dir() and len(os.listdir(tasks)) == 1


def _why_silent(status: int | None) -> tuple[str, str]:
    """A native library that is refused memory usually aborts, so an abort is read as memory."""
    if status is None or status in (-signal.SIGALRM, -signal.SIGXCPU):
        return "time", "no answer within the time given"
    if status in (-signal.SIGABRT, -signal.SIGKILL):
        return "memory", f"ended by signal {-status}"
    return "killed", f"ended with status {status}"


def _forked(job: tuple[Any, ...], seconds: float) -> tuple[bytes, int | None]:
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        _work(job, write_end)
    os.close(write_end)
    answer = None
    try:
        answer = _read_until(read_end, time.monotonic() + seconds)
    finally:
        os.close(read_end)
        if answer is None:
            os.kill(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
    return (b"", None) if answer is None else (answer, os.waitstatus_to_exitcode(status))


def _read_until(read_end: int, deadline: float) -> bytes | None:
    """All the child wrote, or None when the deadline came first."""
    waiting = poll()
    waiting.register(read_end)
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        if not waiting.poll(left * 1000):
            return None
        part = os.read(read_end, _MEGABYTE)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


def _fresh(job: tuple[Any, ...], seconds: float) -> tuple[bytes, int | None]:
    environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
    child = subprocess.Popen(
        [sys.executable, "-m", "documents.limits"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    with child:
        try:
            answer, _ = child.communicate(pickle.dumps(job), timeout=seconds)
        except subprocess.TimeoutExpired:
            return b"", None
        finally:
            child.kill()
    return answer, child.returncode


def _work(job: tuple[Any, ...], write_end: int) -> NoReturn:
    """The child's whole life. It leaves by os._exit: nothing of the parent (sockets, atexit) may run here."""
    status = 1
    try:
        function, args, seconds, megabytes = job
        _silence()
        _limit(seconds, megabytes)
        answer = _call(function, args)
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(answer)
        status = 0
    finally:
        os._exit(status)


def _silence() -> None:
    """Native libraries write to the standard streams; the parent's log is no place for a stranger's bytes."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _limit(seconds: float, megabytes: int) -> None:
    """Memory over what is already mapped, no core file, and two clocks that work when the parent is gone."""
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.alarm(ceil(seconds) + 1)
    most = _mapped_bytes() + megabytes * _MEGABYTE
    _lower(resource.RLIMIT_AS, most)
    _lower(resource.RLIMIT_CPU, ceil(seconds) + 1)
    _lower(resource.RLIMIT_FSIZE, _LARGEST_FILE_WRITTEN)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _mapped_bytes() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _call(function: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    try:
        return pickle.dumps(("", function(*args)))
    except MemoryError:
        return pickle.dumps(("memory", "the memory given was not enough"))
    except Exception:
        return pickle.dumps(("error", traceback.format_exc(limit=8)))


def _main() -> None:
    write_end = os.dup(1)
    try:
        job = pickle.load(sys.stdin.buffer)
    except Exception:  # a function this interpreter cannot import
        os.write(write_end, pickle.dumps(("error", traceback.format_exc(limit=8))))
        return
    _work(job, write_end)


if __name__ == "__main__":
    _main()
