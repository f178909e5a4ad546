"""The colours of static/scss/_tokens.scss keep the ratios that text, edges and rings need, in every theme."""

import re
from pathlib import Path

import pytest
from django.conf import settings

Tokens = dict[str, str]
TEXT, EDGE = 4.5, 3.0
STATES = ("accent", "ok", "wait", "late", "calm")


def tokens(name: str) -> Tokens:
    """One map of the token file, names to colours."""
    text = (Path(settings.BASE_DIR) / "static" / "scss" / "_tokens.scss").read_text(encoding="utf-8")
    body = re.search(rf"^\${name}: \(\n(.*?)^\);", text, re.S | re.M)
    assert body, f"no map ${name}"
    return dict(re.findall(r"^  ([a-z0-9-]+): (#[0-9A-Fa-f]{6}),$", body[1], re.M))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs_of_theme() -> list[tuple[str, str, float]]:
    """What meets on a page: foreground, ground, ratio asked for."""
    inks = [
        (ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3") for ground in ("page", "surface", "sunk")
    ]
    on_tint = [(state, f"{state}-tint", TEXT) for state in STATES]
    on_sheet = [(state, ground, TEXT) for state in STATES for ground in ("surface", "page")]
    on_any_tint = [(ink, f"{state}-tint", TEXT) for ink in ("ink", "ink-2") for state in STATES]
    filled = [("on-accent", "accent", TEXT), ("on-accent", "accent-dark", TEXT)]
    filled += [("on-state", state, TEXT) for state in ("ok", "ok-dark", "late", "calm")]
    edges = [("line-strong", ground, EDGE) for ground in ("page", "surface")]
    hover = [("accent-dark", "surface", TEXT), ("late-dark", "late-tint", TEXT)]
    return [*inks, *on_tint, *on_sheet, *on_any_tint, *filled, *edges, *hover, ("focus", "focus-edge", EDGE)]


PAIRS_OF_SCALES = [
    *((f"on-level-{i}", f"level-{i}", TEXT) for i in range(1, 5)),
    *((f"on-heat-{i}", f"heat-{i}", TEXT) for i in range(1, 6)),
    *((f"series-{i}", "letter-paper", TEXT) for i in range(1, 4)),
    ("letter-ink", "letter-paper", TEXT),
    ("letter-ink", "letter-mark", TEXT),
]


def too_weak(colours: Tokens, pairs: list[tuple[str, str, float]]) -> list[str]:
    """Every pair under its ratio, with the ratio it has."""
    measured = ((one, ground, contrast(colours[one], colours[ground]), asked) for one, ground, asked in pairs)
    return [f"{one} on {ground}: {has:.2f} < {asked}" for one, ground, has, asked in measured if has < asked]


@pytest.mark.parametrize("theme", ["light", "dark", "sunlight"])
def test_every_colour_that_meets_another_keeps_its_ratio(theme: str) -> None:
    assert too_weak(tokens(theme), pairs_of_theme()) == []


def test_maps_and_charts_keep_their_ratios() -> None:
    assert too_weak(tokens("scales"), PAIRS_OF_SCALES) == []


def test_themes_name_the_same_colours() -> None:
    assert tokens("light").keys() == tokens("dark").keys() == tokens("sunlight").keys()


@pytest.mark.parametrize(
    ("theme", "one", "ground", "measured"),
    [
        ("light", "ink", "page", 15.2),
        ("light", "ink-3", "sunk", 5.1),
        ("light", "accent", "surface", 8.5),
        ("light", "line-strong", "page", 4.0),
        ("light", "wait", "wait-tint", 7.2),
        ("dark", "ink-2", "page", 10.9),
        ("dark", "calm", "calm-tint", 7.4),
    ],
)
def test_the_measure_agrees_with_the_figures_of_the_design(
    theme: str, one: str, ground: str, measured: float
) -> None:
    colours = tokens(theme)
    assert contrast(colours[one], colours[ground]) == pytest.approx(measured, abs=0.15)


def test_a_hint_only_a_little_paler_is_caught() -> None:
    paler = {**tokens("light"), "ink-3": "#70767E"}
    weak = too_weak(paler, pairs_of_theme())
    assert weak, "the control did not bite"
    assert all(line.startswith("ink-3 on ") for line in weak)
