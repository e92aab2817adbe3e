"""Slugs that no other item of the same kind has."""

from __future__ import annotations

MAX_BASE = 74
"""A slug has at most 80 characters; this leaves room for a dash and a number."""


def own_slugs(wanted: list[str], fallback: str) -> list[str]:
    """Return one slug for each wanted: the second “latency” is “latency-2”, an empty one is the fallback."""
    taken = set(wanted)
    counts: dict[str, int] = {}
    given: list[str] = []
    for slug in wanted:
        base = slug or fallback
        count = counts.get(base, 0) + 1
        while count > 1 and f"{base[:MAX_BASE]}-{count}" in taken:
            count += 1
        counts[base] = count
        given.append(base if count == 1 else f"{base[:MAX_BASE]}-{count}")
        taken.add(given[-1])
    return given
