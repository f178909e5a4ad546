"""How many workers a site may use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plan
from tests.plan.reading import cases, phase


@pytest.mark.parametrize("case", cases("caps"))
def test_cap(case):
    cap = phase(case["phase"]).cap(baseline=case["baseline"], enterprise_total=case.get("enterprise_total"))
    assert cap == plan.Cap(limit=case.get("limit"), clause=case["clause"])


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("wrong", [0, -1, 1.5, "3"])
def test_numbers_below_one_and_parts_of_workers_are_refused(number, wrong):
    with pytest.raises(ValueError, match="baseline"):
        phase(number).cap(baseline=wrong)
    with pytest.raises(ValueError, match="enterprise_total"):
        phase(number).cap(baseline=10, enterprise_total=wrong)


@given(baseline=st.integers(1, 5_000), more=st.integers(0, 5_000))
def test_a_cap_never_exceeds_the_baseline_and_never_reaches_nobody(baseline, more):
    limit = phase(1).cap(baseline=baseline, enterprise_total=baseline + more).limit
    assert 1 <= limit <= baseline


def test_inputs_are_named():
    with pytest.raises(TypeError):
        phase(1).cap(149)
