"""How often what is said with a certain confidence is true: figures, and a drawing of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from enablement.evaluation.metrics import wilson

BINS = 10
SIDE, MARGIN = 360, 48
# Room above the square for the title.
TOP = 40


@dataclass(frozen=True, slots=True)
class Bin:
    """n judgements of like confidence: the mean confidence, how many were true, and the 95 % interval."""

    n: int
    confidence: float
    share: float
    interval: tuple[float, float]

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "confidence": round(self.confidence, 3),
            "share": round(self.share, 3),
            "interval": list(self.interval),
        }


def bins_of(confidences: Sequence[float], truths: Sequence[bool]) -> list[Bin]:
    """Return the judgements in tenths of confidence from 0 to 1; empty tenths are left out."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, truth in zip(confidences, truths, strict=True):
        groups[min(int(confidence * BINS), BINS - 1)].append((confidence, truth))
    return [_bin(group) for group in groups if group]


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean distance of confidence from truth, by judgement."""
    total = sum(found.n for found in bins)
    return sum(found.n * abs(found.share - found.confidence) for found in bins) / total if total else 0.0


def draw(title: str, bins: Sequence[Bin]) -> str:
    """Return an SVG: confidence across, share of truth upwards, a bar for each interval, a dot by size."""
    edge = SIDE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {edge} {edge + TOP}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{title}</title>',
        f'<rect width="{edge}" height="{edge + TOP}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="28" font-size="15" font-weight="bold">{title}</text>',
        *_axes(),
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="5 4"/>',
    ]
    most = max((found.n for found in bins), default=1)
    for found in bins:
        x, (low, high) = _x(found.confidence), found.interval
        parts += [
            f'<line x1="{x}" y1="{_y(low)}" x2="{x}" y2="{_y(high)}" stroke="#2b5aa0" stroke-width="2"/>',
            f'<circle cx="{x}" cy="{_y(found.share)}" r="{4 + 6 * (found.n / most) ** 0.5:.1f}" '
            f'fill="#2b5aa0"><title>{found.n} of them</title></circle>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _bin(group: Sequence[tuple[float, bool]]) -> Bin:
    hits = sum(truth for _, truth in group)
    low, high = wilson(hits, len(group))
    mean = sum(confidence for confidence, _ in group) / len(group)
    return Bin(len(group), mean, hits / len(group), (low, high))


def _axes() -> list[str]:
    lines = []
    for tenth in range(0, 11, 2):
        value = tenth / 10
        lines += [
            f'<line x1="{_x(0)}" y1="{_y(value)}" x2="{_x(1)}" y2="{_y(value)}" stroke="#ddd"/>',
            f'<text x="{_x(0) - 8}" y="{_y(value) + 4}" text-anchor="end">{value:.1f}</text>',
            f'<text x="{_x(value)}" y="{_y(0) + 18}" text-anchor="middle">{value:.1f}</text>',
        ]
    middle = _y(0.5)
    return [
        *lines,
        f'<text x="{_x(0.5)}" y="{_y(0) + 38}" text-anchor="middle">said with this confidence</text>',
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">was true</text>',
    ]


def _x(value: float) -> float:
    return round(MARGIN + value * SIDE, 1)


def _y(value: float) -> float:
    return round(TOP + MARGIN / 2 + (1 - value) * SIDE, 1)
