"""Scripts: a question that is put to us and the answer to speak, from dialogues and question lists."""

from __future__ import annotations

from itertools import pairwise

from enablement.lessons.reading.asking import Asked, answer_start, asked_in, is_answer
from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, joined, span_of
from enablement.lessons.reading.sentences import clean, plain, slug_from, unquoted
from enablement.lessons.reading.wordings import Role

CLOSING = "\"”’'»"


def find_dialogues(page: Page) -> None:
    """Record a script for each asker's line (“Buyer: …”, “Q: …”) with an answer under it."""
    for section in page.outline.sections:
        blocks = page.free(section.blocks)
        place = 0
        while place < len(blocks):
            asked = asked_in(page.text, blocks[place])
            end = _answer_end(page, blocks, place) if asked else 0
            if asked and end:
                _keep(page, asked, [blocks[place]], blocks[place + 1 : end])
            place = max(end, place + 1)
        _read_heading(page, section, blocks)


def find_questions(page: Page) -> None:
    """Record a script for each question that is a sub-heading or stands in bold before its answer.

    Only where a heading announces questions.
    """
    for section in page.outline.sections:
        role = page.role(section)
        if role is None or role.role is not Role.SCRIPT:
            continue
        for part in [section, *page.outline.below(section)]:
            asks = part.title.endswith("?") or unquoted(part.title) != part.title
            if asks and part is not section and (blocks := page.leading_free(part.blocks)):
                _keep_heading(page, part, blocks)
            else:
                _read_bold(page, part)


def script_item(question: str, answer: str) -> dict[str, str]:
    """Return the fields of a script."""
    return {"slug": slug_from(question), "question": question, "answer": answer}


def _read_heading(page: Page, section: Section, blocks: list[Block]) -> None:
    """A heading that is marked as a question (“Q. …”), or one over a marked answer."""
    if not blocks or not page.free(blocks[:1]):
        return
    marked = answer_start(section.title, asking=True) > 0
    if marked or (is_answer(page.text, blocks[0]) and section.title.endswith("?")):
        _keep_heading(page, section, blocks[: _last_of_answer(page, blocks, 0)])


def _read_bold(page: Page, section: Section) -> None:
    """“**Is it safe?** Yes.”, with the paragraphs up to the next such question."""
    blocks = page.leading_free(section.blocks)
    starts = [place for place, block in enumerate(blocks) if _bold_question(block)]
    for start, end in pairwise([*starts, len(blocks)]):
        label, body = blocks[start].label, blocks[start].body_span
        assert label is not None
        asked = Asked(unquoted(label.text), (blocks[start].text_span[0], body[0]))
        item = script_item(asked.text, joined(blocks[start:end], first_body=True))
        spans = {"question": asked.span, "answer": span_of(blocks[start:end], first_body=True)}
        page.keep("script", item, spans, blocks[start:end])


def _bold_question(block: Block) -> bool:
    return block.label is not None and block.label.text.endswith("?") and bool(block.body)


def _answer_end(page: Page, blocks: list[Block], place: int) -> int:
    """Where the answer to the question at `place` ends, or 0 when there is none."""
    if place + 1 >= len(blocks) or not is_answer(page.text, blocks[place + 1]):
        return 0
    return _last_of_answer(page, blocks, place + 1)


def _last_of_answer(page: Page, blocks: list[Block], first: int) -> int:
    """An answer in quotation marks ends with them; another one goes on to the next label."""
    body = blocks[first].body
    if body and unquoted(body) != body and body[-1] in CLOSING:
        return first + 1
    end = first + 1
    kinds = (Kind.PARAGRAPH, Kind.ITEM)
    while end < len(blocks) and blocks[end].kind in kinds and not _speaks(page, blocks[end]):
        end += 1
    return end


def _speaks(page: Page, block: Block) -> bool:
    """Whether a block begins with a label of its own or with the mark of the next question."""
    return block.label is not None or asked_in(page.text, block) is not None


def _answer(page: Page, blocks: list[Block]) -> tuple[str, tuple[int, int]]:
    """The answer's text and span, without the mark before it."""
    first = blocks[0]
    source = page.text[slice(*first.text_span)]
    start = first.text_span[0] + answer_start(source)
    if start == first.text_span[0] and is_answer(page.text, first):
        start = first.body_span[0]
    if start == first.text_span[0]:
        return unquoted(joined(blocks)), span_of(blocks)
    head = clean(page.text[start : first.span[1]])
    text = "\n\n".join(part for part in (head, joined(blocks[1:])) if part)
    return unquoted(text), (start, span_of(blocks)[1])


def _keep(page: Page, asked: Asked, question: list[Block], answer: list[Block]) -> None:
    text, span = _answer(page, answer)
    item = script_item(asked.text, text)
    page.keep("script", item, {"question": asked.span, "answer": span}, [*question, *answer])


def _keep_heading(page: Page, section: Section, answer: list[Block]) -> None:
    text, span = _answer(page, answer)
    question = unquoted(plain(section.title[answer_start(section.title, asking=True) :]))
    spans = {"question": section.span, "answer": span}
    page.keep("script", script_item(question, text), spans, answer, [section])
