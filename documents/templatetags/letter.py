"""What the templates of letters need: words for days and numbers, glue, balanced lines, the code."""

from __future__ import annotations

from datetime import datetime
from html import unescape

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from documents.letterforms import balance, check_code, glue, words
from documents.letterforms.paper import Paper

register = template.Library()

register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("hour", words.hour)
register.filter("short_moment", words.short_moment)
register.filter("joined", words.joined)
register.filter("letter", words.letter)


@register.filter
def number(value: int) -> str:
    return words.number(value)


@register.filter
def two_digits(value: int) -> str:
    return f"{value:02d}"


@register.simple_block_tag
def prose(content: str, end: str = "") -> SafeString:
    """A sentence closed with `end`, its numbers, days and last words kept together."""
    parts = glue.pieces(unescape(content), end=end)
    return mark_safe(render_to_string("letters/parts/text.html", {"pieces": parts}).strip())


@register.simple_tag
def spell(start: datetime, end: datetime) -> str:
    return words.span(start, end)


@register.simple_tag
def balanced(text: str, room: float, size: float, weight: str = "normal", keep: str = "") -> tuple[str, ...]:
    return balance.balanced(text, room=room, size=size, weight=weight, keep=keep)


@register.simple_tag
def fitted(lines: tuple[str, ...], room: float, size: float) -> list[str]:
    """Bold lines broken by hand; from the first that is too wide for its column on they are broken anew, at a dash
    first. What stands above it ("TUQ. CHỦ TỊCH") keeps its own line.
    """
    wide = [balance.width(line, size=size, weight="bold") > room for line in lines]
    if not any(wide):
        return list(lines)
    start = wide.index(True)
    head, dash, tail = " ".join(lines[start:]).partition(" - ")
    parts = (f"{head} -", tail) if dash else (head,)
    broken = [line for part in parts for line in balance.balanced(part, room=room, size=size, weight="bold")]
    return [*lines[:start], *broken]


@register.filter
def printed_host(paper: Paper) -> str:
    return check_code.printed_host(paper)


@register.filter
def drawn_code(paper: Paper) -> SafeString:
    """Segno draws from the address alone; nothing a person typed gets into the SVG."""
    return mark_safe(check_code.drawing(check_code.check_address(paper)))
