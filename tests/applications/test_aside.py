"""A dossier at the wrong agency moves with its clock; an obvious error is put right with the original kept."""

import re
from datetime import date, timedelta

import pytest

from applications import correcting, moving, telling_aside
from applications.models import Correction
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
from journal.models import AuditEvent, OutboxRow
from notices.models import Message
from organisations.models import Zone
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def moved(state: str = State.ACCEPTED):
    dossier = making.make_dossier(state)
    row = moving.move(
        dossier=dossier, zone=Zone.objects.get(pk="long-duc"), reason="Cơ sở nằm trong khu công nghiệp",
        by=cast.make_dolisa_officer(), at=cast.AT + 5 * HOUR,
    )  # fmt: skip
    return dossier, making.fresh(dossier), row


@pytest.mark.parametrize("state", moving.MOVABLE)
def test_a_dossier_moves_with_its_state_code_and_clock(state: str) -> None:
    before, after, row = moved(state)
    assert after.receiving_agency.code == "EZB"
    assert (after.state, after.code, after.due_at) == (before.state, before.code, before.due_at)
    assert after.state_since == before.state_since
    assert (
        after.stages.filter(closed_at__isnull=True).count()
        == before.stages.filter(closed_at__isnull=True).count()
    )
    assert after.handled_by is None
    assert after.site.receiving_agency.code == "EZB"
    assert row.due_at == before.due_at
    assert AuditEvent.objects.filter(verb="dossier.moved", subject_id=after.pk).count() == 1


def test_both_agencies_and_the_enterprise_are_told_once() -> None:
    _before, after, row = moved()
    cast.make_zone_officer()
    for _ in range(2):
        telling_aside.moved(str(row.pk), at=cast.AT)
    told = Message.objects.filter(key=f"moved:{row.pk}").order_by("pk").values_list("user__email", flat=True)
    assert {"tiep-nhan@tra-vinh.example", "khu-kinh-te@tra-vinh.example"} <= set(told)
    assert making.owner_of(after).email in told
    assert len(told) == len(set(told))


def test_after_the_move_the_old_desk_sees_nothing_and_the_new_one_works_on() -> None:
    _before, after, _row = moved(State.SUBMITTED)
    address = f"/dossiers/{after.code}/"
    assert cast.signed_in(cast.make_dolisa_officer()).get(address).status_code == 404
    assert cast.signed_in(cast.make_zone_officer()).get(address).status_code == 200
    assert making.accept(after).state == State.ACCEPTED


def test_a_place_that_leaves_it_where_it_is_moves_nothing() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    with pytest.raises(Refused):
        moving.move(dossier=dossier, zone=None, reason="Nhầm", by=cast.make_dolisa_officer(), at=cast.AT)
    with pytest.raises(Refused):
        moving.move(dossier=dossier, zone=Zone.objects.get(pk="co-chien"), reason="Nhầm",
                    by=cast.make_dolisa_officer(), at=cast.AT)  # fmt: skip


def test_who_does_not_receive_moves_nothing_and_a_decided_dossier_stays() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    zone = Zone.objects.get(pk="long-duc")
    with pytest.raises(NotAllowed):
        moving.move(dossier=dossier, zone=zone, reason="Nhầm", by=cast.make_zone_officer(), at=cast.AT)
    making.decline(dossier)
    with pytest.raises(Stale):
        moving.move(dossier=dossier, zone=zone, reason="Nhầm", by=cast.make_dolisa_officer(), at=cast.AT)


def test_the_page_moves_it_and_says_why_it_cannot() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    client = cast.signed_in(cast.make_dolisa_officer())
    address = f"/dossiers/{dossier.code}/move/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"zone": "none", "reason": "Nhầm"}).status_code == 422
    assert client.post(address, {"zone": "long-duc", "reason": "Nhầm"}).status_code == 302
    assert client.get(address).status_code == 404


# --- corrections ---


def put_right(dossier, **values):
    return correcting.correct(
        dossier=dossier, version=dossier.version, values=values, reason="Gõ nhầm",
        by=cast.make_dolisa_officer(), at=cast.AT + 5 * HOUR,
    )  # fmt: skip


def test_the_original_is_kept_field_by_field_and_the_enterprise_told_once() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    rows = put_right(dossier, signer_title="Tổng giám đốc", baseline_as_of=date(2021, 10, 1))
    assert [(row.field, row.old, row.new) for row in rows] == [
        ("signer_title", "Giám đốc", "Tổng giám đốc"),
        ("baseline_as_of", "14/10/2021", "01/10/2021"),
    ]
    fresh = making.fresh(dossier)
    assert (fresh.signer_title, fresh.baseline_as_of) == ("Tổng giám đốc", date(2021, 10, 1))
    assert (fresh.state, fresh.due_at) == (dossier.state, dossier.due_at)
    assert OutboxRow.objects.filter(event="dossier.corrected").count() == 1
    telling_aside.corrected(str(rows[0].pk), at=cast.AT)
    telling_aside.corrected(str(rows[0].pk), at=cast.AT)
    assert Message.objects.filter(key__startswith="corrected:").count() == 1


