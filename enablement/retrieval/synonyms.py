"""Other names of what a question speaks of: those that editors keep, and the aliases of cards and terms."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Value

from enablement.models import Card, Lesson, Person, State, Synonym, Term
from enablement.words import WORD

# Names of one thing, the one that the content uses first.
Ring = Sequence[str]


@dataclass(frozen=True, slots=True)
class Names:
    """`also`: every name that the question could have used as well. `proper`: those that the content uses."""

    also: tuple[str, ...] = ()
    proper: tuple[str, ...] = ()


def other_names(text: str, rings: Iterable[Ring]) -> Names:
    """Return the other names of whatever `text` names. Pure; capitals and hyphens do not matter."""
    words = f" {_plain(text)} "
    also: dict[str, None] = {}
    proper: dict[str, None] = {}
    for ring in rings:
        used = [name for name in ring if _plain(name) and f" {_plain(name)} " in words]
        if not used:
            continue
        also |= dict.fromkeys(name for name in ring if name not in used)
        if ring[0] not in used:
            proper[ring[0]] = None
    return Names(tuple(also), tuple(proper))


def rings_for(person: Person) -> list[Ring]:
    """Return all rings of names that `person` may know, in one query."""
    lessons = Lesson.objects.visible_to(person).filter(state=State.RELEASED)
    kept = Synonym.objects.visible_to(person).order_by().values_list(Value(""), "words")
    cards = Card.objects.released().filter(lesson__in=lessons).exclude(aliases=[]).order_by()
    terms = Term.objects.released().filter(lesson__in=lessons).exclude(aliases=[]).order_by()
    rows = kept.union(cards.values_list("title", "aliases"), terms.values_list("term", "aliases"), all=True)
    return [[*([name] if name else []), *names] for name, names in rows]


# The same names are looked for in every question.
@functools.lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(match.group().lower() for match in WORD.finditer(text.replace("-", " ")))
