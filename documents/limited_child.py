"""The process that forks limited children, and the life of one of them: `python -m documents.limited_child`.

documents/limits.py starts it with its end of a line as standard input. It has one thread and every reader
imported, opens nothing of a stranger's, and knows nothing of the portal: no secret, no connection.

For each line that is sent to it, it forks a keeper. The keeper takes the job from that line, forks the child that
does it, ends it when the time is over or the asker is gone, and answers with what the child wrote and how it ended.
"""

import faulthandler
import gc
import os
import pickle
import pkgutil
import resource
import signal
import socket
import sys
import time
import traceback
from importlib import import_module
from math import ceil
from pathlib import Path
from select import POLLIN, poll
from typing import NoReturn

from documents import hostile

_MEGABYTE = 1024 * 1024
_LARGEST_FILE_WRITTEN = 1024 * _MEGABYTE

# What a keeper answers: all that the child wrote, and its exit code (-signal), None when it had to be ended.
Answer = tuple[bytes, int | None]
GREETING = b"."


def serve(line: socket.socket) -> None:
    """Forks a keeper for each line that is sent, until no process holds the other end."""
    import_module("documents.pdf")
    for reader in pkgutil.iter_modules(hostile.__path__, "documents.hostile."):
        import_module(reader.name)
    gc.freeze()  # else the first collection in a child copies what all of them share
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a keeper
    while True:
        asked, lines, _flags, _address = socket.recv_fds(line, 1, 1)
        if not asked:
            return
        for number in lines:
            if os.fork() == 0:
                line.close()
                _keep(socket.socket(fileno=number))
            os.close(number)


def _keep(line: socket.socket) -> NoReturn:
    """A keeper's whole life; like the child it leaves by os._exit, since nothing of the server may run here."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        line.sendall(GREETING)
        with line.makefile("rb") as sent:
            job, seconds, megabytes = pickle.load(sent)
        line.sendall(pickle.dumps(_kept(line, job, seconds, megabytes)))
    finally:
        os._exit(0)


def _kept(line: socket.socket, job: bytes, seconds: float, megabytes: int) -> Answer:
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        line.close()
        os.close(read_end)
        _work(job, write_end, seconds, megabytes)
    os.close(write_end)
    answer = _read_until(read_end, line, time.monotonic() + seconds)
    if answer is None:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    return (b"", None) if answer is None else (answer, os.waitstatus_to_exitcode(status))


def _read_until(read_end: int, line: socket.socket, deadline: float) -> bytes | None:
    """All the child wrote, or None when the deadline came first or the asker went away."""
    waiting = poll()
    waiting.register(read_end)
    waiting.register(line, POLLIN)  # an asker has sent everything: what comes from him now is his end
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        ready = dict(waiting.poll(left * 1000))
        if not ready or line.fileno() in ready:
            return None
        part = os.read(read_end, _MEGABYTE)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


def _work(job: bytes, write_end: int, seconds: float, megabytes: int) -> NoReturn:
    """The child's whole life."""
    status = 1
    try:
        _silence()
        answer = _done(job, seconds, megabytes)
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


def _done(job: bytes, seconds: float, megabytes: int) -> bytes:
    """The pickled ("", result), or the reason and the detail for the log."""
    try:
        function, args = pickle.loads(job)
        _limit(seconds, megabytes)
        return pickle.dumps(("", function(*args)))
    except MemoryError:
        return pickle.dumps(("memory", "the memory given was not enough"))
    except Exception:
        return pickle.dumps(("error", traceback.format_exc(limit=8)))


def _limit(seconds: float, megabytes: int) -> None:
    """Memory over what is already mapped, no core file, and two clocks that work when the keeper is gone."""
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


if __name__ == "__main__":
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as asked_through:
        serve(asked_through)
