"""Hand-made hits about doors."""

from __future__ import annotations

from dataclasses import replace

from enablement.retrieval.search import Hit

HINGE = "A hinge carries the door. It is made of brass. It does not lock anything."
GRAPHITE = "Graphite helps where the key turns with effort. Use it once a year."
LATCH = "The bolt that a handle draws back."


def hit(
    text: str,
    *,
    number: int = 1,
    kind: str = "card",
    field: str = "what_it_is",
    slug: str = "door-hinge",
    title: str = "Hinge › What it is",
    dense: float | None = 0.8,
) -> Hit:
    """Return a hit; `number` is its id."""
    key = f"{kind}:{slug}:{field}"
    return Hit(number, key, kind, slug, field, title, f"/cards/{slug}/", text, 1 / number, text, 3.0, dense)


def door_hits() -> list[Hit]:
    return [
        hit(HINGE),
        hit(
            GRAPHITE, number=2, kind="fit", field="text", slug="door-lock-oil", title="Lock › Fits", dense=0.6
        ),
        hit(LATCH, number=3, kind="term", field="meaning", slug="door-latch", title="Latch", dense=0.3),
    ]


def far_hits() -> list[Hit]:
    """Return the same hits for a question that is about something else."""
    return [replace(found, dense=0.2) for found in door_hits()]
