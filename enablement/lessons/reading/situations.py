"""A fit while it is gathered, and the state while a section is read for fits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enablement.lessons.reading.blocks import Block
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, joined, span_of
from enablement.lessons.reading.roles import FIT_ROLES, Announced
from enablement.lessons.reading.sentences import slug_from
from enablement.lessons.reading.subjects import mentioned
from enablement.lessons.reading.wordings import Role

IT = re.compile(r"\b(?:it|this|that|they|one|not)\b", re.I)


@dataclass(slots=True)
class Situation:
    """One fit. With `from_body` its title is the first block's label, and its text begins after that."""

    role: Role
    card: str
    title: str
    title_span: Span
    text_blocks: list[Block]
    from_body: bool = False
    heading: Section | None = None
    lead: Block | None = None
    example: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class SectionReader:
    """The state while one section is read: the lead-in in force, and the situations found."""

    page: Page
    section: Section
    told: Announced | None
    lead: Block | None = None
    lead_told: Announced | None = None
    unused_lead: Block | None = None
    unclear: bool = False
    """Whether a line such as “Not here:” has turned the heading round in words that are not known."""
    found: list[Situation] = field(default_factory=list)
    subject_before: str = ""
    """What the section before spoke of, for a heading such as “When it does not”."""

    @property
    def role(self) -> Role | None:
        """What a line stands for here: as the lead-in says, else as the heading says."""
        told = self.lead_told or self.told
        return told.role if told and told.role in FIT_ROLES else None

    def start(self, title: str, title_span: Span, blocks: list[Block], from_body: bool = False) -> Situation:
        """Begin a situation under the role in force."""
        assert self.role is not None
        situation = Situation(self.role, self.card_for(blocks), title, title_span, blocks, from_body)
        situation.lead, self.unused_lead = self.unused_lead, None
        self.found.append(situation)
        return situation

    def card_for(self, blocks: list[Block]) -> str:
        """The nearest wording that names a method: lead-in, heading, card above, then the text itself."""
        named = [told.subject for told in (self.lead_told, self.told) if told and told.subject]
        above = [title for title in reversed(self.section.path[:-1]) if self.page.subjects.named(title)]
        lead = [self.lead.text] if self.lead else []
        spoken = [*named, self.section.title, *above, *lead]
        if not mentioned(self.page.subjects, spoken) and IT.search(self.section.title):
            spoken.append(self.subject_before)
        return mentioned(self.page.subjects, [*spoken, blocks[0].text]) or self.page.subjects.only_card


def keep_situation(page: Page, situation: Situation) -> None:
    """Record the draft of a situation."""
    blocks, first_body = situation.text_blocks, situation.from_body
    is_list_item = situation.heading is None
    item = {
        "slug": slug_from(situation.title),
        "card": situation.card,
        "kind": situation.role.value,
        "title": situation.title,
        "text": joined(blocks, first_body=first_body).removeprefix("- " if is_list_item else ""),
        "example": joined(situation.example, first_body=True),
    }
    spans = {"title": situation.title_span, "text": span_of(blocks, first_body=first_body)}
    if situation.example:
        spans["example"] = span_of(situation.example, first_body=True)
    lead = [situation.lead] if situation.lead else []
    headings = [situation.heading] if situation.heading else None
    page.keep("fit", item, spans, [*lead, *blocks, *situation.example], headings)
