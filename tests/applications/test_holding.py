"""Hands on a dossier: given back, taken over, handed on; two officers at once; who is here; cover while away."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from applications import holding, receiving
from applications.models import Dossier, Handling, Presence
from applications.states import State
from applications.unmet import NotAllowed, Refused
from journal import outbox
from journal.models import AuditEvent
from notices.models import Delivery, Message
from organisations import covering
from organisations.models import User
from tests import cast
from tests.applications import making
from tests.applications.desk import officer, path, second_officer
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def held() -> Dossier:
    """In the hands of the first officer."""
    dossier = making.make_dossier(State.SUBMITTED)
    receiving.take_in_hand(dossier=dossier, by=cast.make_dolisa_officer(), at=cast.AT)
    return making.fresh(dossier)


def now_held_by(dossier: Dossier) -> User | None:
    return Dossier.objects.select_related("handled_by").get(pk=dossier.pk).handled_by


def test_the_holder_gives_back_and_the_next_one_takes_it(held: Dossier) -> None:
    assert officer().post(path("release", held)).status_code == 302
    assert now_held_by(held) is None
    assert receiving.take_in_hand(dossier=held, by=second_officer(), at=cast.AT)
    kinds = held.handlings.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["claimed", "released", "claimed"]


def test_who_comes_just_before_it_is_given_back_is_told_to_take_it_again(
    held: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, take = cast.make_dolisa_officer(), receiving.take_in_hand

    def take_then_given_back(**given: Any) -> bool:
        won = take(**given)
        holding.release(dossier=held, by=first, at=cast.AT)
        return won

    monkeypatch.setattr(receiving, "take_in_hand", take_then_given_back)
    answer = officer(second_officer()).post(path("claim", held), follow=True)
    assert "vừa được trả lại" in answer.content.decode()


def test_taking_over_asks_for_words_and_tells_the_one_before(held: Dossier) -> None:
    colleague, first = second_officer(), cast.make_dolisa_officer()
    with pytest.raises(Refused):
        holding.take_over(dossier=held, seen=first, words=" ", by=colleague, at=cast.AT)
    form = {"seen": first.pk, "words": "Lan đi công tác, hồ sơ hết hạn hôm nay"}
    assert officer(colleague).post(path("take_over", held), form).status_code == 302
    assert now_held_by(held) == colleague
    outbox.drain(now=lambda: cast.AT, leave=NOT_BOUND)
    message = Message.objects.get(user=first, key__startswith="hands:")
    assert "hết hạn hôm nay" in message.line
    assert not Message.objects.filter(user=colleague, key__startswith="hands:").exists()


def test_of_two_who_take_over_one_wins_and_the_other_reads_who(held: Dossier) -> None:
    first, second, third = cast.make_dolisa_officer(), second_officer(), cast.make_dolisa_head()
    holding.take_over(dossier=held, seen=first, words="gấp", by=second, at=cast.AT)
    answer = officer(third).post(path("take_over", held), {"seen": first.pk, "words": "Tôi làm tiếp"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f"{second.full_name} vừa nhận hồ sơ này" in text
    assert "Tôi làm tiếp" in text
    assert now_held_by(held) == second
    assert Handling.objects.filter(kind="taken_over").count() == 1


def test_handing_on_goes_to_a_colleague_of_the_same_desk_only(held: Dossier) -> None:
    me, stranger = cast.make_dolisa_officer(), cast.make_zone_officer()
    with pytest.raises(Refused):
        holding.hand_over(dossier=held, to=stranger, by=me, at=cast.AT)
    with pytest.raises(NotAllowed):
        holding.hand_over(dossier=held, to=me, by=stranger, at=cast.AT)
    answer = officer().post(
        path("hand_over", held), {"to": second_officer().pk, "note": "còn chờ bảng lương"}
    )
    assert answer.status_code == 302
    assert now_held_by(held) == second_officer()
    timeline = officer().get(path("timeline", held)).content.decode()
    assert "còn chờ bảng lương" in timeline
    own = cast.signed_in(making.owner_of(held)).get(path("timeline", held)).content.decode()
    assert "còn chờ bảng lương" not in own


def test_all_that_a_person_holds_goes_in_one_click_and_what_moved_meanwhile_is_named(held: Dossier) -> None:
    other = making.make_dossier(State.ACCEPTED, site=cast.make_site(name="Xưởng hai", zone=None))
    to = second_officer()
    page = reverse("dossiers:hand_over_all")
    assert "2 hồ sơ anh/chị đang giữ" in officer().get(page).content.decode()
    answer = officer().post(page, {"to": to.pk, "dossier": [str(held.pk), str(other.pk)]}, follow=True)
    assert "Đã chuyển 2 hồ sơ" in answer.content.decode()
    assert {now_held_by(held), now_held_by(other)} == {to}
    done, left = holding.hand_over_all(
        dossiers=[held], to=cast.make_dolisa_head(), by=cast.make_dolisa_officer(), at=cast.AT
    )
    assert (done, left) == (0, [held])


def test_colleagues_see_each_other_and_a_page_that_is_read_writes_nothing(held: Dossier) -> None:
    first, second = cast.make_dolisa_officer(), second_officer()
    holding.beat(dossier=held, by=first, at=cast.AT)
    holding.beat(dossier=held, by=first, at=cast.AT + timedelta(minutes=2))
    at = cast.AT + timedelta(minutes=3)
    (row,) = holding.others_here(held, by=second, at=at)
    assert (row.user, row.since) == (first, cast.AT)
    assert holding.others_here(held, by=first, at=at) == []
    assert holding.others_here(held, by=second, at=at + timedelta(minutes=5)) == []
    holding.beat(dossier=held, by=first, at=at + timedelta(minutes=30))
    assert Presence.objects.get().since == at + timedelta(minutes=30)
    Presence.objects.all().delete()
    assert officer(second).get(path("detail", held)).status_code == 200
    assert not Presence.objects.exists()


def test_the_beat_answers_with_who_is_here(held: Dossier) -> None:
    assert officer(second_officer()).post(path("here", held)).status_code == 200
    answer = officer().post(path("here", held))
    assert "Lâm Thị Sa Ry đang xem, 1 phút" in answer.content.decode()


# --- a holder who is away ---


def test_a_head_hands_over_what_a_colleague_holds_with_words_and_both_are_told(held: Dossier) -> None:
    first, second, head = cast.make_dolisa_officer(), second_officer(), cast.make_dolisa_head()
    with pytest.raises(NotAllowed):
        holding.hand_over(dossier=held, to=second, seen=first, words="ốm", by=second, at=cast.AT)
    client = officer(head)
    assert f"Chuyển hồ sơ {first.full_name} đang giữ" in client.get(path("holding", held)).content.decode()
    assert client.get(path("holding", held)).context["to_form"].fields["note"].required is True
    assert officer(first).get(path("holding", held)).context["to_form"].fields["note"].required is False
    assert "Chuyển hồ sơ" not in officer(second).get(path("holding", held)).content.decode()
    form = {"to": second.pk, "seen": first.pk, "note": ""}
    assert client.post(path("hand_over", held), form).status_code == 422
    assert client.post(path("hand_over", held), form | {"note": "nghỉ ốm đột xuất"}).status_code == 302
    assert now_held_by(held) == second
    outbox.drain(now=lambda: cast.AT, leave=NOT_BOUND)
    told = Message.objects.filter(key__startswith="hands:", line__contains="nghỉ ốm đột xuất")
    assert set(told.values_list("user", flat=True)) == {first.pk, second.pk}
    assert client.post(path("hand_over", held), form | {"note": "lần nữa"}).status_code == 409
    row = held.handlings.first()
    assert (row.from_user, row.to_user, row.by) == (first, second, head)


def test_a_head_hands_over_all_that_a_colleague_holds(held: Dossier) -> None:
    other = making.make_dossier(State.ACCEPTED, site=cast.make_site(name="Xưởng hai", zone=None))
    first, to, head = cast.make_dolisa_officer(), second_officer(), cast.make_dolisa_head()
    own = reverse("dossiers:hand_over_all")
    page = f"{own}?of={first.pk}"
    client = officer(head)
    assert f"{first.full_name} (2)" in client.get(own).content.decode()
    assert f"2 hồ sơ {first.full_name} đang giữ" in client.get(page).content.decode()
    for stranger in (to, cast.make_zone_head()):
        assert officer(stranger).get(page).status_code == 404
    form = {"to": to.pk, "dossier": [str(held.pk), str(other.pk)]}
    assert client.post(page, form).status_code == 422
    answer = client.post(page, form | {"note": "nghỉ ốm"}, follow=True)
    assert "Đã chuyển 2 hồ sơ" in answer.content.decode()
    assert {now_held_by(held), now_held_by(other)} == {to}


def test_a_head_hands_over_nothing_of_a_colleague_that_is_at_another_agency(held: Dossier) -> None:
    first, head = cast.make_dolisa_officer(), cast.make_dolisa_head()
    other = making.make_dossier(State.SUBMITTED, site=cast.make_site(name="Xưởng hai"))
    Dossier.objects.filter(pk=other.pk).update(handled_by=first)
    assert other.receiving_agency_id != held.receiving_agency_id
    page = f"{reverse('dossiers:hand_over_all')}?of={first.pk}"
    assert [row["dossier"] for row in officer(head).get(page).context["rows"]] == [held]
    sent = {"to": second_officer().pk, "dossier": [str(other.pk)], "note": "nghỉ ốm"}
    assert "đã đổi người giữ" not in officer(head).post(page, sent, follow=True).content.decode()
    assert now_held_by(other) == first


def test_a_head_sets_and_ends_a_cover_for_a_colleague_of_the_agency_and_both_are_told() -> None:
    first, second, head = cast.make_dolisa_officer(), second_officer(), cast.make_dolisa_head()
    page, day = reverse("organisations:cover"), cast.AT.date()
    for by in (second, cast.make_zone_head()):
        with pytest.raises(covering.CannotCover, match="lãnh đạo cùng cơ quan"):
            covering.set_cover(absent=first, by_colleague=second, since=day, until=day, by=by, at=cast.AT)
    form = {"by_colleague": second.pk, "since": "14/10/2099", "until": "16/10/2099", "absent": first.pk}
    client = officer(head)
    assert client.post(page, form).status_code == 302
    assert f"thay {first.full_name}" in client.get(page).content.decode()
    cover = first.covers.get()
    assert (cover.set_by, cover.by_colleague) == (head, second)
    outbox.drain(now=lambda: cast.AT, leave=NOT_BOUND)
    told = Message.objects.filter(key=f"cover:{cover.pk}:set")
    assert set(told.values_list("user", flat=True)) == {first.pk, second.pk}
    end = reverse("organisations:end_cover", args=[cover.pk])
    assert officer(second).post(end).status_code == 404
    assert client.post(end).status_code == 302
    assert AuditEvent.objects.filter(verb__startswith="cover.", actor_id=head.pk).count() == 2


# --- cover ---


def covered(*, first: int = 0, last: int = 2) -> None:
    me = cast.make_dolisa_officer()
    covering.set_cover(
        absent=me, by_colleague=second_officer(), since=(cast.AT + first * DAY).date(),
        until=(cast.AT + last * DAY).date(), by=me, at=cast.AT,
    )  # fmt: skip


def test_notices_of_the_absent_go_to_the_cover_in_those_days_and_no_longer(held: Dossier) -> None:
    covered()
    me, other = cast.make_dolisa_officer(), second_officer()
    making.withdraw(held, cast.AT + DAY)
    outbox.drain(now=lambda: cast.AT + DAY, leave=NOT_BOUND)
    assert Message.objects.filter(user=other, key__startswith="withdraw").exists()
    waiting = Message.objects.get(user=me, key__startswith="withdraw")
    assert not Delivery.objects.filter(message=waiting).exists()
    assert Delivery.objects.filter(message__user=other).exists()
    assert covering.stand_ins([me], on=(cast.AT + 3 * DAY).date()) == {}


def test_work_of_the_absent_is_among_the_covers_own(held: Dossier) -> None:
    assert held.handled_by not in [None, second_officer()]
    day = (cast.AT + DAY).date()
    covered()
    assert [each.pk for each in covering.covered_by(second_officer(), on=day)] == [held.handled_by_id]
    assert held.handled_by_id in holding.my_people(second_officer(), at=cast.AT + DAY)
    assert held.handled_by_id not in holding.my_people(second_officer(), at=cast.AT + 5 * DAY)


def test_a_chain_is_followed_and_a_ring_leaves_the_notice_where_it_is() -> None:
    covered()
    a, b, c = cast.make_dolisa_officer(), second_officer(), cast.make_dolisa_head()
    day = cast.AT.date()
    covering.set_cover(absent=b, by_colleague=c, since=day, until=day, by=b, at=cast.AT)
    assert covering.stand_ins([a], on=day) == {a.pk: c}
    covering.set_cover(absent=c, by_colleague=a, since=day, until=day, by=c, at=cast.AT)
    assert covering.stand_ins([a], on=day) == {}


def test_days_that_overlap_or_are_gone_or_people_elsewhere_are_refused_with_words() -> None:
    covered()
    me, day = cast.make_dolisa_officer(), cast.AT.date()
    for changes in (
        {"since": day, "until": day},
        {"since": day - 5 * DAY, "until": day - 4 * DAY},
        {"since": day + 9 * DAY, "until": day + 8 * DAY},
        {"since": day + 9 * DAY, "until": day + 9 * DAY, "by_colleague": cast.make_zone_officer()},
        {"since": day + 9 * DAY, "until": day + 9 * DAY, "by_colleague": me},
    ):
        with pytest.raises(covering.CannotCover):
            covering.set_cover(
                **{"absent": me, "by_colleague": second_officer(), "by": me, "at": cast.AT, **changes}
            )


def test_notices_go_to_nobody_who_has_left() -> None:
    covered()
    me, other, day = cast.make_dolisa_officer(), second_officer(), cast.AT.date()
    other.posts.update(until=day)
    assert covering.stand_ins([me], on=day) == {me.pk: other}
    assert covering.stand_ins([me], on=day + DAY) == {}
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert covering.stand_ins([me], on=day) == {}


def test_who_leaves_before_the_last_day_of_the_cover_is_not_named() -> None:
    other, day = second_officer(), cast.AT.date()
    other.posts.update(until=day + DAY)
    with pytest.raises(covering.CannotCover, match="còn công tác"):
        covered()
    covered(last=1)


def test_cover_is_set_and_ended_on_its_page_and_leaves_rows_in_the_journal() -> None:
    second_officer()
    client, page = officer(), reverse("organisations:cover")
    bad = client.post(page, {"by_colleague": "", "since": "mai", "until": ""})
    assert bad.status_code == 422
    assert "Ngày cuối không đọc được" not in bad.content.decode()
    form = {"by_colleague": second_officer().pk, "since": "14/10/2099", "until": "16/10/2099"}
    assert client.post(page, form).status_code == 302
    assert "Lâm Thị Sa Ry" in client.get(page).content.decode()
    cover = cast.make_dolisa_officer().covers.get()
    assert client.post(reverse("organisations:end_cover", args=[cover.pk])).status_code == 302
    verbs = set(AuditEvent.objects.filter(verb__startswith="cover.").values_list("verb", flat=True))
    assert verbs == {"cover.set", "cover.ended"}
