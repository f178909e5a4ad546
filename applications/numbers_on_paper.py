"""Which numbers of the People's Committee's register stand on permits that were entered from paper (A-20)."""

import re
import unicodedata

from applications.models import PaperPermit

# "2156/QĐ-UBND", "Số 2156/2021/QĐ-UBND" or "2156" alone; another agency's numbers are of another register.
NUMBER = re.compile(r"(?:số\s*:?\s*)?0*(\d{1,9})\s*(?:/.*ubnd.*)?", re.IGNORECASE)


def number_in(text: str) -> int | None:
    """The number by which a paper stands in the People's Committee's register, if it is one of its papers."""
    found = NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) if found else None


def of_permits(year: int) -> dict[int, str]:
    """The numbers of a year's permits from paper, each with the text that bears it."""
    rows = PaperPermit.objects.filter(signed_on__year=year).order_by("signed_on", "pk")
    texts = rows.values_list("number", flat=True)
    return {number: text for text in texts if (number := number_in(text)) is not None}
