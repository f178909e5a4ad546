"""The Office's and the Chairman's pages to a signature: paper, authorisations, session, annex, recall."""

import csv
import time
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications import deciding, telling_letters
from applications.models import Decision, PaperSignature
from applications.states import State
from documents.issuing import make_pdf
from documents.models import Letter, StoredFile
from notices.models import Message
from organisations.models import Authorisation
from organisations.models.authorisation import authorisation_of
from organisations.roles import Role
from tests import cast
from tests.applications import making, stored

pytestmark = pytest.mark.django_db


LATER = cast.AT + 12 * making.HOUR


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def as_(name: str) -> Client:
    """An official who gave the password just now."""
    return cast.signed_in(cast.OFFICIALS[name](), authenticated_at=time.time())


def typed(dossier, **changed):
    given = {
        "verdict": "approved", "advice": making.advice_of(dossier).pk, "kind": "quyet_dinh", "number": "1.912",
        "signer": cast.OFFICIALS["chairman"]().pk, "dated": f"{LATER:%d/%m/%Y}",
        "scan": SimpleUploadedFile("da-ky.pdf", making.pdf_bytes(2), "application/pdf"),
    }  # fmt: skip
    return {**given, **changed}


def test_the_office_records_a_paper_signature_in_two_steps() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    url = reverse("paper_signature", args=[dossier.code])
    office = as_("office_clerk")
    assert "Xem lại bên cạnh bản quét" in office.get(url).content.decode()
    assert office.post(url).status_code == 422
    wrong = office.post(url, typed(dossier, number="", scan=""))
    assert wrong.status_code == 422
    assert "Nhập số của văn bản" in wrong.content.decode()
    assert "Chưa có bản quét" in wrong.content.decode()
    # A scan sent with a wrong answer is not asked for again.
    half = office.post(url, typed(dossier, number=""))
    assert half.status_code == 422
    assert "da-ky.pdf" in half.content.decode()
    assert office.post(url, typed(dossier, scan="")).status_code == 302
    shown = office.get(url).content.decode()
    assert "1912" in shown
    assert shown.count("data:image/png") == 2
    assert PaperSignature.objects.get().dossier == dossier
    # Another number, and the scan that was kept stays.
    office.post(url, typed(dossier, number="1913", scan=""))
    issued = office.post(url, {"step": "issue", "kept": PaperSignature.objects.get().pk})
    assert issued.headers["Location"] == reverse("decided", args=[dossier.code])
    assert Decision.objects.get().letter.full_number == "1913/QĐ-UBND"
    letter = reverse("documents:letter", args=[Decision.objects.get().letter_id])
    assert "Văn phòng ghi nhận" in office.get(letter).content.decode()
    assert office.post(url, {"step": "issue"}).status_code == 302


def test_a_number_of_the_portals_block_is_refused_where_it_is_typed() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    url, office = reverse("paper_signature", args=[dossier.code]), as_("office_clerk")
    assert office.post(reverse("number_block"), {"first": "1900", "last": "1950"}).status_code == 302
    answer = office.post(url, typed(dossier))
    assert answer.status_code == 422
    assert "nằm trong dãy dành cho cổng" in answer.context["form"].errors["number"][0]
    assert "da-ky.pdf" in answer.content.decode()
    assert not PaperSignature.objects.exists()
    assert office.post(url, typed(dossier, number="1899", scan="")).status_code == 302


def test_of_the_scans_sent_for_one_paper_the_last_alone_stays() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    url, office = reverse("paper_signature", args=[dossier.code]), as_("office_clerk")

    def scan(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, making.pdf_bytes(1), "application/pdf")

    for number, name in (("", "mot.pdf"), ("", "hai.pdf"), ("1912", "ba.pdf"), ("1912", "bon.pdf")):
        office.post(url, typed(dossier, number=number, scan=scan(name)))
    withdrawn = StoredFile.objects.exclude(withdrawn_at=None)
    assert set(withdrawn.values_list("name", flat=True)) == {"mot.pdf", "hai.pdf", "ba.pdf"}
    assert PaperSignature.objects.get().scan.name == "bon.pdf"
    assert not dossier.uploads.exists()


