"""A new signer by a dated paper, a draft handed to a colleague, a dossier made anew with all its answers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from applications import answering_plan, filing, handing, renewing, signers
from applications.models import Dossier, SignerPaper
from applications.plan_rows import open_row
from applications.states import State
from applications.unmet import NotAllowed, Stale
from journal.models import AuditEvent, OutboxRow
from notices.models import Message
from organisations.models import Enterprise
from tests import cast
from tests.applications import making, stored

pytestmark = pytest.mark.django_db
NEW = {
    "signer_name": "Trần Văn Mới", "signer_title": "Giám đốc", "signer_capacity": "legal", "since": "01/11/2021",
    "number": "12/QĐ-HĐTV", "dated": "28/10/2021",
}  # fmt: skip


def post(enterprise: Enterprise, **changes: Any) -> Any:
    client = cast.signed_in(enterprise.claimed_by)
    paper = SimpleUploadedFile("quyet-dinh.pdf", making.pdf_bytes(1))
    data = {**NEW, "paper": paper, **changes}
    url = reverse("dossiers:signer", args=[enterprise.pk])
    return client.post(url, {key: value for key, value in data.items() if value is not None})


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"since": "31/12/2099"}, "since", "chưa đến"),
        ({"since": "01/01/2020"}, "since", "Đã có người ký từ 14/10/2021"),
        ({"since": "31/02/2021"}, "since", ""),
        ({"dated": "31/12/2099"}, "dated", "chưa đến"),
        ({"number": ""}, "number", "Nhập số của giấy"),
        ({"paper": None}, "paper", "Chưa chọn tệp"),
        ({"paper": SimpleUploadedFile("x.pdf", b"MZ not a paper")}, "paper", ""),
        ({"until": "01/12/2021"}, "until", "Để trống ô này"),
        ({"until": "01/10/2021", "signer_capacity": "authorised"}, "until", "nằm trước"),
    ],
)
def test_a_change_of_signer_says_what_is_wrong(changes: dict[str, Any], field: str, words: str) -> None:
    enterprise, before = cast.make_enterprise(), stored.names()
    response = post(enterprise, **changes)
    assert response.status_code == 422
    assert stored.names() == before
    assert words in " ".join(response.context["form"].errors[field])
    assert enterprise.representatives.count() == 1
    assert not SignerPaper.objects.exists()


def test_the_new_signer_signs_from_the_day_and_the_old_one_stays_on_what_was_signed() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    enterprise, officer = dossier.site.enterprise, making.officer_of(dossier)
    assert post(enterprise).status_code == 302
    site = dossier.site
    assert site.representative_on(date(2021, 10, 31)).full_name == "Lê Thị Mỹ Ẩn"  # type: ignore[union-attr]
    assert site.representative_on(date(2021, 11, 1)).full_name == "Trần Văn Mới"  # type: ignore[union-attr]
    dossier.refresh_from_db()
    assert dossier.signer_name == "Lê Thị Mỹ Ẩn"
    paper = SignerPaper.objects.get()
    assert OutboxRow.objects.filter(event="representative.changed", subject_id=str(paper.pk)).count() == 1
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {
        "representative.set",
        "representative.paper",
    }
    for _again in range(2):
        signers.changed(str(paper.pk), at=timezone.now())
    told = Message.objects.filter(key=f"signer:{paper.pk}")
    assert officer in [message.user for message in told]
    assert told.count() == len({message.user_id for message in told})
    assert not any("Trần Văn Mới" in message.line for message in told)


def test_the_paper_is_opened_by_the_firm_and_its_agency_and_found_by_nobody_else() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    enterprise = dossier.site.enterprise
    post(enterprise)
    url = reverse("dossiers:signer_paper", args=[SignerPaper.objects.get().pk])
    for person in (enterprise.claimed_by, making.officer_of(dossier)):
        client = cast.signed_in(person)
        page = client.get(reverse("enterprise", args=[enterprise.pk])).content.decode()
        assert "Giấy số 12/QĐ-HĐTV ngày 28/10/2021" in page
        assert url in page
        response = client.get(url)
        assert response.status_code == 200
        assert b"".join(response.streaming_content).startswith(
            b"%PDF"
        )  # to its end: the client closes it then
    for person in (cast.make_health(), cast.make_other_enterprise().claimed_by):
        assert cast.signed_in(person).get(url).status_code == 404


def test_a_draft_goes_to_a_colleague_who_is_told_and_whoever_had_it_keeps_it() -> None:
    dossier = making.draft(at=cast.AT)
    owner, colleague = making.owner_of(dossier), cast.make_colleague()
    client = cast.signed_in(owner)
    url = reverse("dossiers:hand", args=[dossier.reference])
    assert "Đỗ Kim Ánh" in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"colleague": colleague.pk}).status_code == 302
    page = client.get(reverse("dossiers:detail", args=[dossier.reference])).content.decode()
    assert "Người chuẩn bị" in page
    assert "Đỗ Kim Ánh" in page
    assert OutboxRow.objects.filter(event="dossier.handed").count() == 1
    for _again in range(2):
        handing.handed(str(dossier.pk), at=cast.AT)
    message = Message.objects.get(key__startswith="handed:")
    assert (message.user, "Đỗ" in message.line) == (colleague, False)
    making.put_paper(making.fresh(dossier), "commitment", by=owner)
    assert not handing.hand_to(dossier=making.fresh(dossier), colleague=colleague, by=owner, at=cast.AT)


def test_a_draft_goes_to_nobody_outside_and_not_once_it_is_handed_in() -> None:
    dossier = making.draft(at=cast.AT)
    owner, stranger = making.owner_of(dossier), cast.make_other_enterprise().claimed_by
    with pytest.raises(NotAllowed):
        handing.hand_to(dossier=dossier, colleague=stranger, by=owner, at=cast.AT)
    with pytest.raises(NotAllowed):
        handing.hand_to(dossier=dossier, colleague=owner, by=stranger, at=cast.AT)
    colleague = cast.make_colleague()
    done = making.make_dossier(State.SUBMITTED, site=dossier.site)
    with pytest.raises(Stale):
        handing.hand_to(dossier=done, colleague=colleague, by=owner, at=cast.AT)


@pytest.mark.parametrize("state", [State.DECLINED, State.REFUSED, State.WITHDRAWN])
def test_a_dossier_made_anew_has_the_plans_answers_too(state: str) -> None:
    draft = making.make_dossier(State.DRAFT)
    owner = making.owner_of(draft)
    answering_plan.keep_part(
        dossier=draft, part="work", values={"products": "may mặc"}, unread={"shifts-0-people": "x"}, columns={},
        by=owner, at=cast.AT,
    )  # fmt: skip
    if state == State.WITHDRAWN:
        filing.withdraw(dossier=draft, by=owner, at=cast.AT)
        old = making.fresh(draft)
    else:
        old = making.make_dossier(state, site=draft.site)
    later = cast.AT + timedelta(days=9)
    new = renewing.renew(dossier=old, by=owner, at=later)
    assert new.pk != old.pk
    assert isinstance(new, Dossier)
    row = open_row(new)
    assert row is not None
    assert row.answers["work"]["products"] == "may mặc"
    assert row.unread == {"work": {"shifts-0-people": "x"}}
