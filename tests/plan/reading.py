"""Cases as data: what the TOML files say, as pytest parameters and as facts of the law."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import plan

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
CASES = Path(__file__).parent / "cases"
ON = date(2021, 10, 1)


def cases(name: str) -> list[Any]:
    """The cases of one file, each over the file's `base`, named by their sentences."""
    read = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    return [pytest.param({**read.get("base", {}), **case}, id=case["name"]) for case in read["case"]]


def rules(on: date = ON) -> plan.Rules:
    """The law of Trà Vinh on a day."""
    return plan.load("tra_vinh_2021").at(on)


def phase(number: int) -> plan.Phase:
    return rules().phase(number)


def local(naive: datetime) -> datetime:
    """A local time as written in a case, as an instant."""
    return naive.replace(tzinfo=LOCAL)


def samples(lines: Iterable[str]) -> tuple[plan.Sample, ...]:
    """Samples written "2021-10-15 06:00:00 negative rapid"."""
    return tuple(_sample(line) for line in lines)


def _sample(line: str) -> plan.Sample:
    taken_on, taken_at, result, method = line.split()
    instant = local(datetime.fromisoformat(f"{taken_on} {taken_at}"))
    return plan.Sample(taken_at=instant, result=result, method=method)


def history(case: Mapping[str, Any]) -> plan.HealthHistory:
    """The facts of a case: those of its base, overridden by its own."""
    known = plan.HealthHistory.__dataclass_fields__
    facts = {key: value for key, value in {**case, **case.get("facts", {})}.items() if key in known}
    facts = {key: value for key, value in facts.items() if value != "none"}
    return plan.HealthHistory(
        **{
            **facts,
            "confirmations": frozenset(facts.get("confirmations", ())),
            "doses": tuple(plan.Dose(on=day) for day in facts.get("doses", ())),
            "samples": samples(facts.get("samples", ())),
        }
    )


def codes(verdict: plan.Verdict) -> list[str]:
    assert verdict.fit == (not verdict.unmet)
    return [each.code for each in verdict.unmet]