@pytest.mark.parametrize("name", ["baseline", "listed_workers", "cap", "enterprise_total", "mode", "state"])
def test_what_the_law_counts_is_never_put_right_here(name: str) -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    with pytest.raises(ValueError, match="not to be corrected"):
        put_right(dossier, **{name: "1"})


def test_nothing_changed_or_a_day_to_come_is_refused() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    with pytest.raises(Refused):
        put_right(dossier, signer_title="Giám đốc")
    with pytest.raises(Refused):
        put_right(dossier, signed_on=date(2021, 12, 1))
    with pytest.raises(Stale):
        put_right(
            making.make_dossier(State.DECLINED, site=cast.make_site(name="B", zone=None)), signer_title="X"
        )


def test_the_enterprise_objects_once_and_officer_and_head_are_told() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    row = put_right(dossier, contact_name="Người Khác")[0]
    cast.make_dolisa_head()
    client = cast.signed_in(making.owner_of(dossier))
    address = f"/dossiers/{dossier.code}/corrections/"
    assert "Người Khác" in client.get(address).content.decode()
    assert client.post(f"{address}{row.pk}/object/", {"objection": " "}).status_code == 422
    assert client.post(f"{address}{row.pk}/object/", {"objection": "Không đúng người"}).status_code == 302
    client.post(f"{address}{row.pk}/object/", {"objection": "Lần hai"})
    assert Correction.objects.get().objection == "Không đúng người"
    telling_aside.disputed(str(row.pk), at=cast.AT)
    assert Message.objects.filter(key=f"disputed:{row.pk}").count() == 2


def test_an_empty_objection_opens_only_the_row_that_was_sent_and_says_so_at_its_field() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    sent, other = put_right(dossier, contact_name="Người Khác", signer_title="Tổng giám đốc")
    client = cast.signed_in(making.owner_of(dossier))
    answer = client.post(f"/dossiers/{dossier.code}/corrections/{sent.pk}/object/", {"objection": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    rows = re.findall(r'<details class="mt-3"( open)?>.*?<textarea[^>]*id="objection-(\d+)"', page, re.DOTALL)
    assert {int(pk): bool(is_open) for is_open, pk in rows} == {sent.pk: True, other.pk: False}
    assert f'<a href="#objection-{sent.pk}">Chưa ghi điều không đúng.</a>' in page
    areas = {
        pk: re.search(rf'<textarea[^>]*id="objection-{pk}"[^>]*>', page)[0] for pk in (sent.pk, other.pk)
    }
    assert 'aria-invalid="true"' in areas[sent.pk]
    assert f'aria-describedby="objection-{sent.pk}_error"' in areas[sent.pk]
    assert f'<div id="objection-{sent.pk}_error">' in page
    assert "aria-" not in areas[other.pk]


def test_the_page_of_the_officer_shows_present_values_and_keeps_what_was_typed() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    client = cast.signed_in(cast.make_dolisa_officer())
    address = f"/dossiers/{dossier.code}/correct/"
    assert 'value="Giám đốc"' in client.get(address).content.decode()
    answer = client.post(address, {"version": dossier.version, "signer_title": "Phó giám đốc", "reason": ""})
    assert answer.status_code == 422
    assert "Phó giám đốc" in answer.content.decode()


def test_an_old_page_does_not_write_back_what_a_colleague_has_put_right() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    client = cast.signed_in(cast.make_dolisa_head())
    address = f"/dossiers/{dossier.code}/correct/"
    form = client.get(address).context["form"]
    shown = {field.name: field.value() for field in form} | {"requested_start_on": "28/10/2021"}
    shown |= {"baseline_as_of": "14/10/2021", "signed_on": "14/10/2021", "version": dossier.version}
    put_right(dossier, signer_title="Tổng giám đốc")
    typed = shown | {"contact_name": "Đỗ Kim Anh", "reason": "Gõ thừa dấu"}
    late = client.post(address, typed)
    assert late.status_code == 409
    text = late.content.decode()
    assert "Trần Thị Lan vừa sửa lỗi nhập của hồ sơ này" in text
    assert 'value="Đỗ Kim Anh"' in text
    assert client.post(address, typed).status_code == 409
    assert making.fresh(dossier).signer_title == "Tổng giám đốc"
    fresh = {"version": making.fresh(dossier).version, "signer_title": "Tổng giám đốc"}
    assert client.post(address, typed | fresh).status_code == 302
    assert [(row.field, row.new) for row in dossier.corrections.order_by("pk")] == [
        ("signer_title", "Tổng giám đốc"),
        ("contact_name", "Đỗ Kim Anh"),
    ]
