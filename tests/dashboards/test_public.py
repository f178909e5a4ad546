"""Pages for anyone: the front, the law, checking a letter, tracking a dossier."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from applications.states import State
from documents import issuing
from documents.models import Letter
from documents.reading import status_of
from organisations.plan_in_force import law
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
CLAUSE = re.compile(r"\b(?:I|II|III|IV|V|VI)(?:\.\d)+-[a-z]\b")
CITING = {".py", ".html", ".toml"}


@pytest.fixture
def decided():
    """A decided dossier with its letter made."""
    dossier = making.make_dossier(State.APPROVED)
    letter = dossier.decision.letter
    issuing.make_pdf(str(letter.pk), at=cast.AT)
    return Letter.objects.get(pk=letter.pk)


def test_the_front_page_needs_no_account_and_names_the_steps_with_the_times_in_force(client: Client) -> None:
    cast.load_reference()
    page = client.get(reverse("front")).content.decode()
    for step in ("Nộp hồ sơ", "Lập tổ kiểm tra", "trong 2 ngày", "Quyết định"):
        assert step in page


def test_every_value_of_the_plan_stands_on_its_page_with_clause_or_as_ours(client: Client) -> None:
    page = client.get(reverse("plan"), {"on": "2021-10-01"}).content.decode()
    values = law().at(cast.AT.date()).values()
    clauses = {v.clause for v in values if v.clause != "not in the plan"}
    assert all(f">{clause}</a>" in page for clause in clauses)
    assert page.count("không có trong kế hoạch") >= sum(v.clause == "not in the plan" for v in values)


@pytest.mark.parametrize("on", ["1999-01-01", "không phải ngày", "2021-13-45", ""])
def test_a_day_the_plan_does_not_know_shows_today(client: Client, on: str) -> None:
    assert client.get(reverse("plan"), {"on": on}).status_code == 200


def cited_somewhere() -> set[str]:
    """Every point of the plan that our code, templates or data name: a page may lead to each."""
    rooms = (each for each in settings.BASE_DIR.iterdir() if (each / "apps.py").exists())
    folders = [*rooms, *(settings.BASE_DIR / name for name in ("plan", "restart_portal", "templates"))]
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in CITING)
    texts = (file.read_text() for file in files if "data" not in file.parts or "plan" in file.parts)
    return {clause for text in texts for clause in CLAUSE.findall(text)}


def test_every_clause_that_is_cited_anywhere_opens_with_its_words(client: Client) -> None:
    cited = cited_somewhere()
    assert {"III.1.3.3-m", "III.1.3.1-g", "V.3-d"} <= cited
    for clause in cited | {v.clause for v in law().all_values()} - {"not in the plan"}:
        answer = client.get(reverse("plan_clause", args=[clause]))
        assert answer.status_code == 200, clause
        assert law().clause_title(clause) in answer.content.decode(), clause
    assert client.get(reverse("plan_clause", args=["IX.9"])).status_code == 404


def test_the_words_of_the_plan_name_no_clause_that_nothing_cites() -> None:
    cited = cited_somewhere() | {v.clause for v in law().all_values()}
    assert {clause for clause, _words in law().clauses} <= cited


def test_anyone_checks_a_letter_and_sees_number_date_digest_and_status_but_no_enterprise(
    client: Client, decided: Letter
) -> None:
    answer = client.get(reverse("check_letter", args=[decided.token]))
    page = answer.content.decode()
    assert decided.full_number in page
    assert decided.sha256 in page
    assert "Chưa đến ngày hiệu lực" in page or "Đang hiệu lực" in page
    firm = making.Dossier.objects.get(code=decided.dossier_code).site.enterprise
    assert firm.name not in page
    assert firm.tax_code not in page


def test_the_printed_form_of_the_code_is_understood(client: Client, decided: Letter) -> None:
    answer = client.get(reverse("check"), {"code": f" {issuing.printed(decided.token).lower()} "})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("check_letter", args=[decided.token])


def test_an_unknown_code_is_answered_in_words(client: Client) -> None:
    answer = client.get(reverse("check_letter", args=["KHONGCO22222"]))
    assert answer.status_code == 404
    assert "không do cổng phát hành" in answer.content.decode()


def test_a_consent_not_yet_begun_says_from_when_and_a_recalled_one_does_not(
    client: Client, decided: Letter
) -> None:
    url = reverse("check_letter", args=[decided.token])
    before, after = cast.AT, cast.AT + timedelta(days=30)
    for at, said in ((before, True), (after, False)):
        with time_machine.travel(at, tick=False):
            assert ("Được hoạt động từ" in client.get(url).content.decode()) == said
    Letter.objects.filter(pk=decided.pk).update(recalled_at=cast.AT)
    with time_machine.travel(before, tick=False):
        assert "Được hoạt động từ" not in client.get(url).content.decode()


def test_a_recalled_letter_says_so(client: Client, decided: Letter) -> None:
    Letter.objects.filter(pk=decided.pk).update(recalled_at=cast.AT)
    assert "Đã thu hồi" in client.get(reverse("check_letter", args=[decided.token])).content.decode()


def test_asking_too_fast_is_answered_in_words_not_with_an_error(client: Client) -> None:
    answers = [client.get(reverse("check_letter", args=[f"AAAAAAAA{n:04d}"])).status_code for n in range(25)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_dossier_is_tracked_by_its_code_and_tax_code_together(client: Client) -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    tax_code = dossier.site.enterprise.tax_code
    page = client.post(reverse("track"), {"code": dossier.code, "tax_code": tax_code})
    assert "Đã tiếp nhận" in page.content.decode()
    wrong = client.post(reverse("track"), {"code": dossier.code, "tax_code": cast.OTHER_TAX_CODE})
    assert wrong.status_code == 404
    assert dossier.site.name not in wrong.content.decode()
    assert client.post(reverse("track"), {"code": "x\x00", "tax_code": "1"}).status_code == 404


def test_a_letter_is_valid_from_its_start_and_not_before(decided: Letter) -> None:
    permit = making.Dossier.objects.get(code=decided.dossier_code).decision.permit
    from_start = issuing_status(decided, permit.starts_on)
    before = issuing_status(decided, permit.starts_on - timedelta(days=1))
    assert (before, from_start) == ("Chưa đến ngày hiệu lực", "Đang hiệu lực")


def issuing_status(letter: Letter, day) -> str:
    """The words of the check page on a day."""
    return str(status_of(letter, on=day).words)


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_limits_count_each_client_by_itself_and_no_address_of_its_own_making() -> None:
    url = reverse("check_letter", args=["KHONGCO22222"])

    def ask(forwarded: str) -> int:
        return Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded).get(url).status_code

    # The proxy adds the last address; what stands before it is the client's own invention.
    assert [ask(f"198.51.100.{n}, 203.0.113.7") for n in range(21)][-1] == 429
    assert ask("203.0.113.8") == 404


def test_the_day_of_the_plan_is_typed_as_days_are_and_a_whole_share_reads_as_per_cent(client: Client) -> None:
    page = client.get(reverse("plan"), {"on": "01/10/2021"}).content.decode()
    assert 'value="01/10/2021"' in page
    assert 'type="date"' not in page
    assert "100 %" in page
    assert "1/3" in page
    assert "95 %" in page
    wrong = client.get(reverse("plan"), {"on": "31/02/2021"}).content.decode()
    assert 'value="31/02/2021"' in wrong
    assert "Ngày này không có trong lịch" in wrong
