"""A question as an attempt would show it, for editors: one that is stored, or one that is being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizzes.kinds import QuestionKind, part_of, parts_in
from quizzes.models import Question
from quizzes.sheets.open_sheet import Choice, OpenQuestion, Part, what_to_do


def preview(question: Question) -> OpenQuestion:
    """Return a question with nothing answered, everything in the order in which it is stored."""
    texts, kind = question.option_texts(), QuestionKind(question.kind)
    return preview_of(kind, question.prompt, texts, question.stories, ask=what_to_do(question))


def preview_of(
    kind: QuestionKind, prompt: str, texts: Mapping[str, str], stories: Sequence[str], *, ask: str = ""
) -> OpenQuestion:
    """Return a question that need not be stored. `texts`: its options by name; `ask`: what to do."""
    rules = kind.rules
    names = rules.names(list(texts))
    parts = [
        Part(
            part,
            rules.part_text(part, texts, stories),
            [Choice(name, rules.choice_text(name, texts), False) for name in names if part_of(name) == part],
        )
        for part in parts_in(names)
    ]
    return OpenQuestion(
        id=0,
        number=1,
        kind=kind,
        ask=ask or rules.ask,
        prompt=prompt,
        parts=parts,
        text="",
        client_seq=0,
        saved_at=None,
        is_answered=False,
    )
