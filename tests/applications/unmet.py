"""What a guard says, as a test compares it: code, clause and where to mend it."""

from collections.abc import Callable
from typing import Any

import pytest

from applications.unmet import Refused, Unmet


def told(unmet: list[Unmet]) -> list[tuple[str, str, str]]:
    assert all(each.detail for each in unmet)
    return [(each.code, each.clause, each.anchor) for each in unmet]


def refused(act: Callable[[], Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(Refused) as answer:
        act()
    return told(answer.value.unmet)
