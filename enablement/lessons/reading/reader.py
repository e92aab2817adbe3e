"""A document to drafts, passages and what was skipped. Pure: the same text gives the same reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from enablement.lessons.reading.analogies import find_analogies
from enablement.lessons.reading.blocks import Kind
from enablement.lessons.reading.card_prose import find_prose_cards
from enablement.lessons.reading.cards import card_sections, find_cards
from enablement.lessons.reading.comparison_lists import find_comparison_lists
from enablement.lessons.reading.comparison_tables import find_comparison_tables
from enablement.lessons.reading.comparisons import find_comparisons
from enablement.lessons.reading.covering import cover_headings
from enablement.lessons.reading.definitions import find_definitions
from enablement.lessons.reading.drafts import KINDS, Draft, Reading
from enablement.lessons.reading.fit_claims import find_claims
from enablement.lessons.reading.fit_prose import find_mistakes
from enablement.lessons.reading.fits import find_fits
from enablement.lessons.reading.guide import find_guide_tables
from enablement.lessons.reading.guide_lists import find_guide_lists
from enablement.lessons.reading.guide_pairs import find_guide_pairs
from enablement.lessons.reading.guide_sides import find_one_sided_lists
from enablement.lessons.reading.likenesses import find_likenesses
from enablement.lessons.reading.outline import Outline, outline_of
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.passages import make_passages
from enablement.lessons.reading.script_tables import find_script_tables
from enablement.lessons.reading.scripts import find_dialogues, find_questions
from enablement.lessons.reading.sentences import first_sentence, title_from
from enablement.lessons.reading.slugs import own_slugs
from enablement.lessons.reading.step_prose import find_prose_steps
from enablement.lessons.reading.steps import find_steps
from enablement.lessons.reading.subjects import find_subjects
from enablement.lessons.reading.term_lists import find_definition_lists, find_term_lists
from enablement.lessons.reading.terms import find_term_tables
from enablement.lessons.reading.trees import find_trees

# The order decides who takes a line that two could read: tables and labelled forms are the surest.
RECOGNISERS: tuple[Callable[[Page], None], ...] = (
    find_guide_tables,
    find_term_tables,
    find_script_tables,
    find_definition_lists,
    find_cards,
    find_analogies,
    find_comparison_lists,
    find_comparisons,
    find_comparison_tables,
    find_guide_pairs,
    find_guide_lists,
    find_one_sided_lists,
    find_dialogues,
    find_questions,
    find_term_lists,
    find_prose_cards,
    find_steps,
    find_prose_steps,
    find_trees,
    find_likenesses,
    find_fits,
    find_mistakes,
    find_claims,
    find_definitions,
)
MIN_TITLE_WORDS = 6
READABLE_NAME = re.compile(r"[A-Za-z]{3,}[ _-]+[A-Za-z]{3,}")


def read_document(text: str, name: str = "") -> Reading:
    """Take a document apart. `text` is as `decode_document` gives it; `name` helps where it has no title.

    Every line that is not blank lies in the span of a draft, a passage or a skipped part.
    """
    outline = outline_of(text)
    page = Page(outline, find_subjects(outline, card_sections(outline)))
    for recognise in RECOGNISERS:
        recognise(page)
    drafts, passages, empty = cover_headings(page, page.drafts, make_passages(page))
    return Reading(
        title=_title(outline, name),
        text=text,
        drafts=_with_own_slugs(drafts),
        passages=tuple(passages),
        skipped=tuple(sorted([*outline.skipped, *empty], key=lambda part: part.span)),
    )


def _title(outline: Outline, name: str) -> str:
    """The document's own title, else its file's name if that is in words, else its first sentence."""
    if outline.title:
        return title_from(outline.title)
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    if READABLE_NAME.search(stem):
        return title_from(re.sub(r"[ _-]+", " ", stem))
    prose = (block.text[:600] for block in outline.blocks if block.kind is Kind.PARAGRAPH)
    sentence = next((text for text in prose if len(text.split()) >= MIN_TITLE_WORDS), stem)
    return title_from(first_sentence(sentence))


def _with_own_slugs(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Put drafts in document order and give each a slug that no other of its kind has."""
    drafts = sorted(drafts, key=lambda draft: (draft.span, KINDS.index(draft.kind)))
    slugs: dict[str, Iterator[str]] = {}
    for kind in KINDS:
        wanted = [draft.item.get("slug", "") for draft in drafts if draft.kind == kind]
        slugs[kind] = iter(own_slugs(wanted, kind.replace("_", "-")))
    return tuple(
        replace(draft, item={"slug": next(slugs[draft.kind])} | _without_slug(draft)) for draft in drafts
    )


def _without_slug(draft: Draft) -> dict[str, Any]:
    return {key: value for key, value in draft.item.items() if key != "slug"}
