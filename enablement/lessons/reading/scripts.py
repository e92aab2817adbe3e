"""Scripts: a question that is put to us and the answer to speak, from dialogues and question lists."""

from __future__ import annotations

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, joined, span_of
from enablement.lessons.reading.sentences import slug_from, unquoted
from enablement.lessons.reading.vocabulary import ANSWERERS, ASKERS
from enablement.lessons.reading.wordings import Role

CLOSING = "\"”’'»"


def find_dialogues(page: Page) -> None:
    """Record a script for each asker's line (“Buyer: …”, “Q: …”) with an answer under it."""
    for section in page.outline.sections:
        blocks = page.free(section.blocks)
        place = 0
        while place < len(blocks):
            end = _answer_end(blocks, place)
            if end:
                _keep(page, blocks[place], blocks[place + 1 : end])
            place = max(end, place + 1)
        if blocks and _is_answer(blocks[0]) and section.title.endswith("?"):
            _keep_heading(page, section, blocks[: _last_of_answer(blocks, 0)])


def find_questions(page: Page) -> None:
    """Record a script for each sub-heading that is a question, where the section announces such."""
    for section in page.outline.sections:
        role = page.role(section)
        if role is None or role.role is not Role.SCRIPT:
            continue
        for child in page.outline.below(section):
            blocks = page.leading_free(child.blocks)
            if child.title.endswith("?") and blocks:
                _keep_heading(page, child, blocks)


def _is_answer(block: Block) -> bool:
    return block.label is not None and block.label.key in ANSWERERS


def _answer_end(blocks: list[Block], place: int) -> int:
    """Where the answer to the question at `place` ends, or 0 when there is no question with an answer."""
    label = blocks[place].label
    if label is None or label.key not in ASKERS or not blocks[place].body:
        return 0
    if place + 1 >= len(blocks) or not _is_answer(blocks[place + 1]):
        return 0
    return _last_of_answer(blocks, place + 1)


def _last_of_answer(blocks: list[Block], first: int) -> int:
    """An answer in quotation marks ends with them; another one goes on to the next label."""
    body = blocks[first].body
    if body and unquoted(body) != body and body[-1] in CLOSING:
        return first + 1
    end = first + 1
    while end < len(blocks) and blocks[end].label is None and blocks[end].kind in (Kind.PARAGRAPH, Kind.ITEM):
        end += 1
    return end


def _keep(page: Page, question: Block, answer: list[Block]) -> None:
    text = unquoted(joined(answer, first_body=True))
    asked = unquoted(question.body)
    item = {"slug": slug_from(asked), "question": asked, "answer": text}
    spans = {"question": question.body_span, "answer": span_of(answer, first_body=True)}
    page.keep("script", item, spans, [question, *answer])


def _keep_heading(page: Page, section: Section, answer: list[Block]) -> None:
    labelled = _is_answer(answer[0])
    item = {
        "slug": slug_from(section.title),
        "question": unquoted(section.title),
        "answer": unquoted(joined(answer, first_body=labelled)),
    }
    spans = {"question": section.span, "answer": span_of(answer, first_body=labelled)}
    page.keep("script", item, spans, answer, [section])
