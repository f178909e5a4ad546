"""One register of numbers for paper and portal (A-20): the number of a permit from paper is not given again."""

import re
import unicodedata
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications.decision_letters import REGISTER, committee
from applications.models import PaperPermit
from applications.unmet import Refused, Unmet
from documents import numbers
from organisations.models import User

# "2156/QĐ-UBND", "Số 2156/2021/QĐ-UBND" or "2156" alone; another agency's numbers are of another register.
NUMBER = re.compile(r"(?:số\s*:?\s*)?0*(\d{1,9})\s*(?:/.*ubnd.*)?", re.IGNORECASE)


def number_in(text: str) -> int | None:
    """The number by which a paper stands in the People's Committee's register, if it is one of its papers."""
    found = NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) if found else None


@transaction.atomic
def reserve(*, year: int, first: int, last: int, by: User, at: datetime) -> None:
    """Gives the portal a block of the register; documents.numbers.BlockInUse for a number on any paper."""
    numbers.reserve(
        agency=committee(), year=year, register=REGISTER, first=first, last=last, by=by, at=at
    )  # holds the register: a permit that is being entered is committed and seen below, or finds the block
    entered = PaperPermit.objects.filter(signed_on__year=year).order_by("signed_on", "pk")
    for text in entered.values_list("number", flat=True):
        if first <= (number_in(text) or 0) <= last:
            raise numbers.BlockInUse(text)


def not_to_come(text: str, *, signed_on: date) -> None:
    """Refused for a number that the portal will give by itself; inside the transaction that writes it down."""
    number = number_in(text)
    key = numbers.letters_key(committee().code, year=signed_on.year, register=REGISTER)
    if number is not None and numbers.is_to_come(key, number):
        words = _("Số này nằm trong dãy dành cho cổng, chưa dùng trên giấy. Xem lại số trên văn bản.")
        raise Refused([Unmet("number", plan.NOT_IN_THE_PLAN, words, "number")])
