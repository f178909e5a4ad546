"""Text for searching and sorting, made in Python so that both databases agree."""

import unicodedata

# Tone marks in the order of Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def fold(text: str) -> str:
    """Lower case without marks, đ as d, white space folded: what a search compares."""
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def tone_rank(text: str) -> str:
    """One digit a syllable: the tone it bears."""
    ranks = []
    for syllable in unicodedata.normalize("NFD", text.lower()).split():
        ranks.append(next((TONES[c] for c in syllable if c in TONES), "0"))
    return "".join(ranks)


def sort_key(text: str) -> str:
    """ASCII key for names of things: the folded words, then their tones."""
    return f"{fold(text)}~{tone_rank(text)}"[:200]
