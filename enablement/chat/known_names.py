"""The names, user names, addresses and Slack names of everybody known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from enablement.chat.masks import Names
from enablement.models import Person, SlackLink


def known_names() -> Names:
    """Return what people are called, read now: somebody who came a minute ago is not named either."""
    people = Person.objects.order_by("pk").values_list("first_name", "last_name", "username", "email")
    slack = SlackLink.objects.order_by("pk").values_list("slack_user", "slack_team")
    return _names(tuple(people), tuple(slack))


@lru_cache(maxsize=2)
def _names(people: Iterable[tuple[str, ...]], slack: Iterable[tuple[str, ...]]) -> Names:
    return Names.of(_all(people, slack))


def _all(people: Iterable[tuple[str, ...]], slack: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for first, last, username, email in people:
        yield from (f"{first} {last}", f"{last} {first}", f"{last}, {first}", first, last, username, email)
    for row in slack:
        yield from row
