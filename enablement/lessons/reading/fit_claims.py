"""Fits claimed in running text: “Prompting excels at …”, “Backup is the wrong tool for …”, rules of thumb."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.levels import CLOSING
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import clean, plain, sentence_spans, slug_from, title_from
from enablement.lessons.reading.wordings import Role

ADVERB = r"(?:(?:\w+ly|also|often|always|almost|usually|still|at its|a) ){0,3}"
CHOICE = r"(?:choice|tool|answer|fit|option|place|starting point|first step|way|method)"
GOOD = r"(?:right|best|better|natural|safe|safer|good|obvious|cheaper)"
BAD = r"(?:wrong|poor|bad|weak|worst|costly)"
CLAIMS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.DOES_NOT_HELP,
        re.compile(
            rf"{ADVERB}(?:(?:is|are) {ADVERB}(?:the |an? )?{BAD} {CHOICE}\b"
            rf"|(?:is|are) {ADVERB}(?:bad|poor|weak|no good) at\b"
            r"|(?:is|are) (?:no|not a) (?:substitute|replacement|cure|answer)\b"
            r"|(?:struggles?|falls? short|breaks? down) (?:with|at|when|where|on|for|in)\b)",
            re.I,
        ),
    ),
    (
        Role.FITS,
        re.compile(
            rf"{ADVERB}(?:excels? (?:at|in|when|where)\b|shines? (?:at|in|when|where|for)\b"
            rf"|(?:is|are) {ADVERB}(?:the |an? )?{GOOD} {CHOICE}\b"
            rf"|(?:is|are) {ADVERB}(?:good|great|strong|ideal|perfect|(?:well |best )?suited|made)"
            r" (?:at|for|when|to)\b"
            r"|(?:comes?|goes) first (?:when|if|where)\b|works? (?:best|well) (?:for|when|where|with|in)\b)",
            re.I,
        ),
    ),
)
RULE = re.compile(
    r"(?:the |a |our )?(?:practical |short |general |simple )?(?:rule of thumb|rule|message|advice|tip"
    r"|recommendation|guidance)s?$"
)


def find_claims(page: Page) -> None:
    """Record a fit for each sentence that begins with a method and says what it is good or bad at.

    The paragraph is not taken; a closing section only repeats. A labelled rule of thumb is advice.
    """
    for block in page.free(page.outline.blocks):
        section = page.outline.sections[block.section]
        if block.kind is not Kind.PARAGRAPH or CLOSING.match(section.title):
            continue
        if block.label is not None and RULE.match(block.label.key):
            _keep_rule(page, block)
            continue
        for start, end in sentence_spans(page.text, block.text_span):
            _keep_claim(page, (start, end))


def _keep_claim(page: Page, span: Span) -> None:
    sentence = plain(clean(page.text[slice(*span)]))
    slug, rest = page.subjects.opening_and_rest(sentence)
    role = next((role for role, wording in CLAIMS if slug and wording.match(rest)), None)
    if role is not None:
        _keep(page, slug, role, sentence, span, [])


def _keep_rule(page: Page, block: Block) -> None:
    slug = page.subjects.first_in(block.body)
    if slug:
        _keep(page, slug, Role.ADVICE, block.text, block.text_span, [block])


def _keep(page: Page, slug: str, role: Role, text: str, span: Span, blocks: list[Block]) -> None:
    title = title_from(text)
    item = {"slug": slug_from(title), "card": slug, "kind": role.value, "title": title, "text": text}
    page.keep("fit", item, {"title": span, "text": span}, blocks, span=span)
