"""Among equal matches, what somebody vouches for comes before what has expired. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

# How well a passage matches: cosine similarity and BM25 score, where known.
Match = tuple[float | None, float | None]

# Two matches are one where the cosines are this close and the BM25 scores differ by no more than this part.
# Texts that say the same under another title lie nearer; a better match always comes first.
EQUAL_COSINE = 0.02
EQUAL_LEXICAL = 0.05


def vouched_first(ranked: Sequence[int], matches: Mapping[int, Match], expired: Collection[int]) -> list[int]:
    """Return `ranked` (ids, best first) with expired ones behind their equals."""
    if not expired:
        return list(ranked)
    ordered: list[int] = []
    group: list[int] = []
    for one in ranked:
        if group and not _are_equal(matches[group[0]], matches[one]):
            ordered += sorted(group, key=lambda passage: passage in expired)
            group = []
        group.append(one)
    return ordered + sorted(group, key=lambda passage: passage in expired)


def _are_equal(one: Match, other: Match) -> bool:
    cosines, lexicals = (one[0] or 0.0, other[0] or 0.0), (one[1] or 0.0, other[1] or 0.0)
    near = abs(cosines[0] - cosines[1]) <= EQUAL_COSINE
    return near and abs(lexicals[0] - lexicals[1]) <= EQUAL_LEXICAL * max(lexicals)
