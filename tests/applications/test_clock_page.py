"""The clock, line by line: the lines lead to the very deadline that is stored, so anyone can do the sum again."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

import plan
from applications import clock_ledger
from applications.models import Dossier, Stage
from applications.states import State
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db


def ledger(dossier: Dossier, state: str) -> clock_ledger.Count:
    stage = Stage.objects.filter(dossier=dossier, state=state).latest("opened_at")
    return clock_ledger.counted(dossier, stage, clock_ledger.calendar())


def test_two_days_over_a_weekend_roll_to_monday_with_words() -> None:
    """Accepted on Thursday 14/10/2021: the second day is a Saturday, so the deadline is Monday."""
    dossier = making.make_dossier(State.ACCEPTED, at=cast.instant("2021-10-14", "08:10"))
    count = ledger(dossier, State.ACCEPTED)
    assert [(day.when, day.words, day.kind) for day in count.days] == [
        ("T5 14/10", "Tiếp nhận", "run"),
        ("T6 15/10", "Ngày 1", "run"),
        ("T7 16/10", "Ngày 2, nghỉ", "off"),
        ("CN 17/10", "Nghỉ", "off"),
        ("T2 18/10", "Hạn", "due"),
    ]
    assert count.say == (
        "Tiếp nhận thứ Năm 14/10. 2 ngày sau là thứ Bảy 16/10, ngày nghỉ, nên hạn dời đến hết thứ Hai 18/10."
    )
    assert count.lines[-1].due
    assert count.lines[-1].when == "hết T2 18/10"
    assert count.lines[-1].clause.endswith("III.1.3.1-c")


def test_two_days_within_a_week_end_on_the_second() -> None:
    dossier = making.make_dossier(State.ACCEPTED, at=cast.instant("2021-10-11", "08:10"))
    count = ledger(dossier, State.ACCEPTED)
    assert [day.words for day in count.days] == ["Tiếp nhận", "Ngày 1", "Hạn"]
    assert "ngày làm việc, nên hạn là hết ngày đó" in count.say


TIMED = [
    State.SUBMITTED, State.ACCEPTED, State.TEAM_PROPOSED, State.TEAM_ASSIGNED, State.INSPECTED, State.FORWARDED,
]  # fmt: skip


@pytest.mark.parametrize("day", ["2021-10-14", "2021-10-15", "2021-10-16", "2021-12-31", "2022-01-28"])
@pytest.mark.parametrize("state", TIMED)
def test_the_lines_lead_to_the_deadline_that_is_stored(state: State, day: str) -> None:
    dossier = making.make_dossier(state, at=cast.instant(day, "08:00"))
    stage = Stage.objects.get(dossier=dossier, state=state)
    count = ledger(dossier, state)
    assert stage.due_at is not None
    due = clock_ledger.short_day(plan.local_day(stage.due_at))
    assert count.days[-1].when == due or len(count.days) == clock_ledger.MOST_DAYS
    assert due in count.lines[-1].when
    counted = [line for line in count.lines if not line.due and "/" in line.clock]
    calendar = clock_ledger.calendar()
    for line in counted:
        assert line.when.startswith("hết ")
    if state != State.ACCEPTED:
        start = plan.local_day(clock_ledger._rule_of(dossier, stage).since)
        days = (plan.local_day(stage.due_at) - start).days
        working = [start + timedelta(days=n) for n in range(1, days + 1)]
        assert sum(not calendar.off(on) for on in working) == clock_ledger._rule_of(dossier, stage).total


def test_a_pause_is_a_line_and_the_clock_starts_again_from_nothing() -> None:
    at = cast.instant("2021-10-11", "08:12")
    dossier = making.make_dossier(State.SUBMITTED, at=at)
    dossier = making.request_supplement(dossier, cast.instant("2021-10-12", "10:40"))
    dossier = making.submit(dossier, cast.instant("2021-10-13", "15:20"))
    page = cast.signed_in(making.owner_of(dossier)).get(reverse("dossiers:clock", args=[dossier.code]))
    text = page.content.decode()
    assert "Dừng 1 ngày 4 giờ" in text
    assert "chạy lại từ 0: 1 ngày làm việc" in text
    assert "10:40, T3 12/10" in text


def test_while_the_enterprise_is_asked_no_time_is_counted() -> None:
    dossier = making.make_dossier(State.SUPPLEMENT_REQUESTED, at=cast.instant("2021-10-11"))
    page = cast.signed_in(making.owner_of(dossier)).get(reverse("dossiers:clock", args=[dossier.code]))
    assert page.status_code == 200


def test_each_stage_that_had_a_time_can_be_looked_at() -> None:
    dossier = making.make_dossier(State.APPROVED, at=cast.instant("2021-10-11", "07:00"))
    client = cast.signed_in(making.owner_of(dossier))
    url = reverse("dossiers:clock", args=[dossier.code])
    page = client.get(url)
    assert len(page.context["tabs"]) == 6
    for tab in page.context["tabs"]:
        shown = client.get(url + tab.url)
        assert shown.status_code == 200
        assert "xong đúng hạn" in shown.content.decode()
    assert client.get(url + "?stage=khong-co").status_code == 200


def test_a_draft_has_a_clock_page_that_says_why_nothing_is_counted() -> None:
    dossier = making.make_dossier(State.DRAFT)
    page = cast.signed_in(making.owner_of(dossier)).get(reverse("dossiers:clock", args=[dossier.reference]))
    assert "Thời hạn bắt đầu khi hồ sơ được nộp" in page.content.decode()


def test_the_timeline_tells_the_enterprise_offices_and_officials_people_too() -> None:
    dossier = making.make_dossier(State.REFUSED)
    dossier = making.fresh(dossier)
    url = reverse("dossiers:timeline", args=[dossier.code])
    own = cast.signed_in(making.owner_of(dossier)).get(url)
    inside = cast.signed_in(cast.make_dolisa_officer()).get(url)
    assert "Trần Thị Lan" not in own.content.decode()
    assert "Chuyên viên, Sở LĐTBXH" in own.content.decode()
    assert not [event for event in own.context["events"] if event.internal]
    assert "Trần Thị Lan" in inside.content.decode()
    assert [event for event in inside.context["events"] if event.internal]
    titles = [event.title for event in own.context["events"]]
    assert titles[0] == "Chưa được đồng ý"
    assert titles[-1] == "Lập hồ sơ"


def test_the_words_of_a_question_stay_inside() -> None:
    dossier = making.send_back(making.make_dossier(State.FORWARDED), cast.instant("2021-10-15"))
    url = reverse("dossiers:timeline", args=[dossier.code])
    own = cast.signed_in(making.owner_of(dossier)).get(url).content.decode()
    inside = cast.signed_in(cast.make_dolisa_officer()).get(url).content.decode()
    assert "Khu cách ly có đủ phòng không?" not in own
    assert "Khu cách ly có đủ phòng không?" in inside


# --- anyone can recompute it ---

ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.S)
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def printed_rows(text: str) -> list[list[str]]:
    """The cells of the table as a reader sees them."""
    table = text[text.index("<table") : text.index("</table>")]
    rows = [CELL.findall(row) for row in ROW.findall(table)]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows if row]


def printed_day(words: str, near: date) -> date:
    """The day of "hết T5 14/10" or "09:10, T5 14/10": the year is the one in which the weekday fits."""
    weekday, number, month = re.search(r"(T[2-7]|CN) (\d\d)/(\d\d)", words).groups()
    years = (near.year, near.year - 1, near.year + 1)
    found = [date(year, int(month), int(number)) for year in years]
    return next(day for day in found if WEEKDAYS[day.weekday()] == weekday)


def recomputed(text: str) -> tuple[date, str]:
    """The due day and hour, from nothing but the printed lines and the rule printed under them."""
    rows = printed_rows(text)
    first = re.findall(r"(\d\d)/(\d\d)/(\d{4})", text[text.index("clock-top") :])[0]
    near = date(int(first[2]), int(first[1]), int(first[0]))
    begins = [n for n, row in enumerate(rows) if re.search(r"bắt đầu:|chạy lại từ 0:|tính từ", row[2])][-1]
    start = printed_day(rows[begins][0], near)
    said = re.findall(r"(\d+) ngày( làm việc)?", " ".join(rows[begins][1:3]))[-1]
    total, working = int(said[0]), bool(said[1])
    days = {printed_day(row[0], near): row[2] for row in rows[begins + 1 : -1]}
    day, counted = start, 0
    while counted < total or (not working and "dời" in days.get(day, "")):
        day += timedelta(days=1)
        counted += not working or "không tính" not in days.get(day, "")
    return day, rows[-1][0]


LONG_WAYS = [
    (State.SUBMITTED, "2021-09-02"),
    (State.ACCEPTED, "2021-10-14"),
    (State.ACCEPTED, "2022-01-29"),
    (State.TEAM_PROPOSED, "2021-12-31"),
    (State.TEAM_ASSIGNED, "2022-01-28"),
    (State.INSPECTED, "2021-10-16"),
    (State.FORWARDED, "2022-01-27"),
    (State.FORWARDED, "2021-10-15"),
]


def stored(dossier: Dossier) -> tuple[date, str]:
    local = dossier.due_at.astimezone(cast.HANOI)
    day = clock_ledger.short_day(local.date())
    return local.date(), f"hết {day}" if (local.hour, local.minute) == (23, 59) else f"{local:%H:%M}, {day}"


@pytest.mark.parametrize(("state", "day"), LONG_WAYS)
def test_the_due_time_is_recomputed_from_the_printed_lines_alone(state: State, day: str) -> None:
    dossier = making.make_dossier(state, at=cast.instant(day, "08:00"))
    page = cast.signed_in(making.owner_of(dossier)).get(reverse("dossiers:clock", args=[dossier.code]))
    assert recomputed(page.content.decode()) == stored(dossier)


@pytest.mark.parametrize("rounds", [1, 3])
def test_it_is_recomputed_after_any_number_of_supplements(rounds: int) -> None:
    at = cast.instant("2021-12-20", "08:00")
    dossier = making.make_dossier(State.SUBMITTED, at=at)
    for _round in range(rounds):
        at += timedelta(days=2)
        dossier = making.submit(making.request_supplement(dossier, at), at + timedelta(days=3))
        at += timedelta(days=3)
    dossier = making.accept(dossier, at + timedelta(hours=1))
    text = cast.signed_in(making.owner_of(dossier)).get(reverse("dossiers:clock", args=[dossier.code]))
    page = text.content.decode()
    assert page.count("Yêu cầu bổ sung giấy tờ") == rounds
    assert recomputed(page) == stored(dossier)


def test_a_file_that_came_late_says_so_and_is_recomputed() -> None:
    """Inspected, then forwarded only a week later: the Chairman has the next working day."""
    dossier = making.make_dossier(State.INSPECTED, at=cast.instant("2021-10-11", "08:00"))
    dossier = making.forward(dossier, cast.instant("2021-10-22", "15:00"))
    page = cast.signed_in(making.owner_of(dossier)).get(reverse("dossiers:clock", args=[dossier.code]))
    text = page.content.decode()
    assert "Trình muộn" in text
    assert recomputed(text) == stored(dossier)
