"""The plan of this deployment, and the values in force on a day."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

import plan
from plan.form_sets import FormSets, load_form_sets


@lru_cache(maxsize=2)
def _law(name: str) -> Any:
    return plan.load(name)


def law() -> Any:
    """The province's plan."""
    return _law(settings.PORTAL_PLAN)


@lru_cache(maxsize=1024)
def _rules(name: str, day: date) -> Any:
    return _law(name).at(day)


def rules_on(day: date) -> Any:
    """Values in force on a local day."""
    return _rules(settings.PORTAL_PLAN, day)


def rules_at(instant: datetime) -> Any:
    """Values in force on the local day of an instant."""
    return rules_on(plan.local_day(instant))


def form_sets() -> FormSets:
    """The sets of forms that the province's agencies have issued."""
    return load_form_sets(settings.PORTAL_PLAN)
