"""Draws that anybody can repeat."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from hashlib import sha256
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plan
from tests.plan.reading import cases, phase

MEMBERS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=30)
SHARES = st.fractions(0, 1, max_denominator=20)
WORKERS = [f"worker-{number}" for number in range(101)]


@pytest.mark.parametrize("case", cases("draws"))
def test_a_duty_draws_its_share_rounded_up(case):
    owed = phase(case["phase"]).occurrences(started_on=date(2021, 10, 1), until=date(2021, 12, 31))
    (share,) = {each.share for each in owed if each.rule == case["rule"]}
    workers = [f"worker-{number}" for number in range(case["workers"])]
    assert len(plan.draw(workers, share=share, seed="s")) == case["drawn"]


@pytest.mark.parametrize(("share", "size"), [(Fraction(0), 0), (Fraction(1), 101)])
def test_no_share_draws_nobody_and_the_whole_everybody(share, size):
    assert len(plan.draw(WORKERS, share=share, seed="s")) == size


def test_the_rank_is_the_digest_of_seed_and_member():
    by_hand = sorted(WORKERS, key=lambda member: sha256(b"seed\x00" + member.encode()).hexdigest())
    assert list(plan.draw_order(WORKERS, seed="seed")) == by_hand


@given(members=MEMBERS, seed=st.text(st.characters(exclude_categories=["Cs"]), max_size=6), data=st.data())
@settings(max_examples=80)
def test_neither_the_order_nor_a_repeated_name_changes_a_draw(members, seed, data):
    mixed = data.draw(st.permutations(members + members[:3]))
    order = plan.draw_order(members, seed=seed)
    assert plan.draw_order(mixed, seed=seed) == order
    assert sorted(order) == sorted(set(members))


@given(members=MEMBERS, shares=st.tuples(SHARES, SHARES))
@settings(max_examples=80)
def test_a_larger_share_extends_the_same_list(members, shares):
    smaller, larger = (plan.draw(members, share=share, seed="s") for share in sorted(shares))
    assert larger[: len(smaller)] == smaller
    assert plan.draw_order(members, seed="s")[: len(larger)] == larger
    assert len(larger) == ceil(max(shares) * len(set(members)))


def test_another_seed_gives_another_order():
    assert plan.draw_order(WORKERS, seed="a") != plan.draw_order(WORKERS, seed="b")


def test_nobody_is_drawn_from_nobody():
    assert plan.draw([], share=Fraction(1), seed="s") == ()


@pytest.mark.parametrize("share", [0.5, 1, "1/2", Fraction(-1, 2), Fraction(3, 2)])
def test_a_share_is_an_exact_fraction_from_0_to_1(share):
    with pytest.raises(ValueError, match="share"):
        plan.draw(WORKERS, share=share, seed="s")
