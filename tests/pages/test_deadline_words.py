"""How a deadline is worded: one wording for page, PDF, e-mail and calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pages.deadline_words import LOCAL, Deadline, deadline, duration

AT = datetime(2021, 10, 14, 16, 20, tzinfo=LOCAL)


def on(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2021, 10, day, hour, minute, second, tzinfo=LOCAL)


def end_of(day: int) -> datetime:
    return on(day, 23, 59, 59)


@pytest.mark.parametrize(
    ("due", "words", "absolute", "tone"),
    [
        (on(15, 19, 20), "còn 1 ngày 3 giờ", "19:20, 15/10/2021", "calm"),
        (on(15, 17, 0), "còn 1 ngày", "17:00, 15/10/2021", "calm"),
        (on(15, 16, 20), "còn 1 ngày", "16:20, 15/10/2021", "wait"),
        (on(14, 21, 40), "còn 5 giờ 20 phút", "21:40, 14/10/2021", "wait"),
        (on(14, 17, 20), "còn 1 giờ", "17:20, 14/10/2021", "wait"),
        (on(14, 17, 0), "còn 40 phút", "17:00, 14/10/2021", "wait"),
        (on(14, 16, 20, 30), "còn chưa đến 1 phút", "16:20, 14/10/2021", "wait"),
        (on(14, 16, 20), "còn chưa đến 1 phút", "16:20, 14/10/2021", "wait"),
        (on(14, 16, 19, 40), "vừa quá hạn", "16:19, 14/10/2021", "late"),
        (on(14, 11, 0), "quá 5 giờ 20 phút", "11:00, 14/10/2021", "late"),
        (on(12, 16, 20), "quá 2 ngày", "16:20, 12/10/2021", "late"),
        (end_of(18), "còn 4 ngày 7 giờ", "hết ngày 18/10/2021", "calm"),
        (end_of(15), "còn 1 ngày 7 giờ", "hết ngày 15/10/2021", "calm"),
        (end_of(14), "hết hạn hôm nay", "hết ngày 14/10/2021", "wait"),
        (end_of(13), "quá 1 ngày", "hết ngày 13/10/2021", "late"),
        (end_of(12), "quá 2 ngày", "hết ngày 12/10/2021", "late"),
    ],
)
def test_a_deadline_reads_as_the_design_says(due: datetime, words: str, absolute: str, tone: str) -> None:
    shown = deadline(due, at=AT)
    assert (shown.words, shown.absolute, shown.tone) == (words, absolute, tone)


def test_a_stopped_clock_says_for_whom_it_waits() -> None:
    shown = deadline(on(18, 17), at=AT, paused="chờ doanh nghiệp bổ sung")
    assert shown.words == str(shown) == "chưa tính: chờ doanh nghiệp bổ sung"
    assert (shown.head, shown.foot) == ("chưa tính", "chờ doanh nghiệp bổ sung")
    assert shown.tone == "calm"


def test_a_clock_that_has_not_started_is_not_counted_either() -> None:
    assert deadline(None, at=AT).words == "chưa tính: chưa bắt đầu"


def test_one_line_holds_words_and_the_absolute_time() -> None:
    assert str(deadline(on(15, 19, 20), at=AT)) == "còn 1 ngày 3 giờ (19:20, 15/10/2021)"


def test_midnight_at_the_end_of_the_due_day_is_late() -> None:
    assert deadline(end_of(13), at=on(14, 0)).words == "quá 1 ngày"
    assert deadline(end_of(13), at=on(14, 0)).tone == "late"
    assert deadline(end_of(13), at=on(13, 23, 59, 59)).words == "hết hạn hôm nay"
    assert deadline(end_of(13), at=on(13, 0)).words == "hết hạn hôm nay"


def test_the_day_is_the_day_in_viet_nam_whatever_zone_the_instant_is_stored_in() -> None:
    stored = end_of(18).astimezone(UTC)
    assert deadline(stored, at=AT.astimezone(UTC)) == deadline(end_of(18), at=AT)


def test_a_due_time_of_23_59_can_be_counted_to_the_minute() -> None:
    assert deadline(on(14, 23, 59), at=AT, day_end=False).words == "còn 7 giờ 39 phút"


def test_each_tone_has_an_icon_of_its_own() -> None:
    shown = [deadline(due, at=AT) for due in (end_of(20), on(14, 17), end_of(12))]
    assert len({line.icon for line in shown}) == len(shown)


@given(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=90)))
def test_a_duration_names_at_most_two_parts_and_no_zero(span: timedelta) -> None:
    words = duration(span).split()
    assert 2 <= len(words) <= 4
    assert not any(word.startswith("0") for word in words)


@given(st.integers(-200_000, 200_000))
def test_a_deadline_is_late_exactly_after_its_moment(seconds: int) -> None:
    due = on(20, 11)
    shown: Deadline = deadline(due, at=due + timedelta(seconds=seconds))
    assert (shown.tone == "late") == (seconds > 0)
    assert shown.words.startswith(("quá", "vừa quá") if seconds > 0 else "còn")


def test_the_source_language_needs_no_catalogue() -> None:
    with translation.override("vi"):
        assert deadline(on(15, 19, 20), at=AT).words == "còn 1 ngày 3 giờ"
