"""Which words of a sentence stay on one line: numbers of papers, parts of dates, clauses, the last words.

The gaps stay plain spaces: a no-break space would turn up in every text copied from the letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Piece:
    text: str
    tight: bool


_TIGHT: Final = re.compile(
    r"""
      số\ \d+[\w/.-]*                              # số 118/TTr-BQLKKT
    | Điều\ \d+
    | (?:ngày|tháng)\ \d{1,2}\b
    | năm\ \d{4}\b
    | \b\d[\d.]*\ (?:giờ|phút|ngày|tuần|tháng|lần|người|giường|phòng)\b
    | \b0\d{1,3}(?:[ .]\d{3,4}){2,3}\b              # a phone number
    | \S*\w[-/]\w\S*                               # COVID-19, H59.07-210928-0007, III.1.1-b
    """,
    re.VERBOSE,
)
_LAST_TWO_WORDS: Final = re.compile(r"\S+\s+\S+$")
_LONGEST_TAIL: Final = 34
_LONG_ENOUGH: Final = 9  # a last word of so many signs, a clause in brackets say, may stand on a line alone


def pieces(text: str, *, end: str = "") -> list[Piece]:
    """The text cut into breakable and unbreakable pieces, in order; `end` is its closing mark.

    A text that already closes with a mark gets no second one.
    """
    text = " ".join(text.split())
    text = f"{text.rstrip(' .;')}{end}" if end else text
    spans = [match.span() for match in _TIGHT.finditer(text)]
    tail = _LAST_TWO_WORDS.search(text)
    if tail and tail.end() - tail.start() <= _LONGEST_TAIL and len(tail.group().split()[-1]) < _LONG_ENOUGH:
        spans.append(tail.span())
    found: list[Piece] = []
    done = 0
    for start, stop in _merged(spans):
        found += [Piece(text[done:start], tight=False), Piece(text[start:stop], tight=True)]
        done = stop
    return _with_inner_gaps([piece for piece in [*found, Piece(text[done:], tight=False)] if piece.text])


def _with_inner_gaps(found: list[Piece]) -> list[Piece]:
    """No breakable piece ends in a space: it takes the first letter of the tight piece behind it along.

    WeasyPrint draws no glyph for a text of spaces alone (the letter's text would read "ngày 04tháng 10"), and
    breaks after the first word where a text fits the line but for its closing space. A gap of spaces alone
    takes a letter from both sides. No line may break inside a word, so the tight pieces stay whole.
    """
    texts = [piece.text for piece in found]
    for here in range(len(found) - 1):
        if found[here].tight or not texts[here].endswith(" ") or len(texts[here + 1]) < 2:
            continue
        if texts[here].isspace() and here and len(texts[here - 1]) > 1:
            texts[here] = texts[here - 1][-1] + texts[here]
            texts[here - 1] = texts[here - 1][:-1]
        texts[here] += texts[here + 1][0]
        texts[here + 1] = texts[here + 1][1:]
    return [Piece(text, tight=piece.tight) for text, piece in zip(texts, found, strict=True)]


def units(text: str, *, keep: str = "") -> list[str]:
    """The words of a title between which it may break; `keep` (a firm's name) stays whole."""
    parts = text.split(keep) if keep else [text]
    found: list[str] = []
    for position, part in enumerate(parts):
        if position:
            found.append(keep)
        found += _words(part)
    return _with_marks(found)


def _words(text: str) -> list[str]:
    """Words of a text, those of a tight piece as one. Only the pieces inside: a title has no last words."""
    done, found = 0, list[str]()
    for match in _TIGHT.finditer(text):
        found += text[done : match.start()].split()
        found.append(match.group())
        done = match.end()
    return found + text[done:].split()


def _with_marks(words: list[str]) -> list[str]:
    """A closing mark cut off from its word goes back to it."""
    found: list[str] = []
    for word in words:
        if found and word[0] in ",;.:)!?”":
            found[-1] += word
        else:
            found.append(word)
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
