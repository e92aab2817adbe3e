"""What editors do with names that mean the same."""

from __future__ import annotations

from django.db import transaction

from enablement import audit
from enablement.models import Lesson, Person, Synonym
from enablement.texts import BadText, tidy_text
from enablement.words import WORD

MOST_NAMES = 12
LONGEST_NAME = 100


def read_names(text: str) -> list[str]:
    """Return the names in `text`, which stand with = between them. Raises BadText. Pure."""
    names = list(dict.fromkeys(" ".join(part.split()) for part in tidy_text(text).split("=")))
    names = [name for name in names if WORD.search(name)]
    if len(names) < 2:
        raise BadText("Write two names or more with = between them, such as: single sign-on = SSO.")
    if len(names) > MOST_NAMES:
        raise BadText(f"That is more than {MOST_NAMES} names for one thing. Keep those that people use.")
    long = next((name for name in names if len(name) > LONGEST_NAME), "")
    if long:
        raise BadText(f"“{long[:40]}…” is longer than a name ({LONGEST_NAME} characters). Shorten it.")
    return names


@transaction.atomic
def keep_synonym(person: Person, text: str, lesson: Lesson | None, kept: Synonym | None = None) -> Synonym:
    """Write a new synonym, or the `kept` one anew. Raises BadText."""
    names = read_names(text)
    others = Synonym.objects.exclude(pk=kept.pk) if kept else Synonym.objects.all()
    if any({name.lower() for name in other.words} == {name.lower() for name in names} for other in others):
        raise BadText("These names are already kept as one.")
    before = {"words": kept.words} if kept else None
    synonym = kept or Synonym()
    synonym.words, synonym.lesson = names, lesson
    synonym.save()
    audit.record(person, "change" if kept else "add", synonym, before=before, after={"words": names})
    return synonym


@transaction.atomic
def delete_synonym(person: Person, synonym: Synonym) -> None:
    audit.record(person, "delete", synonym, before={"words": synonym.words})
    synonym.delete()
