"""Tell what kind of problem a statement describes: two independent signals, each by a head of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from django.conf import settings

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import adapter_for, model_for
from enablement.judges.encoder import Vectors, encode, encode_spans
from enablement.judges.heads import NotTrained, regression_of
from enablement.judges.reading import gives_orders, is_code, other_language, read
from enablement.models import Card, Distinction, Head, Outcome, Person
from enablement.texts import MAX_STATEMENT, clean_text

UNSURE = "unsure"
# A signal this near to even odds is not known. Chosen on held-back folds of our own statements: see
# `train_judges`, which prints accuracy and share of unsure at this margin. Learnt from few statements, the
# scaling keeps every signal near even odds, and right verdicts with them.
MARGIN, MARGIN_OF_FEW = 0.36, 0.2
FEW_STATEMENTS = 100
# Fewer words than this say too little to be sorted.
MIN_WORDS = 3
# Evidence is looked for in clauses; a longer statement is read in this many pieces at most.
MAX_PIECES = 16
# At most this many pieces are shown as a signal's reason.
MAX_REASONS = 2
# The names of the signals that somebody else sees in a text, and who that is; None where nobody says.
SecondOpinion = Callable[[str], tuple[frozenset[str], str] | None]
_PIECE = re.compile(r"[^,;:.!?\n–—]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the statement that drove a signal; `start` and `end` count characters."""

    signal: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class CardLink:
    """A card to read on."""

    slug: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sorted statement. `signals` holds a strength from 0 to 1 for each signal's name.

    `settled_by` names the language model whose second opinion settled it; empty where none was needed.
    """

    text: str
    distinction: str
    outcome: str
    title: str
    signals: dict[str, float]
    evidence: list[Evidence]
    meaning: str
    remedy: str
    next_question: str
    say: str
    dont_say: str
    cards: list[CardLink]
    settled_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as the contract has it (and a little more)."""
        return asdict(self)


def default_distinction(person: Person) -> Distinction | None:
    """Return the first distinction that `person` may see."""
    return Distinction.objects.visible_to(person).first()


def signal_head(distinction: Distinction, signal: str) -> str:
    """Return the name of the head that tells `signal`."""
    return f"signal:{distinction.slug}:{signal}"


def sort_statement(
    text: str, distinction: Distinction, person: Person, *, second: SecondOpinion | None = None
) -> Verdict:
    """Sort `text` for `person`. The outcome is `unsure` where a signal is near even odds or little is said.

    Then `second` is asked, if it is given; only what both take for the likeliest is settled.

    Raises BadText, EncoderUnavailable, and NotTrained before the distinction's first training.
    """
    text = clean_text(text, what="statement", limit=MAX_STATEMENT)
    heads = _heads(distinction)
    reading = read(text)
    spans = _pieces(reading.text)
    vectors = _vectors(reading.text, spans, _task(heads.values()))
    strengths = {name: regression_of(head).probabilities(vectors) for name, head in heads.items()}
    signals = {name: round(float(values[0]), 3) for name, values in strengths.items()}
    unread = _unreadable(reading.text)
    pieces = [reading.span(*span) for span in spans]
    learnt_from = min(head.examples for head in heads.values())
    outcome, settled_by = None, ""
    if not unread:
        outcome = _outcome(distinction, signals, text, learnt_from)
        if outcome is None and second and _says_enough(text):
            outcome, settled_by = _settled(distinction, signals, second(text))
    evidence = [
        Evidence(name, *span, text[span[0] : span[1]])
        for name, values in strengths.items()
        if values[0] >= 0.5 and not unread
        for span in _driving(pieces, values[1:])
    ]
    cards = outcome.cards.visible_to(person) if outcome else Card.objects.none()
    links = [CardLink(card.slug, card.title, card.get_absolute_url()) for card in cards]
    verdict = _verdict(text, distinction, outcome, signals, evidence, links, unread)
    return replace(verdict, settled_by=settled_by)


def _task(heads: Iterable[Head]) -> Task | None:
    """What the heads' vectors are adapted to; None where they were fitted on plain ones."""
    plain = any(head.model == settings.EMBEDDING_MODEL for head in heads)
    return None if plain or adapter_for(Task.SORTING) is None else Task.SORTING


def _vectors(text: str, spans: Sequence[tuple[int, int]], task: Task | None) -> Vectors:
    """Return the vector of the text and those of its spans, below one another.

    An adapted model reads the spans in their place, in the same pass; a plain one reads each by itself.
    """
    model = model_for(task)
    if task is None:
        return encode([text, *(text[start:end] for start, end in spans)], model=model)
    whole, parts = encode_spans(text, spans, model=model)
    return np.vstack([whole, parts])


