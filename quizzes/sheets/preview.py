"""A question as an attempt would show it, for editors."""

from __future__ import annotations

from quizzes.kinds import part_of, parts_in
from quizzes.models import Question
from quizzes.sheets.open_sheet import Choice, OpenQuestion, Part, what_to_do


def preview(question: Question) -> OpenQuestion:
    """Return a question with nothing answered, everything in the order in which it is stored."""
    rules, texts, names = question.rules, question.option_texts(), question.names()
    parts = [
        Part(
            part,
            rules.part_text(part, texts, question.stories),
            [Choice(name, rules.choice_text(name, texts), False) for name in names if part_of(name) == part],
        )
        for part in parts_in(names)
    ]
    return OpenQuestion(
        id=question.pk,
        number=1,
        kind=question.kind,
        ask=what_to_do(question),
        prompt=question.prompt,
        parts=parts,
        text="",
        client_seq=0,
        saved_at=None,
        is_answered=False,
    )
