"""Who is told of what, once, by which channel."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from applications import clock_ledger, telling_visits
from applications import telling as events
from applications.models import Dossier
from applications.states import State
from journal import outbox
from notices import telling
from notices.models import LINE, TITLE, Delivery, Message
from organisations.models import Agency, Enterprise, Site, Team
from plan.clock import LOCAL
from tests import cast
from tests.applications import making
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db


def drain(at=cast.AT) -> None:
    while outbox.drain(now=lambda: at, leave=NOT_BOUND):
        pass


def told(user) -> list[str]:
    return list(Message.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


def test_each_step_tells_those_whom_it_concerns_and_nobody_twice() -> None:
    dossier = making.make_dossier(State.APPROVED)
    drain()
    owner, officer = making.owner_of(dossier), making.officer_of(dossier)
    for title in ("Đã nộp hồ sơ", "Hồ sơ đã được tiếp nhận", "Sắp kiểm tra", "Đã có quyết định"):
        assert told(owner).count(title) == 1, title
    assert "Hồ sơ mới" in told(officer)
    assert "Chờ quyết định" in told(cast.make_chairman())
    assert "Có cuộc kiểm tra" in told(cast.make_team_leader())
    before = Message.objects.count()
    outbox.OutboxRow.objects.update(done_at=None, claimed_until=None)
    outbox.Effect.objects.all().delete()
    drain()
    assert Message.objects.count() == before


def test_health_and_the_district_of_the_site_hear_of_an_accepted_dossier_and_no_other_district() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    district = dossier.site.district
    own, other = (
        Agency.objects.get(district=district),
        Agency.objects.filter(district__isnull=False).exclude(district=district).order_by("pk").first(),
    )
    health = cast.make_official(
        "y-te@tra-vinh.example", "Sơn Thị Hiền", cast.Role.HEALTH, "DOH", "Chuyên viên"
    )
    here, there = (
        cast.make_official(
            f"{agency.code.lower()}@tra-vinh.example", "Kim Sang", cast.Role.DISTRICT, agency.code, ""
        )
        for agency in (own, other)
    )
    making.accept(making.mark_all(dossier))
    drain()
    assert told(health) == told(here) == ["Hồ sơ mới tiếp nhận"]
    assert told(there) == []


def test_the_enterprise_hears_of_the_signed_sheet() -> None:
    dossier = making.make_dossier(State.INSPECTED)
    drain()
    assert told(making.owner_of(dossier))[-1] == "Đã kiểm tra xong"
    assert "Đã kiểm tra, chờ trình" in told(making.officer_of(dossier))


def test_team_and_enterprise_hear_of_tomorrows_visit_once_and_again_when_it_moved() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    planned = dossier.visit_planned_at
    assert planned is not None
    people = [making.owner_of(dossier), cast.make_team_leader()]
    eve = planned.astimezone(LOCAL).replace(hour=9) - timedelta(days=1)

    def told_of_it() -> list[int]:
        return [told(user).count("Ngày mai có cuộc kiểm tra") for user in people]

    for hours in (-24, -5, 24):  # two days before, at night, on the day itself
        assert telling_visits.sweep(at=eve + timedelta(hours=hours)) == 0
    assert telling_visits.sweep(at=eve) >= 2
    assert telling_visits.sweep(at=eve + timedelta(minutes=5)) == 0
    assert told_of_it() == [1, 1]
    Dossier.objects.filter(pk=dossier.pk).update(visit_planned_at=planned + timedelta(days=3))
    telling_visits.sweep(at=eve + timedelta(days=3))
    assert told_of_it() == [2, 2]
    making.conclude_visit(dossier, planned + timedelta(days=3, hours=2))
    Dossier.objects.filter(pk=dossier.pk).update(visit_planned_at=planned + timedelta(days=5))
    assert telling_visits.sweep(at=eve + timedelta(days=5)) == 0


@pytest.mark.parametrize("drafted", [True, False])
def test_a_confirmed_enterprise_is_led_back_to_its_draft_or_to_its_sites(drafted) -> None:
    dossier = making.draft()
    firm = dossier.site.enterprise
    Message.objects.all().delete()
    if not drafted:
        making.withdraw(dossier)
    events.enterprise_confirmed(str(firm.pk), at=cast.AT)
    message = Message.objects.get(key=f"confirmed:{firm.pk}")
    way = reverse("dossiers:detail", args=[dossier.reference]) if drafted else reverse("sites")
    assert message.path == way
    assert ("làm tiếp" in message.line) == drafted


def test_lines_are_short_and_name_no_person_however_long_the_names_are() -> None:
    dossier = making.make_dossier(State.APPROVED)
    firm, site = dossier.site.enterprise, dossier.site
    for rows in (Enterprise.objects.all(), Site.objects.all(), Team.objects.all()):
        rows.update(name=long_name(rows.model._meta.get_field("name").max_length))
    drain()
    Enterprise.objects.update(confirmed_at=None)
    events.site_added(str(site.pk), at=cast.AT)
    events.enterprise_confirmed(str(firm.pk), at=cast.AT)
    owner = making.owner_of(dossier)
    messages = list(Message.objects.order_by("pk"))
    for message in messages:
        assert len(message.title) <= TITLE
        assert len(message.line) <= LINE
        assert owner.full_name not in message.line
    cut = {message.title for message in messages if "…" in message.line}
    assert cut == {"Sắp kiểm tra", "Có cuộc kiểm tra", "Đã có quyết định", "Doanh nghiệp mới đăng ký",
                   "Doanh nghiệp đã được xác nhận"}  # fmt: skip


def long_name(most: int) -> str:
    """A name without a short word, as long as its column takes."""
    return ("Công ty trách nhiệm hữu hạn một thành viên " * most)[:most]


@pytest.mark.parametrize(("title", "line"), [("T" * 61, "L"), ("T", "L" * 131)])
def test_what_is_too_long_is_refused_and_nothing_is_cut_in_silence(title: str, line: str) -> None:
    with pytest.raises(ValueError, match="60 and 130 fit"):
        telling.tell([cast.make_chairman()], key="k", title=title, line=line, path="/", at=cast.AT)
    assert not Message.objects.exists()
    telling.tell([cast.make_chairman()], key="k", title=title[:60], line=line[:130], path="/", at=cast.AT)
    assert Message.objects.get().line == line[:130]


def test_the_name_gives_way_and_all_else_stands() -> None:
    words = "Hồ sơ %(code)s của %(name)s; xem lý do."
    values = {"code": "01-211012-0004", "name": long_name(200)}
    line = telling.fitted(words, values, cut="name")
    assert line.startswith("Hồ sơ 01-211012-0004 của Công ty")
    assert line.endswith("…; xem lý do.")
    assert 128 <= len(line) <= 130
    assert telling.fitted(words, values | {"name": "Mỹ Ẩn"}, cut="name") == (
        "Hồ sơ 01-211012-0004 của Mỹ Ẩn; xem lý do."
    )


# The longest that a line can say of each thing that is never shortened.
LONGEST = {
    "code": "01-211012-0004", "due": "hết ngày 18/10/2021", "when": "hết ngày 18/10/2021", "since": "18/10/2021",
    "until": "18/10/2021", "day": "18/10/2021", "n": "9999", "pages": "9999", "phone": "0" * 20, "number": "1" * 40,
    "what": max((str(words()) for words in clock_ledger.DUE_FOR.values()), key=len),
}  # fmt: skip
ROOT = Path(settings.BASE_DIR)


TELLERS = [
    path.name
    for path in sorted(ROOT.glob("applications/*.py"))
    if "from notices.telling" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", TELLERS)
def test_every_line_holds_its_longest_values_and_shortens_every_name(name: str) -> None:
    tree = ast.parse((ROOT / "applications" / name).read_text(encoding="utf-8"))
    cuts = {
        keyword.value.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "fitted"
        for keyword in call.keywords
        if keyword.arg == "cut" and isinstance(keyword.value, ast.Constant)
    }
    lines = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
        if isinstance(call.args[0], ast.Constant)
    }
    assert lines
    for line in sorted(lines):
        names = set(re.findall(r"%\((\w+)\)s", line)) - set(LONGEST)
        if line == "%(firm)s: %(reason)s":
            names.discard("firm")  # shortened to 50 before its reason is
        assert names <= cuts, line
        assert len(names) <= 1, line
        values = LONGEST | {"firm": long_name(50)} | {each: long_name(500) for each in names}
        said = telling.fitted(line, values, cut=min(names)) if names else line % values
        assert len(said) <= LINE, said
        assert not names or len(re.sub(r"%\(\w+\)s", "", line)) < len(said) - 20, said


def test_a_message_goes_by_mail_once_and_again_only_after_a_failure(monkeypatch) -> None:
    user = cast.make_chairman()
    telling.tell(
        [user], key="k", title="Chờ quyết định", line="Hồ sơ 01 chờ quyết định.", path="/home/", at=cast.AT
    )
    assert telling.deliver(now=lambda: cast.AT) == 1
    assert telling.deliver(now=lambda: cast.AT + timedelta(hours=1)) == 0
    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert sent.extra_headers["Message-ID"].startswith(f"<notice-{Delivery.objects.get().pk}@")
    assert settings.CHECK_HOST in sent.body


def test_the_inbox_opens_a_message_marks_it_read_and_hides_those_of_others() -> None:
    user = cast.make_chairman()
    telling.tell([user], key="k", title="Chờ quyết định", line="Hồ sơ chờ.", path="/decisions/", at=cast.AT)
    message = Message.objects.get()
    client = cast.signed_in(user)
    assert "Chờ quyết định" in client.get(reverse("notices:inbox")).content.decode()
    other = cast.signed_in(cast.make_office_clerk())
    assert other.post(reverse("notices:open", args=[message.pk])).status_code == 404
    assert client.get(reverse("notices:open", args=[message.pk])).status_code == 405
    assert client.post(reverse("notices:open", args=[message.pk]))["Location"] == "/decisions/"
    assert Message.objects.get().read_at is not None


def test_an_empty_inbox_teaches() -> None:
    page = cast.signed_in(cast.make_health()).get(reverse("notices:inbox")).content.decode()
    assert "Chưa có tin nào" in page


def test_sms_and_zalo_are_off_until_asked_for_and_then_go_beside_the_mail(settings) -> None:
    assert not {"sms", "zalo"} & set(settings.NOTICE_CHANNELS)
    settings.NOTICE_CHANNELS = ["email", "sms", "zalo"]
    user = making.owner_of(making.draft())
    telling.tell([user], key="k", title="Chờ quyết định", line="Hồ sơ chờ.", path="/decisions/", at=cast.AT)
    assert telling.deliver(now=lambda: cast.AT) == 3
    assert set(Delivery.objects.values_list("channel", "attempts")) == {("email", 1), ("sms", 1), ("zalo", 1)}
    assert not Delivery.objects.filter(sent_at__isnull=True).exists()
