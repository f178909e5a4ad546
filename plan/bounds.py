"""What an input must be before a rule looks at it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime


def require_day(name: str, value: date) -> None:
    """Refuse everything but a plain local day (a datetime is no day): ValueError."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError(f"{name} must be a date, not {value!r}")


def require_optional_day(name: str, value: date | None) -> None:
    """As `require_day`, where the fact may be unknown."""
    if value is not None:
        require_day(name, value)


def require_instant(name: str, value: datetime) -> None:
    """Refuse everything but a timezone-aware datetime: ValueError."""
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise ValueError(f"{name} must be a timezone-aware datetime, not {value!r}")


def require_literal(name: str, value: str, allowed: Collection[str]) -> None:
    """Refuse a word the law does not know: ValueError."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(sorted(allowed))}, not {value!r}")


def require_count(name: str, value: int, *, least: int = 0) -> None:
    """Refuse everything but a whole number from `least` up: ValueError."""
    if not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be a whole number from {least}, not {value!r}")
