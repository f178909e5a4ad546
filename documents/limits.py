"""Run one function in a child process with a memory limit and a wall clock: hostile files are read there.

The child is forked by a small process of ours (documents/limited_child.py, docs/adr/0004-limited-child.md), whoever
asks: a web worker with threads, a worker of the queue, a command. It has the readers imported already.
"""

import atexit
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from documents.limited_child import GREETING, Answer

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

# How much longer than the child we wait: the forking process may have to start, on a machine that is busy.
_PATIENCE = 30.0
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
    answer, status = _forker.ask(pickle.dumps((function, args)), seconds, megabytes)
    if status != 0:
        raise ChildFailed(*_why_silent(status))
    reason, value = pickle.loads(answer)
    if reason:
        raise ChildFailed(reason, value)
    return value


def get_ready() -> None:
    """Starts the forking process, and does not wait for it: the first to ask will find its imports done."""
    _forker.start()


def start_over() -> None:
    """Ends the forking process; the next to ask has a new one, with the environment of that moment."""
    _forker.stop()


def _why_silent(status: int | None) -> tuple[str, str]:
    """A native library that is refused memory usually aborts, so an abort is read as memory."""
    if status is None or status in (-signal.SIGALRM, -signal.SIGXCPU):
        return "time", "no answer within the time given"
    if status in (-signal.SIGABRT, -signal.SIGKILL):
        return "memory", f"ended by signal {-status}"
    return "killed", f"ended with status {status}"


class _Forker:
    """The process that forks, as its askers see it: there at the first use, and again after somebody killed it.

    A process that was forked from ours shares it; the last of them that ends takes it along.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._started: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def ask(self, job: bytes, seconds: float, megabytes: int) -> Answer:
        """What the keeper of this job answers. Raises ChildFailed when there is no keeper or it says nothing."""
        try:
            with self._line_to_a_keeper() as line:
                line.settimeout(seconds + _PATIENCE)
                line.sendall(pickle.dumps((job, seconds, megabytes)))
                with line.makefile("rb") as told:
                    answer: Answer = pickle.load(told)
        except TimeoutError as late:
            self.stop()
            raise ChildFailed("time", "the forking process is silent") from late
        except (EOFError, OSError, pickle.UnpicklingError) as gone:  # the last: ended while it answered
            raise ChildFailed("killed", "the keeper or the forking process is gone") from gone
        return answer

    def start(self) -> None:
        """Starts the process unless it is there; does not wait for its imports."""
        with self._lock:
            if self._started is None:
                self._start()

    def stop(self) -> None:
        """Ends the process; keepers at work go on, and the next to ask has a new one."""
        with self._lock:
            self._stop()

    def _line_to_a_keeper(self) -> socket.socket:
        try:
            return self._greeted()
        except ConnectionError:  # the forking process was dying as we asked
            return self._greeted()

    def _greeted(self) -> socket.socket:
        """A line on which a keeper has said that it is there. Raises ConnectionError, TimeoutError."""
        ours, theirs = socket.socketpair()
        try:
            ours.settimeout(_PATIENCE)
            with theirs:
                self._hand_over(theirs)
            if not ours.recv(1):
                raise ConnectionResetError
        except OSError:
            ours.close()
            raise
        return ours

    def _hand_over(self, end: socket.socket) -> None:
        with self._lock:
            line = self._started[1] if self._started else self._start()
            try:
                socket.send_fds(line, [GREETING], [end.fileno()])
            except ConnectionError:  # killed since
                socket.send_fds(self._start(), [GREETING], [end.fileno()])

    def _start(self) -> socket.socket:
        self._stop()
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "documents.limited_child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # a Ctrl-C is for its askers; it ends with the last of them
            )
        self._started = process, ours
        return ours

    def _stop(self) -> None:
        """Jobs that are under way have their keepers, and come to their end."""
        if self._started:
            process, line = self._started
            self._started = None
            line.close()
            process.kill()
            process.wait()


_forker = _Forker()
atexit.register(start_over)
