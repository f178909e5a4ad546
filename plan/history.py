"""What is known of a worker's health, as facts with days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from plan.bounds import require_day, require_literal, require_optional_day
from plan.clock import local_day
from plan.samples import Sample, known_samples
from plan.units import CONFIRMATIONS

MODES: Final = ("three_on_site", "one_route", "daily", "mixed")


@dataclass(frozen=True, kw_only=True)
class Dose:
    """A vaccination, by its local day."""

    on: date

    def __post_init__(self) -> None:
        require_day("on", self.on)


@dataclass(frozen=True, kw_only=True)
class HealthHistory:
    """Facts about one worker at one site; all days are local days, None where the fact is unknown or did not happen.

    `mode`: the site's way of working; `confirmations`: who confirmed the vaccination;
    `risk_controlled_on`: the day of the phase 2 paper; `lodged_on`: moved into the site's lodging;
    `returned_on`: last came back after leaving it; `recruit`: newly hired; `health_declared`: handed in a
    declaration; `working_since`: first day of an unbroken stretch of work; `cleared_on`: the day the last
    case was closed. ValueError for unknown words and for datetimes as days.
    """

    mode: Literal["three_on_site", "one_route", "daily", "mixed"]
    confirmations: frozenset[str] = frozenset()
    doses: tuple[Dose, ...] = ()
    samples: tuple[Sample, ...] = ()
    risk_controlled_on: date | None = None
    lodged_on: date | None = None
    returned_on: date | None = None
    recruit: bool = False
    health_declared: bool = False
    working_since: date | None = None
    cleared_on: date | None = None

    def __post_init__(self) -> None:
        require_literal("mode", self.mode, MODES)
        for confirmation in self.confirmations:
            require_literal("confirmations", confirmation, CONFIRMATIONS)
        for name in DAYS:
            require_optional_day(name, getattr(self, name))

    def known(self, *, at: datetime) -> HealthHistory:
        """The history at that instant: no later facts, samples in order, pending ones left out."""
        day = local_day(at)
        return replace(
            self,
            doses=tuple(dose for dose in self.doses if dose.on <= day),
            samples=known_samples(self.samples, at=at),
            risk_controlled_on=by_then(self.risk_controlled_on, day),
            lodged_on=by_then(self.lodged_on, day),
            returned_on=by_then(self.returned_on, day),
            working_since=by_then(self.working_since, day),
            cleared_on=by_then(self.cleared_on, day),
        )


DAYS: Final = ("risk_controlled_on", "lodged_on", "returned_on", "working_since", "cleared_on")


def by_then(fact: date | None, day: date) -> date | None:
    """The fact's day, or None where it lies after `day`."""
    return fact if fact is not None and fact <= day else None
