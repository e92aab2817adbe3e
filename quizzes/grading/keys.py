"""What makes a key: names of options, as many as the question takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


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


def misconceptions_problem(misconceptions: object, *, options: Sequence[str], correct: Sequence[str]) -> str:
    """Return what is wrong with `misconceptions` (a text by the name of a wrong option), or an empty text."""
    if not isinstance(misconceptions, Mapping):
        return 'Write misconceptions by option, such as {"b": "what somebody who chose it believes"}.'
    for name, belief in misconceptions.items():
        if name not in options:
            return f"“{name}” is nothing to choose here. There is: {', '.join(options) or 'nothing yet'}."
        if name in correct:
            return f"“{name}” is right, so there is no misconception behind it."
        if not isinstance(belief, str) or not belief.strip():
            return f"Say in words what somebody who chose “{name}” believes, or leave it out."
    return ""
