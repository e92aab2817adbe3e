"""The guide's phrasings as the wording check needs them: kept in memory until one of them changes."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection

from enablement.judges.exact import Phrasings, words_of
from enablement.models import GuideEntry, Phrasing
from enablement.words import content_words

# A word belongs to an entry when so many of its breaking phrasings have it, and two at the least.
COMMON_SHARE = 0.12


def phrasings_of(entries: Iterable[GuideEntry]) -> dict[str, Phrasings]:
    """Return the phrasings of each entry by its slug, its don't-say line among them."""
    known = _by_entry(_fingerprint())
    found = {}
    for entry in entries:
        kept = known.get(entry.pk, Phrasings())
        found[entry.slug] = Phrasings(
            (words_of(entry.dont_say), *kept.wordings),
            kept.vocabulary | frozenset(content_words(entry.dont_say)),
            kept.fine,
        )
    return found


def _fingerprint() -> tuple[int, int]:
    """How many phrasings there are, and a sum over what they say: another one when anything changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(hashtextextended(text, entry_id * 2 + breaks::int)), 0)"
            f" FROM {Phrasing._meta.db_table}"
        )
        count, total = cursor.fetchone()
    return count, int(total)


@functools.lru_cache(maxsize=2)
def _by_entry(_fingerprint: tuple[int, int]) -> Mapping[int, Phrasings]:
    breaking: dict[int, list[str]] = defaultdict(list)
    fine: dict[int, list[str]] = defaultdict(list)
    rows = Phrasing.objects.order_by("pk").values_list("entry_id", "text", "breaks")
    for entry, text, breaks in rows:
        (breaking if breaks else fine)[entry].append(text)
    return {
        entry: Phrasings(
            tuple(map(words_of, breaking[entry])),
            _words_in_common(breaking[entry]),
            frozenset(map(words_of, fine[entry])),
        )
        for entry in breaking.keys() | fine.keys()
    }


def _words_in_common(texts: list[str]) -> frozenset[str]:
    """The content words that a good share of the texts have."""
    counts = Counter(word for text in texts for word in set(content_words(text)))
    enough = max(2.0, COMMON_SHARE * len(texts))
    return frozenset(word for word, count in counts.items() if count >= enough)