def test_a_scan_that_comes_after_the_case_went_back_does_not_stay() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    url, office = reverse("paper_signature", args=[dossier.code]), as_("office_clerk")
    office.post(url, typed(dossier, number="", scan=SimpleUploadedFile("cu.pdf", making.pdf_bytes(1))))
    late = typed(dossier)
    making.send_back(dossier, LATER)
    before = stored.names()
    assert office.post(url, late).status_code == 409
    assert stored.names() == before
    with time_machine.travel(LATER + making.HOUR, tick=False):
        making.forward(making.fresh(dossier), LATER + making.HOUR)
        assert "cu.pdf" not in office.get(url).content.decode()


def test_what_another_clerk_typed_meanwhile_is_read_before_it_goes_out() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    url = reverse("paper_signature", args=[dossier.code])
    office = as_("office_clerk")
    office.post(url, typed(dossier))
    read = PaperSignature.objects.get().pk
    office.post(url, typed(dossier, number="1913"))
    answer = office.post(url, {"step": "issue", "kept": read})
    assert answer.status_code == 409
    assert "vừa ghi lại văn bản này" in answer.content.decode()
    assert not Decision.objects.exists()
    assert office.post(url, {"step": "issue", "kept": PaperSignature.objects.get().pk}).status_code == 302
    assert Decision.objects.get().letter.number == 1913


def test_a_paper_kept_before_the_case_went_back_is_typed_anew() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    url = reverse("paper_signature", args=[dossier.code])
    office = as_("office_clerk")
    office.post(url, typed(dossier))
    deciding.send_back(dossier=dossier, question="Vì sao?", by=cast.OFFICIALS["chairman"](), at=LATER)
    making.forward(making.fresh(dossier), LATER)
    shown = office.get(url)
    assert "Xem lại bên cạnh bản quét" in shown.content.decode()
    assert shown.context["form"].initial["advice"] == making.advice_of(dossier)
    assert office.post(url, typed(dossier)).status_code == 302
    office.post(url, {"step": "issue", "kept": PaperSignature.objects.get().pk})
    assert Decision.objects.get().letter.number == 1912


def test_a_session_skips_no_code_that_the_database_could_not_hold() -> None:
    chairman, url = as_("chairman"), reverse("signing_session")
    chairman.post(url, {"act": "begin"})
    assert chairman.post(url, {"act": "skip", "code": "01\x00"}, follow=True).status_code == 200


def test_a_refusal_on_paper_asks_for_its_reasons() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    url = reverse("paper_signature", args=[dossier.code])
    office = as_("office_clerk")
    assert "Lý do ghi trong văn bản" in office.get(f"{url}?edit&verdict=refused").content.decode()


def test_the_note_lies_on_top_of_the_case_until_the_advice_changes() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    office = as_("office_clerk")
    url = reverse("briefing", args=[dossier.code])
    assert office.post(url, {"text": "", "proposal": "sign"}).status_code == 422
    assert office.post(url, {"text": "Đủ điều kiện, trình ký.", "proposal": "sign"}).status_code == 302
    page = reverse("decide", args=[dossier.code])
    assert "Đủ điều kiện, trình ký." in as_("chairman").get(page).content.decode()


