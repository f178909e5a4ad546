"""The questions beside the papers: plain words for what is wrong, nothing typed or sent is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import plan
from applications import filing, renewing
from applications.models import Dossier
from applications.states import State
from tests import cast
from tests.applications import making, stored
from tests.applications.test_enterprise_path import answers, pdf
from tests.applications.test_enterprise_uploads import forty_megabytes
from tests.documents.hostile_files import CASES

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return making.draft(at=timezone.now())


@pytest.fixture
def client(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


@pytest.fixture
def save(client: Client, dossier: Dossier) -> Callable[..., Any]:
    def post(part: str, *, back: str = "", **changes: Any) -> Any:
        url = reverse("dossiers:answers", args=[dossier.reference, part])
        data = {key: value for key, value in {**answers(part), **changes}.items() if value is not None}
        return client.post(url + (f"?back={back}" if back else ""), data)

    return post


def error(response: Any, field: str) -> str:
    return " ".join(response.context["form"].errors.get(field, []))


TOMORROW = f"{plan.local_day(timezone.now()) + timedelta(days=1):%d/%m/%Y}"
BAD = [
    ("baseline", "baseline", "0", "Số lao động phải từ 1 trở lên"),
    ("baseline", "baseline", "-5", "Số lao động phải từ 1 trở lên"),
    ("baseline", "baseline", "một trăm", "không phải số nguyên"),
    ("baseline", "baseline", "12,5", "không phải số nguyên"),
    ("baseline", "baseline", "99999999999999999999", "không phải số nguyên"),
    ("baseline", "baseline", "99999999", "quá lớn"),
    ("baseline", "baseline", "", "Nhập số lao động"),
    ("baseline", "baseline_as_of", TOMORROW, "chưa đến. Nhập ngày đã qua."),
    ("baseline", "baseline_as_of", "30/02/2021", "không có trong lịch"),
    ("baseline", "baseline_as_of", "hôm qua", "không có trong lịch"),
    ("baseline", "baseline_as_of", "01/01/1900", "quá xa"),
    ("baseline", "enterprise_total", "100", "riêng cơ sở đã 300 người"),
    ("production", "mode", "ngu_o_nha", "Chọn"),
    ("production", "requested_start_on", "01/10/2021", "đã qua. Nhập ngày sau hôm nay."),
    ("production", "requested_start_on", "01/01/2999", "quá xa"),
    ("signer", "signed_on", TOMORROW, "chưa đến"),
    ("signer", "contact_phone", "12345", "Số điện thoại không gọi được"),
    ("signer", "signer_name", " ", "Nhập họ tên người ký."),
]


@pytest.mark.parametrize(("part", "field", "typed", "words"), BAD)
def test_a_bad_answer_is_named_and_everything_typed_stays(
    save: Any, dossier: Dossier, part: str, field: str, typed: str, words: str
) -> None:
    response = save(part, **{field: typed})
    assert response.status_code == 422
    if field != "mode":
        assert words in error(response, field)
    assert error(response, field)
    text = response.content.decode()
    assert "mọi thứ đã nhập còn nguyên" in text
    for key, value in {**answers(part), field: typed}.items():
        if isinstance(value, str) and key not in {"mode", "signer_capacity"} and value.strip():
            assert f'value="{value}"' in text, key
    dossier.refresh_from_db()
    assert not getattr(dossier, field) or part == "signer"


def test_numbers_may_be_typed_with_points_between_thousands(save: Any, dossier: Dossier) -> None:
    assert save("baseline", baseline="1.250", enterprise_total="2 400").status_code == 302
    dossier.refresh_from_db()
    assert (dossier.baseline, dossier.enterprise_total) == (1250, 2400)


def test_a_good_file_is_kept_though_a_number_is_wrong(save: Any, client: Client, dossier: Dossier) -> None:
    response = save("baseline", baseline="0")
    assert response.status_code == 422
    dossier.refresh_from_db()
    assert dossier.baseline_evidence is not None
    assert "bang-luong.pdf" in response.content.decode()
    # The second attempt needs no file.
    assert save("baseline", baseline_evidence=None).status_code == 302
    dossier.refresh_from_db()
    assert dossier.baseline == 300
    file = client.get(reverse("dossiers:evidence", args=[dossier.reference, "baseline"]))
    assert file.status_code == 200
    file.close()


def test_a_payroll_in_the_place_of_another_leaves_nothing_of_it_in_the_store(
    save: Any, client: Client, dossier: Dossier
) -> None:
    url = reverse("dossiers:answers", args=[dossier.reference, "baseline"])
    assert save("baseline").status_code == 302
    first = making.fresh(dossier).baseline_evidence
    assert first is not None
    assert save("baseline", baseline="0").status_code == 422
    second = making.fresh(dossier).baseline_evidence
    assert client.post(url, {"keep": "1", "baseline_evidence": pdf("moi.pdf")}).status_code == 204
    for gone in (first, second):
        assert gone is not None
        gone.refresh_from_db()
        assert (gone.withdrawn_at is not None, gone.withdrawn_by) == (True, dossier.created_by)
    last = making.fresh(dossier).baseline_evidence
    assert (last is not None and last.name, last is not None and last.withdrawn_at) == ("moi.pdf", None)
    assert save("baseline", baseline_evidence=None).status_code == 302
    assert making.fresh(dossier).baseline_evidence == last


def test_a_payroll_that_the_dossier_before_has_too_stays_with_it(dossier: Dossier) -> None:
    now, owner = timezone.now(), making.owner_of(dossier)
    before = making.withdraw(making.fill(dossier, now), now)
    after = renewing.renew(dossier=before, by=owner, at=now)
    new = making.stored_pdf(by=owner, at=now, name="moi.pdf")
    filing.answer(dossier=after, answers={"baseline_evidence": new}, by=owner, at=now)
    shared = making.fresh(before).baseline_evidence
    assert shared is not None
    assert shared.withdrawn_at is None
    assert making.fresh(after).baseline_evidence == new


def test_a_payroll_that_the_agency_has_received_stays_in_the_record() -> None:
    dossier = making.make_dossier(State.SUPPLEMENT_REQUESTED)
    received, owner = dossier.baseline_evidence, making.owner_of(dossier)
    new = making.stored_pdf(by=owner, at=dossier.state_since, name="moi.pdf")
    filing.answer(dossier=dossier, answers={"baseline_evidence": new}, by=owner, at=dossier.state_since)
    assert making.fresh(dossier).baseline_evidence == new
    assert received is not None
    received.refresh_from_db()
    assert received.withdrawn_at is None


@pytest.mark.parametrize("button", [{}, {"keep": "1"}])
def test_a_payroll_for_a_dossier_just_submitted_does_not_stay_in_the_store(
    client: Client, button: dict[str, str]
) -> None:
    dossier = making.make_dossier(State.SUBMITTED, site=Dossier.objects.get().site, at=timezone.now())
    url, before = reverse("dossiers:answers", args=[dossier.reference, "baseline"]), stored.names()
    assert client.post(url, {**answers("baseline"), **button}).status_code == (422 if button else 409)
    assert stored.names() == before


def test_a_payroll_of_forty_megabytes_keeps_the_numbers(save: Any) -> None:
    with forty_megabytes("bang-luong.pdf") as big:
        response = save("baseline", baseline_evidence=big)
    assert response.status_code == 422
    assert "40 MB, tối đa 25 MB" in error(response, "baseline_evidence")
    assert 'value="300"' in response.content.decode()


@pytest.mark.parametrize("case", ["program named pdf", "PDF with both passwords", "empty"])
def test_a_hostile_payroll_is_refused_in_plain_words(save: Any, dossier: Dossier, case: str) -> None:
    name, make, _code, words = CASES[case]
    response = save("baseline", baseline_evidence=SimpleUploadedFile(name, make()))
    assert response.status_code == 422
    assert words in error(response, "baseline_evidence")
    dossier.refresh_from_db()
    assert dossier.baseline_evidence is None


def test_a_missing_payroll_is_asked_for(save: Any) -> None:
    assert "Chưa có bảng lương" in error(save("baseline", baseline_evidence=None), "baseline_evidence")


def test_who_signs_by_authorisation_brings_the_paper(save: Any, dossier: Dossier) -> None:
    response = save("signer", signer_capacity="authorised")
    assert "kèm giấy ủy quyền" in error(response, "signer_authorisation")
    paper = SimpleUploadedFile("uy-quyen.pdf", making.pdf_bytes(1))
    held = {"signer_capacity": "authorised", "signer_authorisation": paper}
    response = save("signer", **held)
    assert "ghi ngày ủy quyền có hiệu lực" in error(response, "signer_authorised_since")
    day = timezone.now() - timedelta(days=900)
    late = {"signer_authorised_since": f"{day:%d/%m/%Y}", "signer_authorised_until": f"{day:%d/%m/%Y}"}
    response = save("signer", signer_capacity="authorised", **late)
    assert "ngày ký phải nằm trong thời gian đó" in error(response, "signed_on")
    since = f"{day:%d/%m/%Y}"
    assert save("signer", signer_capacity="authorised", signer_authorised_since=since).status_code == 302
    dossier.refresh_from_db()
    assert dossier.signer_authorisation is not None
    assert dossier.contact_phone == "+84912345678"


def test_a_saved_part_comes_back_to_where_it_was_asked(save: Any, client: Client, dossier: Dossier) -> None:
    assert save("production").url == reverse("dossiers:detail", args=[dossier.reference])
    response = save("production", back="check")
    assert response.url == reverse("dossiers:check", args=[dossier.reference])
    page = client.get(response.url).content.decode()
    assert f'<meta name="kept-taken" content="production-{dossier.pk}">' in page
    assert "Đã lưu “Hình thức sản xuất”." in page


def test_an_address_to_come_back_to_is_never_taken_from_outside(save: Any, dossier: Dossier) -> None:
    response = save("production", back="https://elsewhere.example/")
    assert response.url == reverse("dossiers:detail", args=[dossier.reference])


def test_the_cap_and_its_reason_stand_beside_the_number(save: Any, client: Client, dossier: Dossier) -> None:
    save("baseline", baseline="149", enterprise_total="149")
    url = reverse("dossiers:answers", args=[dossier.reference, "baseline"])
    text = client.get(url).content.decode()
    assert "Tối đa 74 người" in text
    assert "1/2 của 149 người, làm tròn xuống" in text
    save("baseline", baseline="149", enterprise_total="150")
    assert "Tối đa 49 người" in client.get(url).content.decode()


def test_answers_of_a_dossier_just_submitted_meet_a_stale_page_with_the_words_kept(client: Client) -> None:
    dossier = making.make_dossier(State.SUBMITTED, site=Dossier.objects.get().site, at=timezone.now())
    url = reverse("dossiers:answers", args=[dossier.reference, "signer"])
    response = client.post(url, {**answers("signer"), "contact_name": "Người vừa nhập"})
    assert response.status_code == 409
    text = response.content.decode()
    assert "Trang đã cũ" in text
    assert 'value="Người vừa nhập"' in text
    dossier.refresh_from_db()
    assert dossier.contact_name != "Người vừa nhập"


def test_a_sign_in_that_ran_out_leads_back_to_the_same_form(dossier: Dossier, client: Client) -> None:
    url = reverse("dossiers:answers", args=[dossier.reference, "signer"])
    page = client.get(url).content.decode()
    assert f'data-keep="signer-{dossier.pk}"' in page
    response = Client().post(url, answers("signer"))
    assert response.status_code == 302
    assert response.url.startswith(f"{reverse('account_login')}?next={url}")
