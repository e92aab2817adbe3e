"""An order of work told in running text: “Try A first. If that is not enough, try B.”"""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import clean, sentence_spans, title_from
from enablement.lessons.reading.steps import step_item

MIN_ESCALATIONS = 2
FIRST = re.compile(r"\bfirst\b|^(?:\w+ ){0,2}(?:start|begin) (?:with|by)\b", re.I)
ESCALATION = re.compile(
    r"(?:if (?:that|this|it|they|neither|none of (?:that|this))\b[^,.]{0,60},\s+(?:then\s+)?"
    r"(?:and only then,?\s+)?"
    r"|only (?:then|after that|when that fails)[:,]?\s+|failing that,?\s+)",
    re.I,
)
NOT_ENOUGH = re.compile(
    r"\b(?:not|never|n't|n’t|fails?|failed|falls? short|still)\b|\bfailing\b|\bonly\b|\bneither\b", re.I
)
LEAD_IN = re.compile(r"[^:]{3,80}:\s+")


def find_prose_steps(page: Page) -> None:
    """Record the steps of each paragraph that goes from a first thing to try on to at least two more.

    The paragraph is not taken: what else it says stays a passage.
    """
    for block in page.free(page.outline.blocks):
        if block.kind is Kind.PARAGRAPH:
            for span in _chain(page, block):
                _keep(page, span)


def _chain(page: Page, block: Block) -> list[Span]:
    """The sentences from the first thing to try on to the last escalation, or none."""
    spans = sentence_spans(page.text, block.text_span)
    onward = [place for place, span in enumerate(spans) if _is_escalation(page.text[slice(*span)])]
    if len(onward) < MIN_ESCALATIONS:
        return []
    before = (place for place in range(onward[0]) if FIRST.search(page.text[slice(*spans[place])]))
    start = next(before, None)
    return [] if start is None else spans[start : onward[-1] + 1]


def _is_escalation(sentence: str) -> bool:
    match = ESCALATION.match(sentence)
    return match is not None and NOT_ENOUGH.search(match.group()) is not None


def _keep(page: Page, span: Span) -> None:
    sentence = page.text[slice(*span)]
    match = ESCALATION.match(sentence) or LEAD_IN.match(sentence)
    start = span[0] + (match.end() if match else 0)
    title = title_from(page.text[start : span[1]])
    item = step_item(page, title, clean(sentence))
    page.keep("ladder_step", dict(item), {"title": (start, span[1]), "text": span}, [], span=span)
