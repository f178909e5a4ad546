"""The id of the request or task that is running, for logs and audit rows."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
