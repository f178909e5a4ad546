"""Holds every GET to reading: what a GET may write is journal rows and the visitor's own session.

`ReadOnlyGetMiddleware` stands before the portal's own middleware in every test, so each GET that any test
makes proves it again. `reading_only()` does the same for a block of code.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

WRITE = re.compile(
    r"^\s*(?:WITH\b.*?\)\s*)?(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|TRUNCATE|CREATE|DROP|ALTER|COPY)"
    r"\s+(?:TABLE\s+)?\"?(\w+)\"?",
    re.IGNORECASE | re.DOTALL,
)
MAY_WRITE = frozenset({"journal_auditevent", "django_session"})


class WroteWhileReading(AssertionError):
    """A read changed the database."""


@contextmanager
def reading_only(*, but: frozenset[str] = MAY_WRITE) -> Iterator[None]:
    """Raise when a statement on the default connection writes to a table other than those in `but`."""

    def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found = WRITE.match(str(sql))
        if found and found.group(2).lower() not in but:
            raise WroteWhileReading(f"a read wrote: {str(sql)[:300]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


class ReadOnlyGetMiddleware:
    """Runs GET and HEAD inside `reading_only`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with reading_only():
            return self.get_response(request)
