"""Filing at the counter for a firm without account; and what it shares with permits on paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import plan
from applications import (
    counter,
    filing,
    moving,
    supplementing,
)
from applications.actors import may_prepare
from applications.models import CounterFiling, Dossier
from applications.states import State
from applications.unmet import NotAllowed
from documents.models import Letter
from journal.models import AuditEvent
from organisations import at_counter, registering
from organisations.models import AccessRequest, AdminUnit, Enterprise, Membership, Permit, Site, Zone
from tests import cast
from tests.applications import making
from tests.applications.test_races import kinds, race

pytestmark = pytest.mark.django_db
TAX = "2100567893"
WHO = {"bearer": "staff", "bearer_name": "Ngô Thị Bé", "bearer_phone": "0912 345 678", "note": ""}
FIRM = {
    "tax_code": TAX, "firm_name": "Cơ sở Gạch Cầu Kè", "firm_address": "Ấp 3", "firm_phone": "",
    "signer_name": "Ngô Văn Ba", "signer_title": "Giám đốc",
}  # fmt: skip
PLACE = {"name": "Lò gạch số 1", "zone": "", "commune": "29263", "address": "Ấp 3"}
TERMS = {
    "number": "2156/QĐ-UBND", "signed_on": "04/10/2021", "signer": "Trần Minh Khải", "starts_on": "06/10/2021",
    "until": "", "baseline": "300", "cap": "100", "mode": "three_on_site", "paper_dossier": "",
}  # fmt: skip


def desk():
    cast.load_reference()
    return cast.signed_in(cast.make_dolisa_officer())


def brought(client) -> Dossier:
    answer = client.post("/dossiers/counter/", FIRM | PLACE | WHO)
    assert answer.status_code == 302, answer.content.decode()
    return CounterFiling.objects.get().dossier


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("qd.pdf", making.pdf_bytes(), content_type="application/pdf")


def enter(client, **changes):
    sent = FIRM | PLACE | TERMS | {"scan": scan(), "step": "send"} | changes
    return client.post("/sites/permits/new/", sent)


def test_the_tax_code_comes_first_then_who_and_which_site() -> None:
    client = desk()
    page = client.post("/dossiers/counter/", {"step": "find", "tax_code": TAX}).content.decode()
    assert "bearer_name" in page
    assert "firm_name" in page
    empty = client.post("/dossiers/counter/", {"tax_code": TAX})
    assert empty.status_code == 422
    assert not CounterFiling.objects.exists()


def test_a_form_sent_twice_makes_one_firm_one_site_and_one_draft() -> None:
    client = desk()
    dossier = brought(client)
    again = client.post("/dossiers/counter/", FIRM | PLACE | WHO | {"name": "LÒ  GẠCH số 1"}, follow=True)
    assert again.status_code == 200
    assert "Trần Thị Lan đã lập hồ sơ này lúc" in again.content.decode()
    assert (Enterprise.objects.get(), Site.objects.get(), Dossier.objects.get()) == (
        dossier.site.enterprise, dossier.site, dossier,
    )  # fmt: skip
    assert AuditEvent.objects.filter(verb="dossier.brought").count() == 1
    other = client.post("/dossiers/counter/", FIRM | PLACE | WHO | {"site": "new", "name": "Lò gạch số 2"})
    assert other.status_code == 302
    assert Site.objects.count() == 2


def test_the_desk_is_told_which_site_its_words_were_taken_for() -> None:
    client = desk()
    assert "Đã ghi vào cơ sở ấy" not in client.get(enter(client)["Location"]).content.decode()
    second = enter(client, site="new", name="LÒ GẠCH SỐ 1", number="2157/QĐ-UBND")
    assert (
        "Doanh nghiệp đã có cơ sở này: Lò gạch số 1, Ấp 3" in client.get(second["Location"]).content.decode()
    )
    unmarked = enter(client, site="new", name="Lo gach so 1", number="2158/QĐ-UBND")
    assert "Đã ghi vào cơ sở ấy" not in client.get(unmarked["Location"]).content.decode()
    assert set(Site.objects.values_list("name", flat=True)) == {"Lò gạch số 1", "Lo gach so 1"}


def test_a_name_that_the_firm_has_in_another_commune_is_asked_about() -> None:
    client = desk()
    place = Site.objects.get(pk=brought(client).site_id).place
    again = {"site": "new", "commune": "29269"}
    for answer in (client.post("/dossiers/counter/", FIRM | PLACE | WHO | again), enter(client, **again)):
        assert answer.status_code == 422
        assert f"đã có cơ sở tên này ở {place}" in answer.content.decode()
    assert (Site.objects.count(), Permit.objects.count()) == (1, 0)


@pytest.mark.parametrize("site", ["", "new"])
def test_an_empty_place_of_a_known_firm_is_asked_for(site: str) -> None:
    client = desk()
    brought(client)
    answer = client.post("/dossiers/counter/", FIRM | WHO | ({"site": site} if site else {}))
    assert answer.status_code == 422
    assert "Nhập tên cơ sở" in answer.content.decode()


def test_of_two_desks_that_write_one_firm_down_the_second_gets_the_firsts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, write = desk(), at_counter.write_down

    def second(**given: Any) -> Enterprise:
        write(**given | {"name": "Cơ sở ghi trước"})
        return write(**given)

    monkeypatch.setattr(at_counter, "write_down", second)
    assert brought(client).site.enterprise.name == "Cơ sở ghi trước"
    assert Enterprise.objects.count() == 1


def test_a_firm_that_signs_itself_up_meanwhile_files_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    client, write = desk(), at_counter.write_down

    def after_the_sign_up(**given: Any) -> Enterprise:
        cast.make_enterprise(tax_code=TAX)
        return write(**given)

    monkeypatch.setattr(at_counter, "write_down", after_the_sign_up)
    answer = client.post("/dossiers/counter/", FIRM | PLACE | WHO)
    assert answer.status_code == 422
    assert "đã có tài khoản" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_firm_with_people_files_itself() -> None:
    firm = cast.make_enterprise()
    answer = desk().post("/dossiers/counter/", {"step": "find", "tax_code": firm.tax_code})
    assert answer.status_code == 422
    assert "đã có tài khoản" in answer.content.decode()


def test_an_officer_files_for_a_firm_and_the_firm_gets_the_slip() -> None:
    client = desk()
    dossier = brought(client)
    firm = dossier.site.enterprise
    assert firm.origin == Enterprise.Origin.COUNTER
    assert firm.confirmed_at
    page = client.get(f"/dossiers/{dossier.pk}/").content.decode()
    assert "Ngô Thị Bé" in page
    officer = cast.make_dolisa_officer()
    filled = dossier
    filing.answer(dossier=dossier, answers=making.answers(dossier), by=officer, at=cast.AT)
    for slot in making.rules_at(cast.AT).phase(1).papers():
        if slot.required:
            making.put_paper(filled, slot.code, by=officer)
    check = client.get(f"/dossiers/{dossier.pk}/check/")
    assert check.status_code == 200
    filing.submit(dossier=dossier, by=officer, at=cast.AT, declared=True)
    handed_in = making.fresh(dossier)
    assert handed_in.state == State.SUBMITTED
    assert handed_in.moves.get(name="submit").by == officer
    assert Letter.objects.filter(dossier_code=handed_in.code, kind=Letter.Kind.SUBMISSION).exists()
    assert "/dossiers/" in client.get(f"/dossiers/{handed_in.code}/").content.decode()
    making.mark_all(handed_in)
    assert making.accept(handed_in).state == State.ACCEPTED


def test_who_hands_in_at_the_counter_reads_on_what_was_handed_in_and_for_whom() -> None:
    client, officer = desk(), cast.make_dolisa_officer()
    dossier = brought(client)
    draft = client.get(f"/dossiers/{dossier.pk}/").content.decode()
    assert "Đang nhập tại quầy" in draft
    assert "Cần hỏi thì gọi" not in draft
    assert "Có chỗ sai thì gọi" not in client.get(f"/dossiers/{dossier.pk}/check/").content.decode()
    filing.answer(dossier=dossier, answers=making.answers(dossier), by=officer, at=cast.AT)
    for slot in making.rules_at(cast.AT).phase(1).papers():
        if slot.required:
            making.put_paper(dossier, slot.code, by=officer)
    answer = client.post(f"/dossiers/{dossier.pk}/submit/", {"declared": "yes"}, follow=True)
    assert answer.status_code == 200, answer.redirect_chain
    page = answer.content.decode()
    handed_in = making.fresh(dossier)
    for words in (handed_in.code, "Ngô Thị Bé", "Kiểm tra giấy tờ", f'href="/dossiers/{handed_in.code}/"'):
        assert words in page
    assert "Doanh nghiệp chưa có tài khoản: giao giấy biên nhận cho người mang đến." in page
    assert "0 người" not in page
    assert "/withdraw/" not in page
    again = f"/dossiers/{handed_in.code}/submitted/"
    assert cast.signed_in(cast.make_dolisa_head()).get(again).status_code == 200
    assert cast.signed_in(cast.make_chairman()).get(again).status_code == 403


def handed_in_and_asked() -> Dossier:
    """Filed at the counter, and asked for words about something else beside a paper."""
    dossier, officer = making.fresh(brought(desk())), cast.make_dolisa_officer()
    filing.answer(dossier=dossier, answers=making.answers(dossier), by=officer, at=cast.AT)
    for slot in making.rules_at(cast.AT).phase(1).papers():
        if slot.required:
            making.put_paper(dossier, slot.code, by=officer)
    filing.submit(dossier=dossier, by=officer, at=cast.AT, declared=True)
    making.mark_all(dossier)
    asked = [supplementing.Asked("other", "Chưa rõ số ca", "Ghi số ca")]
    supplementing.request(
        dossier=dossier, items=supplementing.items_of(making.fresh(dossier), asked, parts={}, at=cast.AT),
        reason="đủ căn cứ", phone="+842943555111", by=officer, at=cast.AT,
    )  # fmt: skip
    return making.fresh(dossier)


def test_the_desk_that_filed_for_a_firm_writes_its_answer_and_hands_in_again() -> None:
    dossier, client = handed_in_and_asked(), desk()
    address = f"/dossiers/{dossier.code}/supplement/"
    assert f'href="{address}"' in client.get(f"/dossiers/{dossier.code}/").content.decode()
    assert 'name="answer-0"' in client.get(address).content.decode()
    assert client.post(address, {"round": "1", "answer-0": "Hai ca"}).status_code == 302
    assert dossier.supplements.get().items[0]["answer"] == "Hai ca"
    # Its own form, sent a second time, asks nothing and answers nothing.
    again = client.post(address, {"reason": "đủ căn cứ", "phone": "0294 3555 111", "step": "send"})
    assert again.status_code in (302, 409, 422)
    assert dossier.supplements.get().items[0]["answer"] == "Hai ca"
    client.post(f"/dossiers/{dossier.code}/submit/", {"declared": "yes"})
    assert making.fresh(dossier).state == State.SUBMITTED


def test_what_was_filed_at_the_counter_goes_along_to_the_right_agency() -> None:
    dossier, here, there = handed_in_and_asked(), cast.make_dolisa_officer(), cast.make_zone_officer()
    zone, later = Zone.objects.get(pk="long-duc"), cast.AT + timedelta(hours=1)
    Site.objects.filter(pk=dossier.site_id).update(district=zone.districts.first())
    moving.move(dossier=making.fresh(dossier), zone=zone, reason="Nhầm nơi", by=here, at=later)
    moved = making.fresh(dossier)
    assert may_prepare(moved, by=there, at=later)
    assert not may_prepare(moved, by=here, at=later)
    assert CounterFiling.objects.get().officer == here
    page = cast.signed_in(there).get(f"/dossiers/{moved.code}/supplement/").content.decode()
    assert 'name="answer-0"' in page


def test_a_desk_that_did_not_file_it_reads_what_was_asked_and_answers_nothing() -> None:
    dossier = handed_in_and_asked()
    address = f"/dossiers/{dossier.code}/supplement/"
    for other in (cast.make_chairman(), cast.make_health()):
        client = cast.signed_in(other)
        assert 'name="answer-0"' not in client.get(address).content.decode()
        assert client.post(address, {"round": "1", "answer-0": "Hai ca"}).status_code == 403
    own = making.make_dossier(State.SUPPLEMENT_REQUESTED, site=cast.make_site(zone=None))
    address = f"/dossiers/{own.code}/supplement/"
    assert 'name="round"' not in desk().get(address).content.decode()
    assert desk().post(address, {"round": "1"}).status_code == 409
    assert making.fresh(own).supplements.get().answered_at is None
    assert dossier.supplements.get().items[0]["answer"] == ""


def test_the_same_guards_hold_at_the_counter() -> None:
    client = desk()
    dossier = brought(client)
    client.post(f"/dossiers/{dossier.pk}/submit/", {"declared": "yes"})
    assert making.fresh(dossier).state == State.DRAFT


def test_a_draft_of_the_counter_is_seen_by_its_own_desk_alone() -> None:
    dossier = brought(desk())
    address = f"/dossiers/{dossier.pk}/"
    assert cast.signed_in(cast.make_dolisa_head()).get(address).status_code == 200
    for other in (
        cast.make_zone_officer(),
        cast.make_chairman(),
        cast.make_team_leader(),
        cast.make_health(),
    ):
        assert cast.signed_in(other).get(address).status_code == 404
    stranger = cast.make_other_enterprise().claimed_by
    assert cast.signed_in(stranger).get(address).status_code == 404


def test_the_post_of_the_day_counts_and_not_that_of_the_last_save() -> None:
    dossier, later = brought(desk()), timedelta(days=1)
    saved, gone = dossier.saved_at, cast.make_dolisa_officer()
    gone.posts.update(until=plan.local_day(saved))
    begins = {"since": plan.local_day(saved + later)}
    new = cast.make_official(
        "moi@tra-vinh.example", "Cán Bộ Mới", cast.Role.RECEIVING, "DOLISA", "", **begins
    )
    assert may_prepare(dossier, by=new, at=saved + later)
    assert not may_prepare(dossier, by=new, at=saved)
    assert may_prepare(dossier, by=gone, at=saved)
    assert not may_prepare(dossier, by=gone, at=saved + later)
    with pytest.raises(NotAllowed):
        filing.answer(dossier=dossier, answers={"signer_title": "Phó"}, by=gone, at=saved + later)


def test_the_desk_does_not_fill_in_drafts_of_firms_with_an_account() -> None:
    own = making.make_dossier(State.DRAFT)
    client = desk()
    assert client.get(f"/dossiers/{own.pk}/").status_code == 404
    assert client.post(f"/dossiers/{own.pk}/submit/", {"declared": "yes"}).status_code == 404


def test_a_later_claim_finds_the_dossier_through_the_agency() -> None:
    dossier = brought(desk())
    person = cast.make_person("be@gach.example", "Ngô Thị Bé")
    client = cast.signed_in(person)
    client.post("/sites/access/", {"tax_code": TAX, "note": "Tôi là kế toán"})
    asked = AccessRequest.objects.get()
    cast.signed_in(cast.make_dolisa_officer()).post(f"/colleagues/requests/{asked.pk}/", {"answer": "submit"})
    assert Membership.objects.filter(user=person, enterprise=dossier.site.enterprise).exists()
    assert cast.signed_in(person).get(f"/dossiers/{dossier.pk}/").status_code == 200


def test_a_site_of_the_other_agency_is_not_taken_in_here() -> None:
    answer = desk().post("/dossiers/counter/", FIRM | PLACE | WHO | {"zone": "long-duc"})
    assert answer.status_code == 422
    assert not Dossier.objects.exists()
    assert not Enterprise.objects.exists()


# --- two desks at once ---


def at_once(monkeypatch: pytest.MonkeyPatch | None = None) -> list[Any]:
    """What twenty officers get who open one draft for a new firm and a new site in the same instant."""
    officer, place = (
        cast.make_dolisa_officer(),
        PLACE | {"zone": None, "commune": AdminUnit.objects.get(pk="29263")},
    )
    firm = {name.removeprefix("firm_"): value for name, value in FIRM.items()}
    if monkeypatch is not None:
        monkeypatch.setattr(
            at_counter, "site_of", lambda firm, **given: registering.add_site(enterprise=firm, **given)
        )
    return race(lambda number: counter.open_filing(firm=firm, site=place, bearer=WHO, by=officer, at=cast.AT))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_write_down_one_firm_one_site_and_one_draft() -> None:
    outcomes = at_once()
    assert kinds(outcomes) == {"done": len(outcomes)}
    assert (Enterprise.objects.count(), Site.objects.count(), Dossier.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_race_makes_more_than_one_site_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once(monkeypatch)
    assert Site.objects.count() > 1
