"""How a text reads: disguised letters as what they look like; other languages and code told apart. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from enablement.judges.languages import SHARED, foreign_words

# Letters of other scripts that look like Latin ones, as the eye reads them.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏАВЕКМНОРСТУХІЈЅαορνικτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlABEKMHOPCTYXIJSaopviktABEZHIKMNOPTYX",
)
# Characters without width, the soft hyphen among them: they can stand inside a word and hide it.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_WORD = re.compile(r"[^\W\d_]+")
# Small words that a sentence can hardly do without, and that these languages share little.
_SMALL_WORDS = {
    "English": """the of and to is it that for you with are be this have not but they from we my your our can
        has what when does how which would there their will on""",
    "German": "der die das und ist nicht ein eine zu mit auf für wir sie es von den dem wie auch wird",
    "French": "le la les des et est une un que qui dans pour pas nous vous sur avec ce il elle du ne",
    "Spanish": "el los las una que en por para con no es se su del al como pero más nuestro está",
    "Italian": "il lo gli che di per con non una un è sono della del si nel questo come ma nostro",
    "Portuguese": "os as uma que em por para com não é se do da dos das ao mas nosso está você",
    "Dutch": "het een van en dat niet zijn met voor op aan ook maar wij ons deze wordt naar bij",
}
# “No X, no Y, no Z” is no Spanish.
_SMALL = {
    name: frozenset(words.split()) - (frozenset() if name == "English" else SHARED)
    for name, words in _SMALL_WORDS.items()
}
MIN_FOREIGN_WORDS = 3
# A short sentence has few small words: so many different ones, and twice as many as there are English ones.
MIN_TOLD = 2
ANOTHER = "another language"
# Share of letters that are not Latin, and of characters that only code is made of: a sentence has hardly any.
NOT_LATIN_SHARE = 0.3
CODE_SHARE = 0.06
# A sentence that begins so speaks to whoever reads it; “the bot ignores its instructions” does not.
_ORDER = re.compile(
    r"(?:^|[.!?:\n]\s*)(?:please |now )?(?:ignore|disregard|forget|override)\s(?:\S+\s){0,4}"
    r"(?:instructions?|prompts?|rules|directions|guidelines)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[{}\[\]<>=;|\\_`$#@]|\(\)|->|=>|::|//")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the eye reads it; `positions[i]` is where its character i stands in the text as written."""

    text: str
    positions: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end, in the text as written, of a non-empty span of the text as read."""
        return self.positions[start], self.positions[end - 1] + 1


def read(written: str) -> Reading:
    """Return `written` without hidden characters, with lookalike letters in Latin words made Latin."""
    kept = [index for index, character in enumerate(written) if not _HIDDEN.match(character)]
    plain = "".join(_plain(written[index]) for index in kept)
    return Reading(_WORD.sub(_unmixed, plain), tuple(kept))


def _plain(character: str) -> str:
    """A wide, small or ornate form of one letter as that letter (NFKC), where that is one character."""
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character


def _unmixed(match: re.Match[str]) -> str:
    """A word that mixes scripts is a disguise; a word in one script is a word of its language."""
    word = match.group()
    latin = sum(character.isascii() for character in word)
    return word.translate(_LOOKALIKES) if 0 < latin < len(word) else word


def other_language(text: str) -> str:
    """Return the language a text seems to be in, “another language” for other scripts, “” for English."""
    letters = [character for character in text if character.isalpha()]
    foreign = sum(not unicodedata.name(character, "").startswith("LATIN") for character in letters)
    if letters and foreign / len(letters) > NOT_LATIN_SHARE:
        return ANOTHER
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {name: sum(word in small for word in words) for name, small in _SMALL.items()}
    english = counts.pop("English")
    likeliest = max(counts, key=lambda name: counts[name])
    if counts[likeliest] >= MIN_FOREIGN_WORDS and counts[likeliest] > 2 * english:
        return likeliest
    told, foreign, english = foreign_words(text)
    return ANOTHER if len(told) >= MIN_TOLD and foreign > 2 * english else ""


def is_foreign(question: str) -> bool:
    """Whether a question is in another language, as far as its words tell.

    A question is short: “Was ist LoRA?” has one word that tells. So one is enough where no English one is.
    """
    _, foreign, english = foreign_words(question)
    return foreign > english or bool(other_language(question))


def is_code(text: str) -> bool:
    """Whether a text is rather code, markup or data than sentences."""
    signs = sum(len(match) for match in _CODE.findall(text))
    return signs / max(1, len(text)) > CODE_SHARE


def gives_orders(text: str) -> bool:
    """Whether a sentence tells the reader to put its instructions aside."""
    return _ORDER.search(text) is not None
