"""What a step costs and when to stop, as labelled lines or as sentences of the step's own text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enablement.lessons.reading.blocks import Block
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.sentences import clean, sentence_spans

FIELDS = {
    "cost": "cost",
    "costs": "cost",
    "price": "cost",
    "effort": "cost",
    "stop when": "stop_when",
    "stop if": "stop_when",
    "done when": "stop_when",
    "enough when": "stop_when",
}
COST = re.compile(r"(?:the )?(?:costs?|price|effort):\s+", re.I)
STOP = re.compile(r"(?:stop (?:here )?|done |enough |you are done )(?:when|if|once|as soon as):?\s+", re.I)


@dataclass(slots=True)
class StepText:
    """The text of a step, with what was said in it about cost and stopping set apart."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)


def labelled_field(block: Block) -> str | None:
    """Return the step's field that a labelled line gives, or None."""
    return FIELDS.get(block.label.key) if block.label and block.body else None


def split_step(source: str, span: Span) -> StepText:
    """Take the sentences “Cost: …” and “Stop when …” out of a step's text."""
    found = StepText()
    kept: list[Span] = []
    for start, end in sentence_spans(source, span):
        sentence = source[start:end]
        stop = STOP.match(sentence)
        match = stop or COST.match(sentence)
        if match is None:
            kept.append((start, end))
            continue
        name = "stop_when" if stop else "cost"
        found.fields[name] = clean(sentence[match.end() :]).rstrip(".")
        found.spans[name] = (start + match.end(), end)
    if kept:
        whole = source[kept[0][0] : kept[-1][1]] if not found.fields else ""
        found.text = clean(whole) or " ".join(clean(source[slice(*piece)]) for piece in kept)
        found.spans["text"] = (kept[0][0], kept[-1][1])
    return found
