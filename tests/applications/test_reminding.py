"""A draft that lies still for three days: its author is reminded once, however beat runs."""

from datetime import timedelta

import pytest

from applications import filing, handing, reminding
from applications.models import Dossier
from applications.states import State
from notices.models import Message
from organisations.models import Membership
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def dossier() -> Dossier:
    return making.draft(at=cast.AT)


def test_after_three_days_its_author_is_reminded_once_with_what_is_left(dossier: Dossier) -> None:
    cast.make_colleague()
    assert reminding.sweep(at=cast.AT + 3 * DAY - HOUR) == 0
    assert reminding.sweep(at=cast.AT + 3 * DAY) == 1
    assert [reminding.sweep(at=cast.AT + days * DAY) for days in (3, 4, 5, 90)] == [0, 0, 0, 0]
    message = Message.objects.get()
    assert message.user == making.owner_of(dossier)
    assert message.line == "Hồ sơ Cơ sở Càng Long còn 13 giấy tờ; mở tiếp tại đây."
    assert message.path.endswith(f"/dossiers/{dossier.pk}/")


def test_touching_it_begins_a_new_quiet_time(dossier: Dossier) -> None:
    reminding.sweep(at=cast.AT + 3 * DAY)
    filing.answer(dossier=dossier, answers={"baseline": 5}, by=making.owner_of(dossier), at=cast.AT + 5 * DAY)
    assert reminding.sweep(at=cast.AT + 7 * DAY) == 0
    assert reminding.sweep(at=cast.AT + 8 * DAY) == 1


@pytest.mark.parametrize("gap", [1, 5, 24, 72, 24 * 365])
def test_any_gap_of_beat_gives_the_same(dossier: Dossier, gap: int) -> None:
    at = cast.AT
    while at < cast.AT + 4 * DAY or gap > 96:
        at += gap * HOUR
        reminding.sweep(at=at)
        if gap > 96:
            break
    reminding.sweep(at=cast.AT + 400 * DAY)
    assert Message.objects.count() == 1


def test_nobody_is_reminded_at_night_nor_of_what_is_handed_in(dossier: Dossier) -> None:
    night = cast.instant("2021-10-20", "22:30")
    assert reminding.sweep(at=night) == 0
    assert reminding.sweep(at=cast.instant("2021-10-21", "05:59")) == 0
    making.make_dossier(State.SUBMITTED, site=dossier.site, at=cast.AT + DAY)
    assert reminding.sweep(at=cast.instant("2021-10-21", "06:00")) == 0


def test_who_has_left_is_not_reminded_but_the_others_are(dossier: Dossier) -> None:
    colleague = cast.make_colleague()
    Membership.objects.filter(user=making.owner_of(dossier)).update(ended_at=cast.AT)
    reminding.sweep(at=cast.AT + 3 * DAY)
    assert Message.objects.get().user == colleague


def test_to_whom_a_draft_was_handed_is_the_one_reminded(dossier: Dossier) -> None:
    colleague = cast.make_colleague()
    handing.hand_to(dossier=dossier, colleague=colleague, by=making.owner_of(dossier), at=cast.AT)
    Message.objects.all().delete()
    assert reminding.sweep(at=cast.AT + 3 * DAY) == 1
    assert Message.objects.get().user == colleague