def test_the_register_shows_what_went_out_and_hands_it_over() -> None:
    letter = making.make_dossier(State.APPROVED).decision.letter
    make_pdf(str(letter.pk), at=LATER)
    office, url = as_("office_clerk"), reverse("letter_register")
    assert "01/QĐ-UBND" in office.get(url).content.decode()
    lines = b"".join(office.get(f"{url}?export=csv").streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert len(lines[0].split(",")) >= 10
    row = next(csv.DictReader(line.lstrip("\ufeff") for line in lines))
    assert row["Số trang"] == "2"
    assert office.get(f"{url}?year=٢٠٢١").status_code == 200


def test_an_authorisation_is_registered_from_its_paper_and_ended() -> None:
    head = cast.OFFICIALS["dolisa_head"]()
    office, url = as_("office_clerk"), reverse("authorisations")
    days = {"signed_on": "04/10/2021", "since": "05/10/2021", "until": "31/12/2021"}
    given = {"post": head.posts.get().pk, "number": "12/GUQ-UBND", **days}
    assert office.post(url, {**given, "until": "01/10/2021"}).status_code == 422
    assert office.post(url, given).status_code == 302
    row = Authorisation.objects.get()
    assert "Đang có hiệu lực" in office.get(url).content.decode()
    dossier = making.make_dossier(State.FORWARDED)
    refuse = reverse("refuse", args=[dossier.code])
    assert as_("dolisa_head").get(refuse).status_code == 200
    office.post(reverse("end_authorisation", args=[row.pk]))
    assert "Đã hết hiệu lực" in office.get(url).content.decode()
    assert as_("dolisa_head").get(refuse).status_code == 403


def test_a_paper_is_one_authorisation_until_it_is_ended() -> None:
    head = cast.OFFICIALS["dolisa_head"]()
    office, url = as_("office_clerk"), reverse("authorisations")
    days = {"signed_on": "04/10/2021", "since": "05/10/2021", "until": "31/12/2021"}
    given = {"post": head.posts.get().pk, "number": "12/GUQ-UBND", **days}
    assert office.post(url, given).status_code == 302
    again = office.post(url, {**given, "number": " 12/GUQ-UBND "})
    assert again.status_code == 422
    assert "đã ghi cho người này" in again.content.decode()
    office.post(reverse("end_authorisation", args=[Authorisation.objects.get().pk]))
    assert authorisation_of(head, head.posts.get().agency_id, on=date(2021, 10, 15)) is None
    assert office.post(url, given).status_code == 302


def test_who_is_authorised_is_offered_as_the_signer_of_a_refusal_alone() -> None:
    head, dossier = cast.OFFICIALS["dolisa_head"](), making.make_dossier(State.FORWARDED)
    office, url = as_("office_clerk"), reverse("paper_signature", args=[dossier.code])

    def offered(verdict: str) -> str:
        return office.get(f"{url}?edit&verdict={verdict}").content.decode()

    cast.OFFICIALS["chairman"]()
    assert head.full_name not in offered("refused")
    days = {"signed_on": "04/10/2021", "since": "05/10/2021", "until": "31/12/2021"}
    office.post(reverse("authorisations"), {"post": head.posts.get().pk, "number": "12/GUQ-UBND", **days})
    assert f"{head.full_name}, Giám đốc Sở" in offered("refused")
    assert "(TUQ.)" in offered("refused")
    assert head.full_name not in offered("approved")


def test_a_signing_session_goes_from_case_to_case() -> None:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(3)]
    dossiers = [making.make_dossier(State.FORWARDED, site=site) for site in sites]
    chairman, url = as_("chairman"), reverse("signing_session")
    assert "3 hồ sơ" in chairman.get(url).content.decode()
    begun = chairman.post(url, {"act": "begin"}, follow=True)
    assert "hồ sơ 1 trên 3" in begun.content.decode()
    first, second, third = begun.context["dossier"], *[d for d in dossiers if d != begun.context["dossier"]]
    signed = {"advice": making.advice_of(first).pk, "kind": "quyet_dinh"}
    done = chairman.post(reverse("decide", args=[first.code]), signed, follow=True)
    assert "Tiếp tục phiên ký" in done.content.decode()
    following = chairman.get(url, follow=True)
    assert "hồ sơ 2 trên 3" in following.content.decode()
    skipped = following.context["dossier"]
    assert skipped in (second, third)
    last = chairman.post(url, {"act": "skip", "code": skipped.code}, follow=True)
    assert last.context["dossier"] != skipped
    end = chairman.post(url, {"act": "end"}, follow=True).content.decode()
    assert "1 văn bản đã ký" in end
    assert skipped.code in end
    chairman.post(url, {"act": "close"})
    assert "Bắt đầu phiên ký" in chairman.get(url).content.decode()


