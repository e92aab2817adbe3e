"""What the fields of a question are called on screen, and what to write in them."""

from __future__ import annotations

from typing import Final

from enablement.lessons.labels import Words

_WRITTEN = ("rewrite", "free_text", "analogy_break")
_CHOICES = ("one_choice", "several_choices")

QUESTION_WORDS: Final = Words(
    labels={
        "prompt": "The question",
        "explanation": "Why, for everybody who answered",
        "topic": "Topic",
        "difficulty": "How hard it is",
        "card": "Card to read again",
        "guide_entry": "Line of the guide that goes with it",
        "family": "Siblings",
        "options": "What there is to choose from",
        "correct": "This is right",
        "misconception": "What somebody believes who chooses it",
        "distinction": "Sorted by",
        "outcome": "The right answer",
        "misconceptions": "What somebody believes who chooses another",
        "ladder": "Order of steps",
        "step": "The cheapest step that is enough",
        "steps": "The steps, in the right order",
        "phrases": "The pitch, in stretches",
        "must_go": "This must not be said",
        "answers": "The answers to choose from",
        "stories": "The two stories",
        "answer": "The right answer to it",
        "model_answer": "What a good answer says",
        "checks": "What an answer is checked for",
        "needs": "How many checks make an answer right",
        "must_not_say": "What must not be said",
        "bench": "Sample answers",
        "met": "Checks that it meets",
        "breaks": "It says what must not be said",
    },
    own_labels={
        ("sort", "prompt"): "What the buyer says",
        ("cheapest_step", "prompt"): "The buyer’s situation",
        ("mark_words", "prompt"): "Who writes to whom",
        ("rewrite", "prompt"): "The line to rewrite",
        ("analogy_break", "prompt"): "The analogy, as somebody says it",
        ("options", "text"): "Option",
        ("phrases", "text"): "Stretch of the pitch",
        ("phrases", "why"): "Why it must go, or what somebody believes who marks it",
        ("stories", "text"): "Story",
        ("stories", "why"): "Why",
        ("checks", "title"): "Check",
        ("checks", "says"): "Sentences that meet it",
        ("checks", "wrong"): "Sentences that miss it",
        ("bench", "text"): "Answer",
    },
    hints={
        ("sort", "prompt"): "One or two sentences, as a buyer would say them, without quotation marks.",
        ("flip_pair", "prompt"): "The one question that both stories are asked about.",
        ("checks", "says"): "One a line. Any of them meets the check: write it in several ways.",
        ("checks", "wrong"): "One a line: near the check, and yet not what it asks for.",
        ("options", "misconception"): "Only for a wrong one. It is shown to whoever chose it.",
        **{(kind, "steps"): "One a line, what comes first on top." for kind in ("put_in_order",)},
        ("flip_pair", "answers"): "One a line, three at least, so that guessing does not help.",
        ("flip_pair", "stories"): "The same story twice, one fact apart, so that the answer changes.",
        **{
            (kind, "options"): "About as long as one another, so that none stands out by its length."
            for kind in _CHOICES
        },
        ("mark_words", "phrases"): "They are shown in this order, as one text.",
        **{(kind, "checks"): "Three to six yes/no checks. One thing each." for kind in _WRITTEN},
        **{(kind, "must_not_say"): "One a line. An answer that says it does not count." for kind in _WRITTEN},
        **{(kind, "needs"): "Left empty: two thirds of them." for kind in _WRITTEN},
        **{
            (
                kind,
                "bench",
            ): "Eight at least, one of which meets every check. They show how well it is graded."
            for kind in _WRITTEN
        },
    },
    row_titles={
        "options": "Option",
        "phrases": "Stretch",
        "stories": "Story",
        "checks": "Check",
        "bench": "Sample answer",
    },
)
SHARED_HINTS: Final = {
    "explanation": "Two sentences that teach. Shown once somebody has handed in.",
    "topic": "Choose one that there is, or write a new one.",
    "family": "Questions that stand in for one another share a word here. No attempt shows two of them.",
}
