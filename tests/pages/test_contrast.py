"""The colours of the design language, light and dark, against WCAG 2.2 AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "enablement" / "static" / "dosay"
COLOUR = re.compile(r"--([\w-]+): light-dark\(#(\w{6}), #(\w{6})\)")
COLOURS = {name: pair for name, *pair in COLOUR.findall((STATIC / "tokens.css").read_text())}

MEANINGS = ("good", "bad", "warn", "hint", "knowledge", "behaviour", "both", "neither")
TEXT = [(ink, on) for ink in ("ink", "ink-soft", "accent") for on in ("paper", "surface", "sunken")]
TEXT += [(meaning, f"{meaning}-soft") for meaning in MEANINGS]
TEXT += [("ink", f"{meaning}-soft") for meaning in MEANINGS]
TEXT += [("ink", "mark"), ("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent", "accent-soft")]
TEXT += [("bad", "surface"), ("good", "sunken"), ("bad", "sunken")]
EDGES = [(edge, on) for edge in ("line-strong", "focus") for on in ("paper", "surface")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "on"), TEXT)
def test_text_stands_out_from_its_ground(ink: str, on: str, theme: int) -> None:
    assert contrast(COLOURS[ink][theme], COLOURS[on][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "on"), EDGES)
def test_edges_of_controls_and_focus_can_be_seen(edge: str, on: str, theme: int) -> None:
    assert contrast(COLOURS[edge][theme], COLOURS[on][theme]) >= 3


def test_stylesheets_take_their_colours_from_the_tokens() -> None:
    own = [
        path.name
        for path in STATIC.glob("*.css")
        if re.search(r"#[0-9a-f]{3,8}\b(?![\w-]*\s*\{)", path.read_text())
    ]
    assert own == ["tokens.css"]
