"""The page on which a visit is moved, and where its new day is read."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from applications.models import Dossier, Move
from applications.moving_visits import appointment_of, move_visit
from applications.states import State
from plan.clock import LOCAL
from tests import cast
from tests.applications import desk, making
from tests.applications.test_moving_visits import AT, NEW, other_team

pytestmark = pytest.mark.django_db
NINE = datetime(2021, 10, 18, 9, 0, tzinfo=LOCAL)
REASON = "Đường vào xã đang ngập"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def dossier() -> Dossier:
    made = making.make_dossier(State.TEAM_ASSIGNED)
    Dossier.objects.filter(pk=made.pk).update(visit_planned_at=NINE)
    return making.fresh(made)


def typed(dossier: Dossier, **changes: Any) -> dict[str, Any]:
    """A whole form for the twentieth, half past nine."""
    data = {
        "shown": appointment_of(dossier).mark, "team": dossier.team.pk, "visit_on": "20/10/2021",
        "visit_hour": "09:30", "reason": REASON,
    }  # fmt: skip
    return data | changes


def move(dossier: Dossier, **changes: Any) -> Move:
    given = {
        "shown": appointment_of(dossier).mark, "team": dossier.team, "visit_at": NEW, "reason": REASON,
        "by": cast.make_dolisa_officer(), "at": AT,
    }  # fmt: skip
    return move_visit(dossier=dossier, **given | changes)


def test_the_case_leads_there_while_a_visit_is_awaited_and_the_form_begins_with_it(dossier: Dossier) -> None:
    client = desk.officer()
    address = desk.path("move_visit", dossier)
    assert f'href="{address}"' in client.get(desk.case(dossier)).content.decode()
    page = client.get(address)
    assert page.context["form"]["visit_hour"].value() == "09:00"
    assert f"{page.context['form']['visit_on'].value():%d/%m/%Y}" == "18/10/2021"
    assert "09:00, 18/10/2021" in page.content.decode()
    other = making.make_dossier(State.INSPECTED, site=cast.make_site(name="Xưởng hai", zone=None))
    assert desk.path("move_visit", other) not in client.get(desk.case(other)).content.decode()
    over = client.get(desk.path("move_visit", other))
    assert over.status_code == 409
    assert "Hồ sơ đã sang bước khác" in over.content.decode()


def test_both_appointments_are_read_back_and_nothing_is_done_before(dossier: Dossier) -> None:
    client, address = desk.officer(), desk.path("move_visit", dossier)
    page = client.post(address, typed(dossier, team=other_team().pk)).content.decode()
    for words in (
        "09:00, 18/10/2021",
        "09:30, 20/10/2021",
        "Tổ kiểm tra số 2",
        REASON,
        "giữ nguyên",
        "tổ cũ",
        "bên phân công tổ",
    ):
        assert words in page
    assert making.fresh(dossier).visit_planned_at == NINE
    back = client.post(address, typed(dossier, step="edit"))
    assert back.context["form"]["reason"].value() == REASON


def test_where_the_agency_assigns_nobody_else_is_said_to_hear_of_another_team() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED, phase=2)
    data = typed(dossier, team=other_team().pk)
    page = desk.officer().post(desk.path("move_visit", dossier), data).content.decode()
    assert "Doanh nghiệp, tổ cũ, tổ mới, qua hộp thư" in page
    assert "bên phân công tổ" not in page


def test_sent_twice_it_is_moved_once(dossier: Dossier) -> None:
    client, address = desk.officer(), desk.path("move_visit", dossier)
    for _ in range(2):
        answer = client.post(address, typed(dossier, step="send"))
        assert answer["Location"] == desk.case(dossier)
    assert making.fresh(dossier).visit_planned_at == NEW
    assert Move.objects.filter(dossier=dossier, name="move_visit").count() == 1
    assert "đổi sang 09:30, 20/10/2021" in client.get(desk.case(dossier)).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"visit_on": "13/10/2021"}, "Ngày 13/10/2021 đã qua"),
        ({"reason": ""}, "Chưa ghi lý do"),
        ({"visit_on": "18/10/2021", "visit_hour": "09:00"}, "vẫn như đang hẹn"),
        ({"team": ""}, "Chưa chọn tổ kiểm tra"),
    ],
)
@pytest.mark.parametrize("step", ["", "send"])
def test_what_cannot_be_is_said_at_its_field_before_it_is_read_back(
    dossier: Dossier, changes: dict[str, str], words: str, step: str
) -> None:
    answer = desk.officer().post(desk.path("move_visit", dossier), typed(dossier, step=step, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert making.fresh(dossier).visit_planned_at == NINE


def test_another_visit_near_it_is_warned_of_once(dossier: Dossier) -> None:
    firm = cast.make_other_enterprise()
    there = making.make_dossier(State.TEAM_ASSIGNED, site=cast.make_site(firm, name="Cơ sở hai", zone=None))
    Dossier.objects.filter(pk=there.pk).update(visit_planned_at=NEW)
    client, address = desk.officer(), desk.path("move_visit", dossier)
    warned = client.post(address, typed(dossier))
    assert "Tổ này đã có cuộc khác gần giờ đó" in warned.content.decode()
    assert str(there.code) in warned.content.decode()
    seen = {"clash_seen": warned.context["near"].seen}
    read = client.post(address, typed(dossier, **seen))
    assert seen["clash_seen"] in read.content.decode()
    client.post(address, typed(dossier, step="send", **seen))
    assert making.fresh(dossier).visit_planned_at == NEW


def test_what_a_colleague_moved_meanwhile_is_said_and_what_was_typed_stays(dossier: Dossier) -> None:
    data = typed(dossier, visit_on="21/10/2021", step="send")
    move(dossier, by=cast.make_dolisa_head())
    answer = desk.officer().post(desk.path("move_visit", dossier), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "đổi lịch kiểm tra của hồ sơ này" in page
    assert "09:30, 20/10/2021" in page
    assert REASON in page
    assert "21/10/2021" in page
    assert (
        appointment_of(making.fresh(dossier)).mark in page
    )  # what is sent next is measured by what now stands
    assert making.fresh(dossier).visit_planned_at == NEW


def test_the_document_for_another_team_is_asked_at_its_field_and_read_back(dossier: Dossier) -> None:
    client, address = desk.officer(), desk.path("move_visit", dossier)
    assert "basis" not in client.get(address).context["form"].fields
    cast.bind_team(dossier.site)
    data = typed(dossier, team=other_team().pk)
    assert list(client.post(address, data).context["form"].errors) == ["basis"]
    page = client.post(address, data | {"basis": "Công văn 88/UBND-KGVX"}).content.decode()
    assert "Văn bản giao cơ sở" in page
    client.post(address, data | {"basis": "Công văn 88/UBND-KGVX", "step": "send"})
    assert making.fresh(dossier).team.number == 2


def test_a_day_behind_the_stage_s_end_is_said(dossier: Dossier) -> None:
    answer = desk.officer().post(desk.path("move_visit", dossier), typed(dossier, visit_on="20/12/2021"))
    assert "Lịch mới nằm sau thời hạn" in answer.content.decode()


def test_enterprise_and_team_read_the_new_day_and_why(dossier: Dossier) -> None:
    move(dossier, team=other_team())
    owner = cast.signed_in(making.owner_of(dossier))
    for name in ("detail", "timeline"):
        page = owner.get(desk.path(name, dossier)).content.decode()
        assert "Lịch kiểm tra đổi sang 09:30, 20/10/2021, Tổ kiểm tra số 2" in page
        assert REASON in page


def test_the_team_reads_on_its_visit_that_it_was_moved(dossier: Dossier) -> None:
    visit = making.see(dossier, AT)
    move(dossier)
    page = cast.signed_in(cast.make_team_leader()).get(reverse("visits:visit", args=[visit.pk]))
    assert REASON in page.content.decode()
    assert visit.remarks in page.content.decode()
