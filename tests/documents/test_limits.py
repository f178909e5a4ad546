"""A child that reads a hostile file: bounded memory, bounded time, and the parent goes on."""

import os
import pickle
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from documents import limits
from documents.limits import ChildFailed, in_limited_child


def double(number: int) -> int:
    return number * 2


def eat_memory(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def spin() -> None:
    while True:
        pass


def stop_at_once() -> None:
    os._exit(3)


def abort() -> None:
    os.abort()


def fail() -> None:
    raise ValueError("a bad byte")


def shout_and_answer() -> str:
    os.write(1, b"noise of a library")
    os.write(2, b"noise of a library")
    return "answer"


def large(size: int) -> bytes:
    return b"x" * size


def environment_names() -> list[str]:
    return sorted(os.environ)


def test_the_result_comes_back() -> None:
    assert in_limited_child(double, 21) == 42


def test_a_large_result_comes_back_whole() -> None:
    assert len(in_limited_child(large, 5_000_000)) == 5_000_000


def test_noise_on_the_standard_streams_does_not_spoil_the_answer() -> None:
    assert in_limited_child(shout_and_answer) == "answer"


def test_memory_beyond_the_limit_is_refused() -> None:
    assert in_limited_child(eat_memory, 50, megabytes=200) == 50 * 1024 * 1024
    with pytest.raises(ChildFailed) as failure:
        in_limited_child(eat_memory, 400, megabytes=200)
    assert failure.value.reason == "memory"


@pytest.mark.parametrize(("function", "args"), [(sleep, (60,)), (spin, ())])
def test_a_child_that_takes_too_long_is_ended(function: Callable[..., None], args: tuple[float, ...]) -> None:
    started = time.monotonic()
    with pytest.raises(ChildFailed) as failure:
        in_limited_child(function, *args, seconds=1)
    assert failure.value.reason == "time"
    assert time.monotonic() - started < 10


def test_a_child_that_dies_is_told_apart_from_one_that_answers() -> None:
    with pytest.raises(ChildFailed, match="killed"):
        in_limited_child(stop_at_once)
    with pytest.raises(ChildFailed, match="memory"):
        in_limited_child(abort)


def test_an_error_in_the_child_keeps_its_trace_for_the_log() -> None:
    with pytest.raises(ChildFailed) as failure:
        in_limited_child(fail)
    assert failure.value.reason == "error"
    assert "a bad byte" in failure.value.detail


def children() -> set[str]:
    """Processes that this one has started: a browser of another test may be among them."""
    return {
        pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()
    }


def forker() -> int:
    """The process that forks, alive now."""
    in_limited_child(double, 1)
    started = limits._forker._started
    assert started
    pid = started[0].pid
    assert until(lambda: not below(pid))
    return pid


def below(pid: int) -> set[int]:
    """A process's own children."""
    with suppress(FileNotFoundError):
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    return set()


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return held


def test_no_child_is_left_behind() -> None:
    serving, before = forker(), children()
    for _ in range(3):
        in_limited_child(double, 1)
    with pytest.raises(ChildFailed):
        in_limited_child(sleep, 60, seconds=0.3)
    assert children() == before
    assert until(lambda: not below(serving))


def test_several_threads_ask_at_once() -> None:
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda number: in_limited_child(double, number), range(12))) == [
            2 * number for number in range(12)
        ]


# --- what a child can see ---


def test_a_child_does_not_get_the_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-the-portal")
    limits.start_over()
    assert "SECRET_KEY" not in in_limited_child(environment_names)
    for process in ("self", str(forker())):
        assert b"a-secret-of-the-portal" not in in_limited_child(begun_with, process)


def begun_with(process: str) -> bytes:
    return Path(f"/proc/{process}/environ").read_bytes()


def test_a_child_holds_no_file_or_connection_of_the_process_that_asks(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "portal.sqlite3")
    database.execute("CREATE TABLE secrets (words)")
    here, there = socket.socketpair()
    for end in (here, there):
        end.set_inheritable(True)
    limits.start_over()
    try:
        opened = in_limited_child(open_files)
    finally:
        for each in (database, here, there):
            each.close()
    assert {name.partition(":")[0] for name in opened} == {"/dev/null", "pipe"}
    assert sum(name.startswith("pipe:") for name in opened) == 1, "the way of the answer"


