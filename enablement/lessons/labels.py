"""What the fields of a lesson are called on screen, and what to write in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# By the field's name; where a kind needs other words, by kind and name.
LABELS = {
    "slug": "Short name in addresses",
    "name": "Short name",
    "dont_say": "Don’t say",
    "do_say": "Say instead",
    "why": "Why",
    "breaks": "Phrasings that break it",
    "fine": "Phrasings near it that are fine",
    "covers": "Ideas that it guards against",
    "aliases": "Other names",
    "sources": "Sources",
    "stop_when": "Stop here when",
    "say": "Line to say",
    "yes_question": "Yes leads to the question",
    "yes_step": "Yes ends at the step",
    "yes_text": "What to say on yes",
    "no_question": "No leads to the question",
    "no_step": "No ends at the step",
    "no_text": "What to say on no",
    "help": "How to find out",
    "cells": "What it means for each card",
    "term": "Term",
    "position": "Place among the lessons",
    "card": "Card",
    "example": "An example",
    "unsure_question": "What to ask when the sorting is not sure",
}
KIND_LABELS = {
    ("analogy", "holds"): "Where it holds",
    ("analogy", "breaks"): "Where it breaks",
    ("analogy", "familiar"): "What they already know",
    ("analogy", "mapping"): "How it maps to the card",
    ("analogy", "caution"): "What to watch for with a buyer",
    ("fit", "kind"): "What it says about the method",
    ("fit", "text"): "The situation",
    ("distinction", "question"): "The question that it answers",
    ("script", "question"): "What people ask",
    ("script", "answer"): "The spoken answer",
    ("disagreement", "point"): "The point in question",
    ("disagreement", "positions"): "Positions",
    ("signals", "question"): "The question to ask yourself",
    ("signals", "description"): "How to recognise it",
    ("outcomes", "signals"): "Signals that are present",
    ("outcomes", "meaning"): "What it means",
    ("outcomes", "remedy"): "What to do about it",
    ("questions", "text"): "The yes/no question",
    ("traits", "claim"): "The claim that it argues",
    ("statements", "text"): "Statement",
    ("positions", "stance"): "What they hold",
}
HINTS = {
    ("card", "what_it_is"): "Two or three short sentences. A reader must be able to say them aloud.",
    ("card", "summary"): "One line under the title.",
    ("card", "aliases"): "What buyers also call it. One a line.",
    ("term", "aliases"): "One a line.",
    ("guide_entry", "dont_say"): "The line as a rep would say it, without quotation marks.",
    ("guide_entry", "do_say"): "A line that may be said word for word.",
    ("guide_entry", "breaks"): "One a line. At least three, so that the wording check can learn it.",
    ("guide_entry", "fine"): "One a line: near the line above, and yet in order.",
    ("guide_entry", "covers"): "Short names, one a line.",
    ("analogy", "holds"): "One point a line.",
    ("analogy", "breaks"): "One point a line.",
    ("script", "answer"): "About 75 words: thirty seconds when spoken.",
    ("distinction", "signals"): "Independent of one another: a statement may show one, several or none.",
    ("distinction", "outcomes"): "One for each combination of signals that needs an answer of its own.",
    ("distinction", "statements"): "What buyers say, one a line. Add “ // ” and the reason where you have "
    "one. Eight for each outcome teach the sorting enough to begin with.",
    ("signals", "name"): "Left empty, it is made from the title.",
    ("outcomes", "name"): "Left empty, it is made from the title.",
    ("lesson", "thesis"): "The one thing to take away.",
    ("ladder", "steps"): "The cheapest that may be enough comes first.",
    ("ladder", "questions"): "The first question is where the walk begins.",
    ("disagreement", "house_position"): "What we say, whatever the sources hold.",
}
ROW_TITLES = {
    "traits": "Trait",
    "signals": "Signal",
    "outcomes": "Outcome",
    "statements": "Statement",
    "steps": "Step",
    "questions": "Question",
    "positions": "Position",
}


@dataclass(frozen=True)
class Words:
    """What the fields of a schema are called: by name, or by owner and name where an owner has its own word.

    The owner of a field is its kind of piece, or the list of rows that it stands in.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    own_labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    hints: Mapping[tuple[str, str], str] = field(default_factory=dict)
    row_titles: Mapping[str, str] = field(default_factory=dict)

    def label(self, owner: str, name: str) -> str:
        """Return the label of a field."""
        known = self.own_labels.get((owner, name)) or self.labels.get(name)
        return known or name.replace("_", " ").capitalize()

    def hint(self, owner: str, name: str) -> str:
        """Return what to write in a field, or an empty text."""
        return self.hints.get((owner, name), "")

    def row_title(self, name: str) -> str:
        """Return what one row of a list is called."""
        return self.row_titles.get(name, "Row")


LESSON_WORDS = Words(LABELS, KIND_LABELS, HINTS, ROW_TITLES)


def label_of(owner: str, name: str) -> str:
    """Return the label of a field of a lesson, as LESSON_WORDS have it."""
    return LESSON_WORDS.label(owner, name)
