"""A child that reads a hostile file: bounded memory, bounded time, and the parent goes on."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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


@pytest.fixture(params=["one thread", "several threads"])
def caller(request: pytest.FixtureRequest) -> Iterator[str]:
    """The caller's threads decide between a fork and a fresh interpreter; every promise holds for both."""
    stop = threading.Event()
    if request.param == "several threads":
        other = threading.Thread(target=stop.wait)
        other.start()
    yield request.param
    stop.set()
    if request.param == "several threads":
        other.join()


def test_the_result_comes_back(caller: str) -> None:
    assert in_limited_child(double, 21) == 42


def test_a_large_result_comes_back_whole(caller: str) -> None:
    assert len(in_limited_child(large, 5_000_000)) == 5_000_000


def test_noise_on_the_standard_streams_does_not_spoil_the_answer(caller: str) -> None:
    assert in_limited_child(shout_and_answer) == "answer"


def test_memory_beyond_the_limit_is_refused(caller: str) -> None:
    assert in_limited_child(eat_memory, 50, megabytes=200) == 50 * 1024 * 1024
    with pytest.raises(ChildFailed) as failure:
        in_limited_child(eat_memory, 400, megabytes=200)
    assert failure.value.reason == "memory"


@pytest.mark.parametrize(("function", "args"), [(sleep, (60,)), (spin, ())])
def test_a_child_that_takes_too_long_is_ended(
    caller: str, function: Callable[..., None], args: tuple[float, ...]
) -> None:
    started = time.monotonic()
    with pytest.raises(ChildFailed) as failure:
        in_limited_child(function, *args, seconds=1)
    assert failure.value.reason == "time"
    assert time.monotonic() - started < 10


def test_a_child_that_dies_is_told_apart_from_one_that_answers(caller: str) -> None:
    with pytest.raises(ChildFailed, match="killed"):
        in_limited_child(stop_at_once)
    with pytest.raises(ChildFailed, match="memory"):
        in_limited_child(abort)


def test_an_error_in_the_child_keeps_its_trace_for_the_log(caller: str) -> None:
    with pytest.raises(ChildFailed) as failure:
        in_limited_child(fail)
    assert failure.value.reason == "error"
    assert "a bad byte" in failure.value.detail


def children() -> set[str]:
    """Processes that this one has started: a browser of another test may be among them."""
    return {
        pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()
    }


def test_no_child_is_left_behind(caller: str) -> None:
    before = children()
    for _ in range(3):
        in_limited_child(double, 1)
    with pytest.raises(ChildFailed):
        in_limited_child(sleep, 60, seconds=0.3)
    assert children() == before


def test_a_fresh_child_does_not_get_the_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret")
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert "SECRET_KEY" not in in_limited_child(environment_names)
    finally:
        stop.set()
        other.join()
