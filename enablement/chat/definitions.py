"""What a term means and what a card is in short, in a form that can be read aloud. Pure."""

from __future__ import annotations

from enablement.retrieval.search import Hit
from enablement.words import NUMBER_WORDS, STOP_WORDS, content_words


def under_its_name(hit: Hit, sentence: str) -> str:
    """Return the first sentence of a meaning after the name, where it does not name it itself.

    “Of the passages that should have been found, the share …” is a fragment beside other sentences; “Recall:
    of the passages …” is not. The words that it stands on are the passage's and its title's.
    """
    name = hit.title.split(" › ")[-1]
    if set(content_words(name)) <= set(content_words(sentence)):
        return sentence
    first = sentence.split(maxsplit=1)[0]
    goes_on = first.lower() in STOP_WORDS | NUMBER_WORDS or first.endswith("ing")
    return f"{name}: {sentence[0].lower() + sentence[1:] if goes_on else sentence}"


def is_meaning(hit: Hit) -> bool:
    """Whether a passage is what a term means, or a card in a line: both stand under their name on a page."""
    return (hit.kind, hit.field) in (("term", "meaning"), ("card", "summary"))
