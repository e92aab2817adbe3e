"""What makes a key: names of options, as many as the question takes. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def key_problem(correct: object, *, options: Sequence[str], only_one: bool) -> str:
    """Return in one sentence what keeps `correct` from being a key to `options`; empty where nothing does."""
    if not isinstance(correct, list) or not all(isinstance(name, str) for name in correct):
        return 'Write what is right as a list of names, such as ["a"].'
    if not correct:
        return "Say what is right: without that, nobody’s answer could be graded."
    if strangers := [name for name in correct if name not in options]:
        return f"“{strangers[0]}” is nothing to choose here. There is: {', '.join(options) or 'nothing yet'}."
    if len(set(correct)) < len(correct):
        return "Something is named twice. Name each right option once."
    if only_one and len(correct) > 1:
        return "This question takes one answer, so name one that is right."
    return ""