def test_one_document_is_chosen_read_and_signed() -> None:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(2)]
    advices = [making.advice_of(making.make_dossier(State.FORWARDED, site=site)) for site in sites]
    chairman, url = as_("chairman"), reverse("annex")
    chosen = {"advice": [advice.pk for advice in advices], "kind": "quyet_dinh"}
    assert chairman.post(url, {"step": "read", "advice": [advices[0].pk]}).status_code == 422
    read = chairman.post(url, {"step": "read", **chosen})
    assert read.status_code == 200
    assert "data:image/png" in read.content.decode()
    assert not Letter.objects.filter(kind=Letter.Kind.DECISION).exists()
    sent = chairman.post(url, {"step": "send", **chosen})
    letter = Letter.objects.get(kind=Letter.Kind.DECISION)
    assert sent.headers["Location"] == reverse("documents:letter", args=[letter.pk])
    assert Decision.objects.filter(letter=letter).count() == 2
    assert "Thu hồi văn bản này" in chairman.get(sent.headers["Location"]).content.decode()


def test_one_document_signed_on_paper_is_chosen_typed_read_back_and_issued() -> None:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(3)]
    dossiers = [making.make_dossier(State.FORWARDED, site=site) for site in sites]
    office, url = as_("office_clerk"), reverse("annex_paper")
    assert url in office.get(reverse("decisions")).content.decode()
    ticks = [making.advice_of(each).pk for each in dossiers[:2]]
    given = {name: value for name, value in typed(dossiers[0]).items() if name not in ("verdict", "advice")}

    def send(**changed):
        pdf = SimpleUploadedFile("phu-luc.pdf", making.pdf_bytes(2), "application/pdf")
        return office.post(url, {**given, "scan": pdf, "advice": ticks, **changed})

    nothing = office.post(url)
    assert nothing.status_code == 422
    assert "Chọn từ 2 đến 100 hồ sơ" in nothing.content.decode()
    assert send(advice=ticks[:1]).status_code == 422
    wrong = send(number="")
    assert wrong.status_code == 422
    assert "phu-luc.pdf" in wrong.content.decode()  # not asked for again
    taken = send(number="1", scan="")
    assert "nằm trong dãy dành cho cổng" in taken.content.decode()
    early = send(dated="01/09/2021", scan="")
    assert (
        early.content.decode().count("Ngày ký phải từ") == 4
    )  # at both dossiers, at the field, above the page
    assert early.context["form"].errors.keys() == {"dated"}
    assert not PaperSignature.objects.exists()
    check = send(scan="").headers["Location"]
    shown = office.get(check).content.decode()
    assert ("1912/QĐ-UBND" in shown, shown.count("data:image/png")) == (True, 2)
    advice = making.advice_of(dossiers[0])  # what the annex says of each is there to be compared
    assert f"07:00, {advice.starts_on:%d/%m/%Y}" in shown
    assert shown.count(advice.get_mode_display()) == shown.count("Bố trí lối đi một chiều tại cổng") == 2
    assert office.get(reverse("paper_signature", args=[dossiers[0].code])).headers["Location"] == check
    again = office.get(f"{url}?kept={PaperSignature.objects.first().scan_id}").content.decode()
    assert (again.count(" checked"), "1912" in again) == (4, True)  # two dossiers, kind and signer
    assert office.post(check, {"row": ["1"]}).status_code == 409
    rows = list(PaperSignature.objects.values_list("pk", flat=True))
    issued = office.post(check, {"row": rows})
    letter = Letter.objects.get(kind=Letter.Kind.DECISION)
    assert issued.headers["Location"] == reverse("documents:letter", args=[letter.pk])
    assert Decision.objects.filter(letter=letter).count() == 2
    assert making.fresh(dossiers[2]).state == State.FORWARDED
    assert office.get(check).headers["Location"] == issued.headers["Location"]
    assert "Văn phòng ghi nhận" in office.get(issued.headers["Location"]).content.decode()


