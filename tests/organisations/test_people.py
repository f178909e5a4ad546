"""Posts, accounts and the days off."""

from datetime import date

import pytest

from journal.models import AuditEvent
from organisations import days_off, people
from organisations.models import Holiday, Post, User
from organisations.roles import May, Role
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_post_gives_its_permissions_on_its_days_only() -> None:
    officer = cast.make_official(
        "tam@tra-vinh.example", "Lê Văn Tạm", Role.RECEIVING, "EZB", "Chuyên viên",
        since=date(2021, 10, 1), until=date(2021, 10, 14),
    )  # fmt: skip
    days = {day: officer.may(May.RECEIVE, on=date(2021, 10, day)) for day in (1, 14, 15)}
    assert days == {1: True, 14: True, 15: False}
    assert not officer.may(May.RECEIVE, on=date(2021, 9, 30))


def test_the_night_after_the_last_day_is_the_next_day_here() -> None:
    officer = cast.make_official(
        "tam@tra-vinh.example", "Lê Văn Tạm", Role.RECEIVING, "EZB", "Chuyên viên", until=date(2021, 10, 14)
    )
    assert officer.may(May.RECEIVE, on=cast.instant("2021-10-14", "23:59"))
    assert not officer.may(May.RECEIVE, on=cast.instant("2021-10-15", "00:30"))


def test_the_last_administrator_stays() -> None:
    admin = cast.make_admin()
    post = Post.objects.get(user=admin)
    with pytest.raises(people.LastAdministrator):
        people.end_post(post=post, last_day=date(2021, 10, 14), by=admin, at=cast.AT)
    second = cast.make_official("hai@tra-vinh.example", "Người Hai", Role.ADMIN, "PPCO", "Quản trị")
    assert people.end_post(post=post, last_day=date(2021, 10, 14), by=second, at=cast.AT)
    assert not people.end_post(post=post, last_day=date(2021, 10, 20), by=second, at=cast.AT)
    assert AuditEvent.objects.filter(verb="post.ended", actor_id=second.pk).count() == 1


def test_an_administrator_whose_days_are_counted_does_not_count() -> None:
    admin = cast.make_admin()
    cast.make_official(
        "hai@tra-vinh.example", "Người Hai", Role.ADMIN, "PPCO", "Quản trị", until=date(2021, 10, 14)
    )
    with pytest.raises(people.LastAdministrator):
        people.end_post(post=Post.objects.get(user=admin), last_day=date(2021, 10, 14), by=admin, at=cast.AT)


def test_a_profile_is_kept_composed_and_journalled_once() -> None:
    user = cast.make_person()
    people.update_profile(user=user, full_name="Lê Thị  Mỹ Ân", phone=user.phone, at=cast.AT)
    people.update_profile(user=user, full_name="Lê Thị Mỹ Ân", phone=user.phone, at=cast.AT)
    assert User.objects.get(pk=user.pk).full_name == "Lê Thị Mỹ Ân"
    event = AuditEvent.objects.get(verb="person.changed")
    assert event.fields == ["full_name"]
    assert "Ân" not in str(event.fields)


def test_a_day_is_listed_once() -> None:
    cast.load_reference()
    admin = cast.make_admin()
    with pytest.raises(days_off.DayTaken):
        days_off.add_day(on=date(2021, 9, 2), name="Quốc khánh", kind="off", by=admin, at=cast.AT)
    row = days_off.add_day(on=date(2021, 10, 16), name="Làm bù", kind="working", by=admin, at=cast.AT)
    assert date(2021, 10, 16) in Holiday.days()[1]
    days_off.change_day(row=row, name="Nghỉ", kind="off", by=admin, at=cast.AT)
    assert date(2021, 10, 16) in Holiday.days()[0]
    days_off.remove_day(row=row, by=admin, at=cast.AT)
    assert not Holiday.objects.filter(on=date(2021, 10, 16)).exists()
    verbs = AuditEvent.objects.filter(subject_id="2021-10-16").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["holiday.added", "holiday.changed", "holiday.removed"]
