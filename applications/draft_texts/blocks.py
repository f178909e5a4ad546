"""Short names for the blocks of a paper, and the numbering of its articles and parts."""

from collections.abc import Iterable
from dataclasses import dataclass

from documents.letterforms import Block, Column, Heading, Passage, Point, Points, Table

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
Item = str | tuple[str, str]


@dataclass(frozen=True)
class Article:
    """Title, the clause all of it rests on, and what it says."""

    title: str
    blocks: tuple[Block, ...]
    clause: str = ""


@dataclass(frozen=True)
class Wording:
    """A paper without its frame: kind in capitals ("" for a dispatch), name, abstract, text, who gets it."""

    heading: str
    name: str
    abstract: str
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    addressees: tuple[str, ...] = ()


def say(text: str, clause: str = "") -> Passage:
    """A paragraph."""
    return Passage(text=text, clause=clause)


def lead(text: str, clause: str = "") -> Passage:
    """A paragraph that stays with the list or table after it."""
    return Passage(text=text, clause=clause, lead=True)


def listed(*items: Item, marks: str = "letters") -> Points:
    """Points with semicolons, the last one with a full stop."""
    pairs = [(item, "") if isinstance(item, str) else item for item in items]
    last = len(pairs) - 1
    return Points(
        items=tuple(
            Point(text=f"{text.rstrip(' .;')}{'.' if place == last else ';'}", clause=clause)
            for place, (text, clause) in enumerate(pairs)
        ),
        marks=marks,
    )


def numbered(*items: Item) -> Points:
    """Whole sentences under 1., 2., 3."""
    pairs = [(item, "") if isinstance(item, str) else item for item in items]
    return Points(items=tuple(Point(text=text, clause=clause) for text, clause in pairs), marks="numbers")


def table(
    columns: Iterable[tuple[str, int] | tuple[str, int, bool]],
    rows: Iterable[Iterable[str]],
    *,
    by_hand: bool = False,
) -> Table:
    """A table; columns are (title, width in percent, centred)."""
    heads = [(*column, False)[:3] for column in columns]
    return Table(
        columns=tuple(Column(title=title, width=wide, centre=centre) for title, wide, centre in heads),
        rows=tuple(tuple(row) for row in rows),
        by_hand=by_hand,
    )


def articles(*given: Article) -> tuple[Block, ...]:
    """Điều 1, Điều 2 … with their text."""
    return _under(given, [f"Điều {place}." for place in range(1, len(given) + 1)])


def parts(*given: Article) -> tuple[Block, ...]:
    """I., II. … with their text."""
    return _under(given, [f"{sign}." for sign in ROMAN])


def _under(given: Iterable[Article], signs: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for sign, article in zip(signs, given, strict=False):
        blocks += [Heading(text=f"{sign} {article.title}", clause=article.clause), *article.blocks]
    return tuple(blocks)