def annex_sent(office: Client, dossiers, **changed):
    """What comes of the form of a paper with an annex; the dossiers are ticked."""
    given = {name: value for name, value in typed(dossiers[0]).items() if name not in ("verdict", "advice")}
    ticks = [making.advice_of(each).pk for each in dossiers]
    return office.post(reverse("annex_paper"), {**given, "advice": ticks, **changed})


def test_a_dossier_that_changed_since_the_annex_was_ticked_is_said_before_anything_is_kept() -> None:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(3)]
    dossiers = [making.make_dossier(State.FORWARDED, site=site) for site in sites]
    office, ticks = as_("office_clerk"), [making.advice_of(each).pk for each in dossiers]
    making.send_back(dossiers[0], LATER)
    answer = annex_sent(office, dossiers[1:], advice=ticks)
    assert answer.status_code == 409
    assert "Có hồ sơ vừa thay đổi: văn bản chỉ còn 2 doanh nghiệp" in answer.content.decode()
    assert not PaperSignature.objects.exists()
    waiting = answer.context["kept"].pk  # not asked for again
    assert annex_sent(office, dossiers[1:], scan="", kept=waiting).status_code == 302


def test_a_scan_that_waits_is_found_when_its_dossier_is_no_longer_ticked() -> None:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(3)]
    dossiers = [making.make_dossier(State.FORWARDED, site=site) for site in sites]
    office = as_("office_clerk")
    waiting = annex_sent(office, dossiers[:2], number="").context["kept"].pk
    colleague = cast.make_official("thu-ky@example.vn", "Lê Thị Thu", Role.OFFICE, "PPCO", "Chuyên viên")
    others = annex_sent(cast.signed_in(colleague), dossiers[1:], scan="", kept=waiting)
    assert "Chưa có bản quét" in others.content.decode()
    assert annex_sent(office, dossiers[1:], scan="", kept=waiting).status_code == 302
    assert set(PaperSignature.objects.values_list("scan", flat=True)) == {waiting}


def test_a_letter_is_recalled_with_a_reason_that_everybody_reads() -> None:
    dossier = making.make_dossier(State.APPROVED)
    letter = dossier.decision.letter
    chairman, url = as_("chairman"), reverse("recall_letter", args=[letter.pk])
    assert chairman.post(url, {"reason": ""}).status_code == 422
    assert chairman.post(url, {"reason": "Ghi nhầm số người"}).status_code == 302
    page = reverse("documents:letter", args=[letter.pk])
    owner = Client()
    owner.force_login(dossier.submitted_by)
    assert "Ghi nhầm số người" in owner.get(page).content.decode()
    check = owner.get(reverse("check_letter", args=[letter.token])).content.decode()
    assert "Đã thu hồi" in check
    assert chairman.get(url).status_code == 200


@pytest.mark.parametrize(("who", "told"), [("office_clerk", 1), ("chairman", 0)])
def test_the_office_recalls_on_the_signers_word_and_the_signer_is_told(who: str, told: int) -> None:
    dossier = making.make_dossier(State.APPROVED)
    letter, signer = dossier.decision.letter, dossier.decision.decided_by
    url = reverse("recall_letter", args=[letter.pk])
    page = as_(who).get(url).content.decode()
    assert ("Văn phòng thu hồi theo ý kiến của người ký" in page) == (who == "office_clerk")
    assert as_(who).post(url, {"reason": "Chủ tịch đề nghị: sai số người"}).status_code == 302
    assert making.fresh(dossier).state == State.INSPECTED
    telling_letters.letter_recalled(str(letter.pk), at=cast.AT)
    assert Message.objects.filter(user=signer, title="Văn bản đã được thu hồi").count() == told
