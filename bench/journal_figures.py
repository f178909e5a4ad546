"""The journal: sealing what a province has written, and checking every link."""

from time import perf_counter

from django.utils import timezone

from bench.figures import Figure
from journal import sealing
from journal.models import AuditEvent


def figures(part: str) -> list[Figure]:
    """Seals all events of the database, then verifies them."""
    events = AuditEvent.objects.count()
    now = timezone.now()
    started = perf_counter()
    while sealing.seal(at=now):
        pass
    sealed = perf_counter()
    findings = sealing.verify()
    verified = perf_counter()
    if findings:
        raise RuntimeError(f"the journal is not whole: {findings[:3]}")
    return [
        Figure(part, f"sealing {events:,} events", sealed - started, note=_each(sealed - started, events)),
        Figure(
            part, f"verifying {events:,} events", verified - sealed, note=_each(verified - sealed, events)
        ),
    ]


def _each(spent: float, events: int) -> str:
    return f"{spent / events * 1e6:.0f} µs each"
