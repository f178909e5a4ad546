"""One register of numbers for paper and portal (A-20): the number of a permit from paper is not given again."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications.decision_letters import REGISTER, committee
from applications.numbers_on_paper import number_in, of_permits
from applications.unmet import Refused, Unmet
from documents import numbers
from documents.models import Letter
from organisations.models import User


@transaction.atomic
def reserve(*, year: int, first: int, last: int, by: User, at: datetime) -> None:
    """Gives the portal a block of the register; documents.numbers.BlockInUse for a number on any paper."""
    numbers.reserve(
        agency=committee(), year=year, register=REGISTER, first=first, last=last, by=by, at=at
    )  # holds the register: a permit that is being entered is committed and seen below, or finds the block
    for number, text in of_permits(year).items():
        if first <= number <= last:
            raise numbers.BlockInUse(text)


def not_given(text: str, *, signed_on: date) -> None:
    """Refused for a number that stands on a letter of the year, or that the portal will give by itself.

    Inside the transaction that writes it down: it holds the register until then.
    """
    number = number_in(text)
    if number is None:
        return
    agency = committee()
    key = numbers.letters_key(agency.code, year=signed_on.year, register=REGISTER)
    if numbers.is_to_come(key, number):
        raise _refused(_("Số này nằm trong dãy dành cho cổng, chưa dùng trên giấy. Xem lại số trên văn bản."))
    letters = Letter.objects.filter(agency=agency, year=signed_on.year, number=number)
    if (letter := letters.order_by("pk").first()) is not None:
        words = _("Số này đã có trên văn bản %(number)s của cổng. Xem lại số trên văn bản.")
        raise _refused(words % {"number": letter.full_number})


def _refused(words: str) -> Refused:
    return Refused([Unmet("number", plan.NOT_IN_THE_PLAN, words, "number")])
