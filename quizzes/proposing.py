"""Proposals of questions into the bank, as drafts that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from enablement import audit
from enablement.models import Card, Comparison, GuideEntry, Lesson, Person, State
from quizzes.bank import bank_of
from quizzes.exporting import question_data
from quizzes.generating import EntryText, Proposal, TraitText, faults, from_entry, from_trait
from quizzes.models import Origin, Question, QuestionKind
from quizzes.schema import ChoiceItem
from quizzes.versions import Links, bring_question


@transaction.atomic
def propose_questions(lesson: Lesson, person: Person) -> list[Question]:
    """Make drafts from the released guide entries and comparisons of a lesson, and return the new ones.

    What is in the bank already, in whatever state, is not proposed again; what has a fault is not at all.
    """
    known = [
        ChoiceItem.model_validate(question_data(question))
        for question in bank_of(lesson).filter(kind=QuestionKind.ONE_CHOICE, key__isnull=False)
    ]
    slugs = set(Question.objects.values_list("slug", flat=True))
    made = []
    for proposal in _proposals(lesson):
        if proposal.item.slug not in slugs and not faults(proposal.item, known):
            made.append(_keep(lesson, proposal))
            known.append(proposal.item)
    audit.record(person, "propose_questions", lesson, after={"made": [question.slug for question in made]})
    return made


def _keep(lesson: Lesson, proposal: Proposal) -> Question:
    cards = {card.slug: card for card in Card.objects.filter(slug=proposal.item.card)}
    entries = {row.slug: row for row in GuideEntry.objects.filter(slug=proposal.item.guide_entry)}
    links = Links(lesson, cards=cards, entries=entries)
    question, _ = bring_question(
        proposal.item, links, state=State.DRAFT, origin=Origin.RULE, source_quote=proposal.source_quote
    )
    return question


def _proposals(lesson: Lesson) -> Iterator[Proposal]:
    for entry in GuideEntry.objects.filter(lesson=lesson, state=State.RELEASED).prefetch_related("phrasings"):
        breaks = [row.text for row in entry.phrasings.all() if row.breaks]
        proposal = from_entry(EntryText(entry.slug, entry.do_say, entry.why, breaks))
        if proposal is not None:
            yield proposal
    rows = Comparison.objects.filter(lesson=lesson, state=State.RELEASED)
    for comparison in rows.prefetch_related("traits", "cards"):
        titles = {card.slug: card.title for card in comparison.cards.all() if card.state == State.RELEASED}
        for trait in comparison.traits.all():
            cells = [(slug, titles[slug], text) for slug, text in trait.cells.items() if slug in titles]
            yield from from_trait(TraitText(f"{comparison.slug}-{trait.slug}", trait.title, cells))