def open_files() -> list[str]:
    """What each descriptor is, but for the one that lists them."""
    found = []
    for number in map(int, os.listdir("/proc/self/fd")):
        with suppress(FileNotFoundError):
            found.append(os.readlink(f"/proc/self/fd/{number}"))
    return found


# --- the process that forks, and its end ---


def test_the_one_who_asks_next_does_not_feel_that_the_forking_process_was_killed() -> None:
    killed = forker()
    os.kill(killed, signal.SIGKILL)
    assert in_limited_child(double, 21) == 42
    assert forker() != killed
    assert not lives(killed)


def test_a_job_under_way_outlives_the_forking_process() -> None:
    serving = forker()
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(in_limited_child, answer_late, 21, 1.0)
        assert until(lambda: bool(below(serving)))
        os.kill(serving, signal.SIGKILL)
        assert slow.result() == 42


def answer_late(number: int, seconds: float) -> int:
    time.sleep(seconds)
    return double(number)


def test_a_keeper_that_is_killed_is_told_and_its_child_ends_by_its_own_clock() -> None:
    serving = forker()
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(lambda: in_limited_child(sleep, 60, seconds=1))
        assert until(lambda: bool(below(serving)))
        (keeper,) = below(serving)
        assert until(lambda: bool(below(keeper)))
        (child,) = below(keeper)
        os.kill(keeper, signal.SIGKILL)
        with pytest.raises(ChildFailed, match="killed"):
            slow.result()
    assert until(lambda: not lives(child))


def test_an_answer_that_is_cut_off_is_a_keeper_that_was_killed() -> None:
    ours, theirs = socket.socketpair()

    class CutOff(limits._Forker):
        def _line_to_a_keeper(self) -> socket.socket:
            return ours

    with theirs:
        theirs.sendall(pickle.dumps((large(5_000), 0))[:-1_000])
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(ChildFailed, match="killed"):
            CutOff().ask(b"", seconds=1, megabytes=1)


def test_a_forking_process_that_hangs_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_PATIENCE", 0.2)
    hanging = forker()
    os.kill(hanging, signal.SIGSTOP)
    with pytest.raises(ChildFailed, match="time"):
        in_limited_child(double, 21, seconds=0.2)
    monkeypatch.undo()
    assert in_limited_child(double, 21) == 42
    assert not lives(hanging)


ASKER = """
import os, sys
from documents import limits
from tests.documents.test_limits import double, forker, sleep
print(forker(), flush=True)
{then}
"""


def asker(then: str) -> subprocess.Popen[str]:
    """Another process that asks; a warning in it is an error. Its first line is its forking process."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ASKER.format(then=then)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_process_that_ends_takes_its_forking_process_along_in_silence() -> None:
    with asker("") as process:
        said, complained = process.communicate(timeout=60)
    assert (process.returncode, complained) == (0, "")
    assert not lives(int(said))


def test_a_process_that_is_killed_leaves_no_orphan() -> None:
    with asker("limits.in_limited_child(sleep, 60)") as process:
        assert process.stdout
        serving = int(process.stdout.readline())
        assert until(lambda: any(map(below, below(serving))))
        (keeper,) = below(serving)
        (child,) = below(keeper)
        process.kill()
        assert until(lambda: not any(map(lives, (serving, keeper, child))))


def test_a_process_forked_from_ours_shares_the_forking_process_and_may_outlive_it() -> None:
    fork = """
other = os.fork()
if other == 0:
    limits.in_limited_child(double, 1)
    os.kill(forker(), 9)
    print(limits.in_limited_child(double, 4), flush=True)
    os._exit(0)
os.waitpid(other, 0)
print(limits.in_limited_child(double, 5))
"""
    with asker(fork) as process:
        said, complained = process.communicate(timeout=60)
    assert (said.split()[1:], complained) == (["8", "10"], "")
