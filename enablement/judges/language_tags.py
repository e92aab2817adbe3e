"""The language of a text as HTML names it (BCP 47), for voices that read it out. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final

from enablement.judges.reading import other_language
from enablement.words import WORD

_TAGS: Final = {
    "German": "de",
    "French": "fr",
    "Spanish": "es",
    "Italian": "it",
    "Portuguese": "pt",
    "Dutch": "nl",
}
# Small words by which the others are told that are known to be no English.
_SMALL: Final = {
    "de": "der das ist nicht ein eine zu mit wir sie wie auch wird wann warum welche ich kein",
    "fr": "le la les et est que qui dans nous vous quel comment pourquoi pouvons notre",
    "es": "el los las cuánto cuándo qué cómo quién cuál está podemos puedo nuestro sin",
    "it": "il gli che uno è sono questo quanto perché chi possiamo nostro",
    "pt": "os em com não da você onde posso nosso uma",
    "nl": "het een van niet zijn voor ons onze wordt wat wanneer hoe waarom kunnen",
    "pl": "jak czy nie jest się dla możemy nasz naszych kiedy dlaczego",
    "sv": "och är inte att vad hur när varför vår våra",
    "da": "hvad hvornår hvordan ikke og jeg hvorfor",
}
_WORDS: Final = {tag: frozenset(words.split()) for tag, words in _SMALL.items()}
# Scripts that one language writes, or nearly so; of the others the script does not tell the language.
_SCRIPTS: Final = {
    "GREEK": "el",
    "HEBREW": "he",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
}


def language_tag(text: str) -> str | None:
    """Return the tag of a text in another language than English, None for English and for what is too short.

    The empty tag, which HTML has for it, means: another language, and not known which.
    """
    language = other_language(text)
    if not language:
        return None
    return _TAGS.get(language) or _by_script(text) or _by_words(text)


def _by_script(text: str) -> str:
    scripts = Counter(
        script
        for character in text
        if character.isalpha() and (script := unicodedata.name(character, "").partition(" ")[0]) in _SCRIPTS
    )
    # Japanese has letters of Chinese in between; its own decide.
    return _SCRIPTS[scripts.most_common(1)[0][0]] if scripts else ""


def _by_words(text: str) -> str:
    words = [match.group().lower() for match in WORD.finditer(text)]
    counts = {tag: sum(word in small for word in words) for tag, small in _WORDS.items()}
    likeliest = max(counts, key=lambda tag: counts[tag])
    return likeliest if counts[likeliest] else ""
