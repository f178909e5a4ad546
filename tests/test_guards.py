"""The guards of conftest.py bite: each is shown something it must refuse, and something it must let pass."""

import socket
import subprocess
import sys
import warnings
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Origin, Template
from django.test import RequestFactory

from journal import triggers
from journal.models import AuditEvent, OutboxRow
from tests.conftest import ROOT, NetworkForbidden, UnorderedSlice
from tests.read_only import ReadOnlyGetMiddleware, WroteWhileReading, reading_only
from tests.strict_templates import OWN_TEMPLATES, Undefined, UndefinedTemplateVariable

OURS = str(OWN_TEMPLATES / "guards" / "page.html")
THEIRS = "/somewhere/site-packages/library/page.html"


def render(source: str, path: str, **values: object) -> str:
    engine = Engine(string_if_invalid=Undefined(), libraries={"i18n": "django.templatetags.i18n"})
    template = Template(source, origin=Origin(name=path), engine=engine)
    return template.render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ missing|default:'x' }}",
        "{{ thing.missing }}",
        "{% with a=missing %}{% endwith %}",
        "{% for row in missing %}{{ row }}{% endfor %}",
        "{% if thing %}{{ missing.deep }}{% endif %}",
        "{% load i18n %}{% blocktranslate %}Chào {{ missing }}{% endblocktranslate %}",
    ],
)
def test_an_undefined_variable_in_our_own_template_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedTemplateVariable, match=r"guards/page\.html"):
        render(source, OURS, thing={"a": 1})


def test_the_engine_of_every_page_is_strict() -> None:
    assert isinstance(settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"], Undefined)


def test_a_library_template_renders_undefined_variables_as_in_production() -> None:
    source = "[{{ missing }}{{ missing|default:'x' }}{% for row in missing %}{{ row }}{% endfor %}]"
    assert render(source, THEIRS) == "[x]"


def test_our_own_template_may_ask_whether_a_variable_is_there() -> None:
    assert (
        render("{% if missing %}a{% elif empty %}b{% else %}c{% endif %}{{ empty }}", OURS, empty="") == "c"
    )


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_another_machine_cannot_be_reached(address: tuple[str, int]) -> None:
    with socket.socket() as line, pytest.raises(NetworkForbidden):
        line.connect(address)
    with pytest.raises(NetworkForbidden):
        socket.create_connection(address, timeout=0.1)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_a_cut_of_an_unordered_list_is_an_error() -> None:
    with pytest.raises(UnorderedSlice):
        OutboxRow.objects.order_by()[:5]
    OutboxRow.objects.order_by("pk")[:5]


@pytest.mark.django_db
def test_a_page_of_an_unordered_list_is_an_error() -> None:
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(OutboxRow.objects.order_by(), 5).page(1)


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def write_row(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_outboxrow SET attempts = 1")
    return HttpResponse("written")


@pytest.mark.django_db
def test_a_get_that_writes_is_an_error_and_a_post_is_not() -> None:
    door = ReadOnlyGetMiddleware(write_row)
    with pytest.raises(WroteWhileReading):
        door(RequestFactory().get("/"))
    assert door(RequestFactory().post("/")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO journal_outboxrow (id) VALUES (1)",
        "insert or ignore into journal_outboxrow (id) values (1)",
        'UPDATE "journal_outboxrow" SET attempts = 2',
        "DELETE FROM journal_outboxrow",
        "DROP TABLE journal_outboxrow",
    ],
)
def test_reading_only_knows_every_way_to_write(statement: str) -> None:
    with reading_only(), connection.cursor() as cursor, pytest.raises(WroteWhileReading):
        cursor.execute(statement)


@pytest.mark.django_db
def test_reading_only_lets_reads_pass() -> None:
    with reading_only():
        assert not AuditEvent.objects.filter(pk=0).exists()


# --- the database of a test ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_journals_triggers_stand_in_every_test_with_real_transactions(turn: int) -> None:
    assert triggers.existing(connection) >= triggers.names(connection.vendor)
    event = AuditEvent.objects.create(
        at=datetime(2021, 10, 14, tzinfo=UTC), verb="guard", subject_kind="turn", subject_id=str(turn),
        actor_id=None, actor_name="", actor_post="",
    )  # fmt: skip
    assert AuditEvent.objects.count() == 1, "the flush after the other turn left a row"
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEvent.objects.filter(pk=event.pk).update(verb="forged")


def test_another_process_sees_the_database_of_the_test(portal_environment: dict[str, str]) -> None:
    OutboxRow.objects.create(event="guard", subject_id="7", at=datetime(2021, 10, 14, tzinfo=UTC))
    count = "from journal.models import OutboxRow; print('rows:', OutboxRow.objects.count())"
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", count]
    done = subprocess.run(
        command, env=portal_environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "rows: 1" in done.stdout, done.stderr
