"""A question as it is looked for: slips mended, other names known, phrases taken word for word, a vector."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from enablement.judges.encoder import EncoderUnavailable, encode
from enablement.models import Collection, Person
from enablement.retrieval.spelling import correct, corrections
from enablement.retrieval.synonyms import other_names, rings_for

# A query is read to this many characters: the encoder cuts at 256 word pieces anyway.
QUERY_CHARACTERS = 2_000
_PHRASE = re.compile(r"\"([^\"]{2,200})\"|“([^”]{2,200})”")


@dataclass(frozen=True, slots=True)
class Asked:
    """What both arms look for.

    `also` are other names of what `text` speaks of; `corrected` the words that were misspelt, with what was
    meant; `vector` is None where the encoder is away, and `note` then says so to people.
    """

    text: str
    also: str = ""
    vector: Any | None = None
    corrected: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def read_question(text: str, person: Person) -> Asked:
    """Mend and widen `text` for `person`, and encode it by the encoder whose vectors serve."""
    text = text[:QUERY_CHARACTERS].replace("\x00", " ")
    corrected = corrections(text, person)
    text = correct(text, corrected)
    names = other_names(text, rings_for(person))
    read = f"{text} ({', '.join(names.proper)})" if names.proper else text
    try:
        vector, note = encode([read], model=serving_encoder())[0], ""
    except EncoderUnavailable as error:
        vector, note = None, f"Found by words only. {error}"
    return Asked(text, " ".join(names.also), vector, corrected, note)


def phrases_of(text: str) -> list[str]:
    """Return what stands in double quotation marks. Pure."""
    return [" ".join((straight or curly).split()) for straight, curly in _PHRASE.findall(text)]


def serving_encoder() -> str:
    """Return the name of the encoder whose vectors are searched: the one set, once it has taken over."""
    return Collection.objects.values_list("encoder", flat=True).first() or settings.EMBEDDING_MODEL
