"""A PostgreSQL of another locale is found before anything is written to it."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.core.checks import Tags
from django.core.checks.registry import registry
from django.db.utils import ConnectionHandler
from environ import Env

from organisations import checks
from scripts import services
from tests.conftest import service_missing

pytestmark = pytest.mark.django_db

MADE_AS = {
    "as_wanted": "LOCALE 'C.UTF-8'",
    "lowers_ascii_alone": "LOCALE 'C'",
    "sorts_by_dictionary": "LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'vi'",
    "keeps_bytes": "LOCALE 'C' ENCODING 'SQL_ASCII'",
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    try:
        services.postgres_program("initdb")
    except services.ServiceMissing as missing:
        service_missing(str(missing))
    with services.postgres() as url:
        line = psycopg2.connect(url)
        line.autocommit = True
        with line.cursor() as cursor:
            for name, how in MADE_AS.items():
                cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 {how}")
        line.close()
        yield url


@pytest.mark.parametrize("name", MADE_AS)
def test_only_a_database_in_c_utf_8_is_without_fault(name: str, cluster: str) -> None:
    url = cluster.removesuffix("/postgres") + f"/{name}"
    connection = ConnectionHandler({"default": Env.db_url_config(url)})["default"]
    try:
        faults = checks.locale_faults(connection)
    finally:
        connection.close()
    assert [fault.id for fault in faults] == ([] if name == "as_wanted" else ["organisations.E001"])
    for fault in faults:
        assert name in fault.msg
        assert "createdb" in fault.hint


def test_migrating_and_the_check_of_a_database_ask_for_its_locale() -> None:
    asked = [each for each in registry.get_checks() if Tags.database in each.tags]
    assert checks.databases_have_the_locale in asked
    assert checks.databases_have_the_locale(None) == []
    assert checks.databases_have_the_locale(None, ["default"]) == []
