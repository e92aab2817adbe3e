"""The words of a text that carry its meaning. Pure; for comparing texts, never for showing them."""

from __future__ import annotations

import functools
import re
import sys

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[.,]\d+)*%?")
_NUMBER_WORDS = """
two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty
ninety hundred thousand million billion half third quarter twice double triple
"""
# Words that turn a sentence round. “Without” and “fails” do it as well as “not”.
_NEGATIONS = """
no not never none nothing nobody nor neither without cannot fail fails failed hardly seldom rarely unable
unlikely
"""
_STOP_WORDS = """
a an the and or but if so as at by for from in into of on onto to up with about over under than then this
that these those there here it its itself they them their he she his her we us our you your i me my is are
was were be been being am do does did doing done have has had having will would shall should can could may
might must what which who whom whose when where why how all any both each few more most other some such only
own same too very just also still yet again once out off down while during before after between because
through get gets got getting let lets like make makes one ones way ways thing things really actually
basically please tell say says said know want need needs mean means go going use using used question
questions anyone someone everyone something anything people person im ive dont doesnt cant isnt arent wont
it's i'm i've that's what's there's let's we're you're they're yes ok thanks hi hello hey able possible
currently right now today kind sort lot bit much many every different good better best well instead however
therefore rather whether even ever always often usually another come comes came coming
"""
NUMBER_WORDS = frozenset(_NUMBER_WORDS.split())
NEGATIONS = frozenset(_NEGATIONS.split())
STOP_WORDS = frozenset(_STOP_WORDS.split())
# Short names of this trade as people type them, and what the content calls them.
SPELLED_OUT = {
    "rag": "retrieval",
    "llm": "language model",
    "llms": "language models",
    "ai": "model",
    "chatbot": "assistant",
    "chatbots": "assistants",
    "bot": "assistant",
    "finetune": "fine-tune",
    "finetuned": "fine-tuned",
    "finetuning": "fine-tuning",
    "hallucinate": "make things up",
    "hallucinates": "makes things up",
    "hallucination": "made-up answer",
    "hallucinations": "made-up answers",
    "doc": "document",
    "docs": "documents",
    "gpu": "graphics card",
    "gpus": "graphics cards",
}
# “Fine-tuned” and “tuned” are one word to everybody in this trade.
FINE = re.compile(r"\bfine[- ]?(?=tun)", re.IGNORECASE)
CONTRACTED_NOT = re.compile(r"n['’]t$")


def spell_out(text: str) -> str:
    """Return `text` with the short names of the trade written out, as the content writes them."""
    return WORD.sub(lambda match: SPELLED_OUT.get(match.group().lower(), match.group()), text)


def words_of(text: str) -> list[str]:
    """Return the words of `text` in lower case, short names of the trade written out."""
    found = (match.group() for match in WORD.finditer(FINE.sub("", spell_out(text)).lower()))
    return [word.replace("’", "'").removesuffix("'s") for word in found]


# The same passages are found for one question after another: each is read once.
@functools.lru_cache(maxsize=8192)
def content_words(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in order, with repetitions."""
    return tuple(
        sys.intern(stem(word))
        for word in words_of(text)
        if word not in STOP_WORDS and not is_negation(word) and (len(word) > 1 or word.isdigit())
    )


def numbers_of(text: str) -> set[str]:
    """Return the numbers of a text: every word with a digit in it, and number words from two up."""
    words = {word.rstrip("%").replace(",", "") for word in words_of(text)}
    return {word for word in words if word in NUMBER_WORDS or any(letter.isdigit() for letter in word)}


def names_of(text: str) -> set[str]:
    """Return the stems of words written like names: a capital letter or a digit inside a sentence.

    The first word of a sentence may be a plain word, so it does not count, unless it has a capital or a
    digit past its first letter (GPT, S3).
    """
    found: set[str] = set()
    at_start = True
    previous_end = 0
    for match in WORD.finditer(text):
        between = text[previous_end : match.start()]
        at_start = at_start or bool(re.search(r"[.!?:\n“\"]", between))
        word = match.group()
        inner = any(letter.isupper() or letter.isdigit() for letter in word[1:]) or word[0].isdigit()
        if inner or (word[0].isupper() and not at_start and len(word) > 1):
            found.update(content_words(word))
        at_start, previous_end = False, match.end()
    return found


def is_negation(word: str) -> bool:
    """Whether a lower-case word turns its sentence round."""
    return word in NEGATIONS or bool(CONTRACTED_NOT.search(word))


def is_negated(text: str) -> bool:
    """Whether a text holds a word that turns it round."""
    return any(is_negation(word) for word in words_of(text))


def stem(word: str) -> str:
    """Return what a word shares with its other forms (“tuning”, “tuned”, “tunes” → “tun”).

    A light English stemmer: equal stems are what matters, not that they are words. It takes off a plural,
    then one ending, then a last e and a doubled consonant.
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    word = word[:-3] + "y" if word.endswith("ied") and len(word) > 4 else _singular(word)
    for ending in ("ations", "ation", "ings", "ing", "ions", "ion", "ed", "al", "ly"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and re.search("[aeiouy]", rest):
            word = rest + "at" if ending.startswith("ation") else rest
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if doubled else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
