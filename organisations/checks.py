"""System checks: PostgreSQL orders and lowers letters as Python and SQLite do (ADR 0002)."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Asked of the server rather than read from its name of the locale: libc, ICU and the built-in one name it apart.
ASKED = """SELECT 'B' < 'a' AND 'z' < 'đ' AND lower('Đ') = 'đ', datcollate, current_setting('server_encoding')
FROM pg_database WHERE datname = current_database()"""
HINT = (
    "Dump the database, create it anew with "
    "`createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 --locale-provider=libc NAME`, load the dump."
)


@register(Tags.database)
def databases_have_the_locale(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Finds a PostgreSQL that is not in C.UTF-8: its lists and searches would differ from what the portal reckons."""
    asked = [connections[alias] for alias in databases or []]
    return [fault for each in asked if each.vendor == "postgresql" for fault in locale_faults(each)]


def locale_faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """What is wrong with the locale and the encoding of a PostgreSQL database, and how to mend it."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        is_right, locale, encoding = cursor.fetchone()
    if is_right and encoding == "UTF8":
        return []
    name = connection.settings_dict["NAME"]
    words = f"The database {name} has the locale {locale} in {encoding}; the portal needs C.UTF-8 in UTF8."
    return [Error(words, hint=HINT, id="organisations.E001")]