def best_outcome(outcomes: Sequence[Outcome], signals: dict[str, float]) -> Outcome:
    """Return the outcome whose signals are the likeliest together, taking signals as independent."""

    def log_likelihood(outcome: Outcome) -> float:
        present = {signal.name for signal in outcome.signals.all()}
        odds = [value if name in present else 1 - value for name, value in signals.items()]
        return float(np.log(np.clip(odds, 1e-9, 1)).sum())

    return max(outcomes, key=log_likelihood)


def is_sure(signals: dict[str, float], text: str, learnt_from: int) -> bool:
    """Whether there is enough to read and every signal, learnt from so many, is far from even odds."""
    margin = MARGIN if learnt_from >= FEW_STATEMENTS else MARGIN_OF_FEW
    return _says_enough(text) and all(abs(value - 0.5) >= margin for value in signals.values())


def _says_enough(text: str) -> bool:
    return len(re.findall(r"\w+", text)) >= MIN_WORDS


def _heads(distinction: Distinction) -> dict[str, Head]:
    names = [signal.name for signal in distinction.signals.all()]
    heads = {head.name: head for head in Head.objects.filter(name__startswith=signal_head(distinction, ""))}
    missing = [name for name in names if signal_head(distinction, name) not in heads]
    if missing:
        raise NotTrained(
            f"“{distinction.title}” is still being learnt from its statements. That takes a minute after new "
            "content; try again then."
        )
    return {name: heads[signal_head(distinction, name)] for name in names}


def _outcome(
    distinction: Distinction, signals: dict[str, float], text: str, learnt_from: int
) -> Outcome | None:
    outcomes = list(distinction.outcomes.prefetch_related("signals"))
    return best_outcome(outcomes, signals) if is_sure(signals, text, learnt_from) else None


def _settled(
    distinction: Distinction, signals: dict[str, float], opinion: tuple[frozenset[str], str] | None
) -> tuple[Outcome | None, str]:
    """The likeliest outcome and who agreed, where somebody else sees just its signals; else nothing."""
    best = best_outcome(list(distinction.outcomes.prefetch_related("signals")), signals)
    if opinion is None or opinion[0] != {signal.name for signal in best.signals.all()}:
        return None, ""
    return best, opinion[1]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Clauses of two words or more, joined to at most MAX_PIECES; none where the text is one clause."""
    spans = [match.span() for match in _PIECE.finditer(text) if len(match.group().split()) > 1]
    spans = [(start + len(text[start:end]) - len(text[start:end].lstrip()), end) for start, end in spans]
    if len(spans) == 1:
        spans = _halves(text, *spans[0])
    step = -(-len(spans) // MAX_PIECES) if spans else 1
    return [(spans[i][0], spans[min(i + step, len(spans)) - 1][1]) for i in range(0, len(spans), step)]


def _halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut one long clause into runs of about four words, so that the words that count can be marked."""
    words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    if len(words) < 6:
        return []
    runs = [words[i : i + 4] for i in range(0, len(words), 4)]
    return [(start + run[0][0], start + run[-1][1]) for run in runs]


def _driving(pieces: Sequence[tuple[int, int]], strengths: Any) -> list[tuple[int, int]]:
    """The piece that shows the signal most by itself, and the next if it shows it as well."""
    ranked = sorted(zip(strengths.tolist(), pieces, strict=True), reverse=True)[:MAX_REASONS]
    return sorted(span for rank, (value, span) in enumerate(ranked) if rank == 0 or value >= 0.5)


def _unreadable(text: str) -> str:
    """Why a text cannot be sorted, in a sentence; empty where it can."""
    if language := other_language(text):
        return f"This reads like {language}. Sorting has learnt from English only: put it into English first."
    if is_code(text):
        return "This reads like code or data. Put what the buyer said about it, in a sentence or two."
    if gives_orders(text):
        return (
            "Part of this is an order to whoever reads it, and not what a buyer has. Leave that sentence out."
        )
    return ""


def _verdict(
    text: str,
    distinction: Distinction,
    outcome: Outcome | None,
    signals: dict[str, float],
    evidence: list[Evidence],
    cards: list[CardLink],
    unread: str,
) -> Verdict:
    common = {"text": text, "distinction": distinction.slug, "signals": signals, "evidence": evidence}
    if outcome is None:
        return Verdict(
            **common,  # type: ignore[arg-type]
            outcome=UNSURE,
            title="Not sure yet",
            meaning=unread or "The words do not settle what kind of problem the buyer has.",
            remedy="",
            next_question=distinction.unsure_question,
            say="",
            dont_say="",
            cards=[],
        )
    return Verdict(
        **common,  # type: ignore[arg-type]
        outcome=outcome.name,
        title=outcome.title,
        meaning=outcome.meaning,
        remedy=outcome.remedy,
        next_question=outcome.next_question,
        say=outcome.say,
        dont_say=outcome.dont_say,
        cards=cards,
    )
