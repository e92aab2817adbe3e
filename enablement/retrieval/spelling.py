"""Typing slips: a word that nobody knows, read as the nearest word of the content that a person may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from enablement.models import Passage, Person
from enablement.trust.vocabulary import english_words
from enablement.words import WORD, words_of

# Shorter words have too many neighbours: “ATO” is no slip for “auto”.
SHORTEST = 4
# From this length on two slips are forgiven, before that one.
LONG = 8
# A question with more unknown words than this is in another language, not misspelt.
MOST = 3

_UNKNOWN = """
SELECT t.typed, min(w.lexeme) FROM unnest(%s::text[]) t(typed), unnest(to_tsvector('english', t.typed)) w
WHERE NOT EXISTS (SELECT 1 FROM enablement_lexeme l WHERE l.word = w.lexeme AND l.passages > 0)
GROUP BY t.typed HAVING count(*) = 1
"""
_NEAR = """
SELECT word, passages FROM enablement_lexeme
WHERE passages > 0 AND length(word) BETWEEN %(low)s AND %(high)s AND left(word, 1) = left(%(stem)s, 1)
"""


def corrections(text: str, person: Person) -> dict[str, str]:
    """Return the words of `text` that are misspelt, each with the word that was meant.

    Known are English words and those of the content. A word is offered only where a passage that `person`
    may see holds it.
    """
    typed = {match.group() for match in WORD.finditer(text)}
    odd = [word for word in typed if len(word) >= SHORTEST and word.isascii() and word.isalpha()]
    odd = [word for word in odd if not english_words().issuperset(words_of(word))]
    found = {}
    for word, stem in _unknown(odd):
        meant = next((seen for near in nearest(stem, _near(stem)) if (seen := _seen(near, word, person))), "")
        if meant:
            found[word] = meant
    return found if len(found) <= MOST else {}


def correct(text: str, meant: Mapping[str, str]) -> str:
    """Return `text` with the misspelt words replaced."""
    return WORD.sub(lambda match: meant.get(match.group(), match.group()), text)


def nearest(word: str, known: Iterable[tuple[str, int]], most: int = 3) -> list[str]:
    """Return up to `most` known words within the slips that are forgiven, nearest and commonest first. Pure.

    `known` are words, each with how many passages hold it.
    """
    allowed = slips_forgiven(word)
    near = [(slips(word, other), -count, other) for other, count in known]
    return [other for distance, _, other in sorted(near) if distance <= allowed][:most]


def slips_forgiven(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def slips(one: str, other: str) -> int:
    """Return how many letters are missing, too many, wrong, or swapped with the next. Pure.

    The optimal string alignment distance (Damerau 1964).
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != against))
            is_swap = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            line.append(min(cost, before[column - 2] + 1) if is_swap else cost)
        before, above = above, line
    return above[-1]


def _unknown(words: list[str]) -> list[tuple[str, str]]:
    """Those of `words` that no passage holds, each with its stem."""
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_UNKNOWN, [words])
        return list(cursor.fetchall())


def _near(stem: str) -> list[tuple[str, int]]:
    room = slips_forgiven(stem)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"stem": stem, "low": len(stem) - room, "high": len(stem) + room})
        return list(cursor.fetchall())


def _seen(lexeme: str, typed: str, person: Person) -> str:
    """The word behind a lexeme, as a passage that `person` may see has it; "" where none does."""
    query = SearchQuery("'" + lexeme.replace("'", "''") + "'", search_type="raw", config="simple")
    holding = Passage.objects.visible_to(person).filter(words=query)
    for title, context, text in holding.order_by("pk").values_list("title", "context", "text")[:1]:
        words = {match.group() for match in WORD.finditer(f"{title} {context} {text}")}
        return min(sorted(words), key=lambda word: slips(typed.lower(), word.lower()))
    return ""
