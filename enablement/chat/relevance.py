"""Which passages answer a question, and how well: what it asks for, and what each field is good for. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enablement.retrieval.search import Hit
from enablement.words import content_words

# A cosine for passages without one (the encoder was away): their words decide.
UNKNOWN_CLOSENESS = 0.4
COVERAGE_COUNTS = 0.3


def _asks(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# What a question asks for, by its words, and the fields (kind:field) and titles that give it.
ASKS = {
    "definition": _asks(
        r"^\W*(so |and )?what(['’]s| is| are)\b", r"\b(explain|means?|meaning)\b", r"\bdefin"
    ),
    "origin": _asks(r"\bhistor", r"\borigin", r"\b(come|came) from\b", r"\binvent", r"\bhow old\b"),
    "cost": _asks(r"\b(costs?|prices?|expensive|free|pay for|how much does)\b", r"\bcheap", r"\bbudget"),
    "fit": _asks(r"^\W*(so |and )?when\b", r"\bshould (we|i)\b", r"\bworth\b", r"\bpay off\b"),
    "limit": _asks(r"\b(limit|stop|fix|prevent|guarantee)", r"\b(safe|cannot|can['’]?t|not)\b"),
    "difference": _asks(r"\bdiffer", r"\bcompare", r"\b(versus|vs|better than|or)\b"),
    "analogy": _asks(r"\banalog", r"\bmetaphor", r"\b(what is it like|in terms of)\b"),
}
GIVES = {
    "definition": re.compile(r"^(?:card:what_it_is|term:meaning)"),
    "origin": re.compile(r"^card:where_it_comes_from"),
    "cost": re.compile(r"^(?:fit:.*What it costs|comparison:.*cost|script:.*cost)", re.I),
    "fit": re.compile(r"^(?:fit:.*› Fits|ladder:|comparison:.*claim)"),
    "limit": re.compile(r"^(?:fit:.*Does not help|guide_entry:why|disagreement:)"),
    "difference": re.compile(r"^(?:comparison:|card:what_makes_it_distinct)"),
    "analogy": re.compile(r"^analogy:mapping"),
}
_DEFINES = re.compile(r"card:(?:what_it_is|summary)$|term:meaning$")
GIVEN_COUNTS = 0.12
# Who asks for an analogy, or where something comes from, wants nothing else first.
ASKED_FOR_COUNTS = {"analogy": 0.3, "origin": 0.36}
# Fields that make no sense away from their page (a cell of a table, a step's price), and lines that answer a
# buyer's statement.
UNFIT = re.compile(r"^(comparison:[^ ]*:cell-|ladder:[^ ]*:(cost|stop_when)|distinction:[^ ]*:(say|remedy))")
# Who does not ask where something comes from learns nothing by it.
HISTORY = -0.2
# What a passage is worth for an answer by the field it stands in, in the size of a cosine. These and the
# three shares below are a logistic fit on pairs of question and passage of the calibration questions
# (coefficients over that of the cosine, rounded).
WORTH = (
    (re.compile(r"^card:what_it_is"), 0.18),
    # A line under a heading: the fields say it in full.
    (re.compile(r"^card:summary"), 0.0),
    (re.compile(r"^card:where_it_comes_from"), HISTORY),
    (re.compile(r"^card:"), 0.14),
    (re.compile(r"^distinction:"), 0.05),
    (re.compile(r"^(?:script|lesson|ladder):"), -0.08),
    (re.compile(r"^comparison:"), -0.18),
    (re.compile(r"^fit:example"), -0.1),
)
# Two questions with this share of their content words (Dice) are one, in other words.
JUST_THAT = 0.55
SHARED_COUNTS = 0.31
TITLE_COUNTS = 0.17
LEXICAL_COUNTS = 0.2
# What it is worth that questions like this one are answered by a piece (answered_by.py). Chosen on the
# calibration questions by ten folds: 4 to 8 are within a point.
ANSWERED_BY_COUNTS = 5.0


def match_passages(
    question: str, hits: Sequence[Hit], contexts: Mapping[int, str]
) -> list[tuple[Hit, float]]:
    """Return the hits that can stand in an answer, with how well they match `question`.

    Only differences between the numbers mean something; they are of the size of differences of cosines.
    """
    asked = {name for name, pattern in ASKS.items() if pattern.search(question)}
    return [
        (hit, _match(question, hit, contexts) + _fitness(hit, asked))
        for hit in hits
        if not UNFIT.search(_name(hit)) and (hit.kind != "analogy" or "analogy" in asked)
    ]


def rank_passages(matched: Sequence[tuple[Hit, float]], shares: Mapping[str, float]) -> list[Hit]:
    """Return the hits of `match_passages`, best first. `shares`: by slug, what like questions say for it."""
    scored = [(hit, match + ANSWERED_BY_COUNTS * shares.get(hit.slug, 0.0)) for hit, match in matched]
    return [hit for hit, _ in sorted(scored, key=lambda pair: -pair[1])]


def only_defines(question: str, hit: Hit) -> bool:
    """Whether a hit says what something is, to somebody who does not ask it."""
    return bool(_DEFINES.match(_name(hit))) and not ASKS["definition"].search(question)


def telling_words(question: str, hits: Sequence[Hit]) -> set[str]:
    """Return the content words of a question that fewer than half of what was found for it has."""
    has = [set(content_words(f"{hit.title}. {hit.text}")) for hit in hits]
    return {word for word in content_words(question) if sum(word in words for words in has) < len(has) / 2}


def says_when(question: str, hit: Hit) -> bool:
    """Whether a question asks when a method pays, and a hit is a situation that it fits."""
    situation = hit.kind == "fit" and GIVES["fit"].search(f"{_name(hit)} {hit.title}")
    return bool(ASKS["fit"].search(question) and situation)


def answers_just_that(question: str, hit: Hit, contexts: Mapping[int, str]) -> bool:
    """Whether a hit is the spoken answer to nearly this question."""
    asked = contexts.get(hit.passage_id, "") if hit.kind == "script" else ""
    return bool(asked) and shared(question, asked) >= JUST_THAT


def shared(one: str, other: str) -> float:
    """Return the share of content words that two texts have in common (Dice), 0 to 1."""
    first, second = set(content_words(one)), set(content_words(other))
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 0.0


def closeness_of(question: str, hit: Hit, contexts: Mapping[int, str]) -> float:
    """Return how near a passage is to a question: by meaning, and by the part of its words that it has."""
    closeness = UNKNOWN_CLOSENESS if hit.dense is None else hit.dense
    return closeness + COVERAGE_COUNTS * coverage_of(question, hit, contexts)


def coverage_of(question: str, hit: Hit, contexts: Mapping[int, str]) -> float:
    """Return the part of the question's content words that a passage has, with its title and context."""
    wanted = set(content_words(question))
    has = set(content_words(f"{hit.title}. {contexts.get(hit.passage_id, '')}. {hit.text}"))
    return len(wanted & has) / len(wanted) if wanted else 0.0


def _match(question: str, hit: Hit, contexts: Mapping[int, str]) -> float:
    wanted = set(content_words(question))
    titles = set(content_words(f"{hit.title.split('›')[0]} {contexts.get(hit.passage_id, '')}"))
    count = max(1, len(wanted))
    return (
        (UNKNOWN_CLOSENESS if hit.dense is None else hit.dense)
        + SHARED_COUNTS * coverage_of(question, hit, contexts)
        + TITLE_COUNTS * len(wanted & titles) / count
        + LEXICAL_COUNTS * (hit.lexical or 0.0) / count
    )


def _fitness(hit: Hit, asked: set[str]) -> float:
    named = f"{_name(hit)} {hit.title}"
    gives = {name for name in asked if GIVES[name].search(named)}
    given = max((ASKED_FOR_COUNTS.get(name, GIVEN_COUNTS) for name in gives), default=0.0)
    worth = next((worth for pattern, worth in WORTH if pattern.search(named)), 0.0)
    return given + worth


def _name(hit: Hit) -> str:
    return f"{hit.kind}:{hit.field}"
