"""What a lesson, and what the lessons that come with the product, must have. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enablement.lessons import schema
from enablement.lessons.lint.complaints import Complaint
from enablement.lessons.lint.reading_ease import words_of

MIN_PHRASINGS = 5
MIN_STATEMENTS = 8
# Spoken in about thirty seconds, at 150 words a minute and a little either way.
SPOKEN_WORDS = (55, 85)
# What every lesson that comes with the product has at the least.
STARTER_MINIMUM = {
    "cards": 16,
    "guide_entries": 24,
    "analogies": 6,
    "comparisons": 1,
    "ladders": 1,
    "scripts": 6,
    "terms": 25,
    "disagreements": 1,
}
# Claims that mislead buyers, by the names that outside evaluations use: some entry must cover each.
OUTSIDE_IDEAS = frozenset(
    {
        "train-on-your-docs",
        "ft-teaches-facts",
        "learns-your-terminology-or-business",
        "ft-always-better",
        "ft-stays-current",
        "no-hallucination",
        "prompting-is-just",
        "lora-makes-easy",
        "need-own-model",
        "need-ml-infrastructure",
        "peft-fixes-limits",
    }
)

# Dates that reps are asked for: the year must stand on the card, with a source of that year.
DATED_CARDS = {"few-shot-prompting": 2020, "chain-of-thought": 2022, "instruction-tuning": 2022, "lora": 2021}


def gaps(lesson: schema.LessonItem) -> Iterator[Complaint]:
    """Complain about pieces that are not whole: a card without a situation, an entry without examples."""
    with_fits = {fit.card for fit in lesson.fits}
    for card in lesson.cards:
        if card.slug not in with_fits:
            yield _gap(lesson, f"card:{card.slug}", "no situation says where it fits, costs or does not help")
        if not card.sources:
            yield _gap(lesson, f"card:{card.slug}", "it names no source")
        if not card.summary:
            yield _gap(lesson, f"card:{card.slug}", "it has no summary")
    yield from _guide_gaps(lesson)
    yield from _teaching_gaps(lesson)
    yield from _ladder_gaps(lesson)


def starter_gaps(lessons: Sequence[schema.LessonItem]) -> Iterator[Complaint]:
    """Complain about what the lessons that come with the product lack, one by one and together."""
    covered = set()
    for lesson in lessons:
        covered |= {idea for entry in lesson.guide_entries for idea in entry.covers}
        for plural, least in STARTER_MINIMUM.items():
            if (found := len(getattr(lesson, plural))) < least:
                message = f"{found} {plural.replace('_', ' ')}, and {least} are the least"
                yield _gap(lesson, f"lesson:{lesson.slug}", message)
    for idea in sorted(OUTSIDE_IDEAS - covered):
        yield Complaint("", "guide", "covers", "completeness", f"no entry covers “{idea}”")
    cards = {card.slug: card for lesson in lessons for card in lesson.cards}
    for slug, year in DATED_CARDS.items():
        if slug not in cards or str(year) not in cards[slug].where_it_comes_from:
            message = f"the card must say where it comes from: {year}"
            yield Complaint("", f"card:{slug}", "where_it_comes_from", "completeness", message)


def _guide_gaps(lesson: schema.LessonItem) -> Iterator[Complaint]:
    for entry in lesson.guide_entries:
        piece = f"guide_entry:{entry.slug}"
        for side in ("breaks", "fine"):
            if (found := len(getattr(entry, side))) < MIN_PHRASINGS:
                yield _gap(lesson, piece, f"{found} phrasings, and {MIN_PHRASINGS} are the least", side)
        for field in ("covers", "cards", "sources"):
            if not getattr(entry, field):
                yield _gap(lesson, piece, "nothing is named", field)


def _teaching_gaps(lesson: schema.LessonItem) -> Iterator[Complaint]:
    for distinction in lesson.distinctions:
        for outcome in distinction.outcomes:
            found = sum(row.outcome == outcome.name for row in distinction.statements)
            if found < MIN_STATEMENTS:
                message = f"{found} statements of “{outcome.name}”, and {MIN_STATEMENTS} are the least"
                yield _gap(lesson, f"distinction:{distinction.slug}", message, "statements")
    for script in lesson.scripts:
        spoken = len(words_of(script.answer))
        if not SPOKEN_WORDS[0] <= spoken <= SPOKEN_WORDS[1]:
            low, high = SPOKEN_WORDS
            message = f"{spoken} words; {low} to {high} are spoken in about thirty seconds"
            yield _gap(lesson, f"script:{script.slug}", message, "answer")
    for comparison in lesson.comparisons:
        for trait in comparison.traits:
            for slug in sorted(set(comparison.cards) - set(trait.cells)):
                message = f"“{trait.title}” says nothing about {slug}"
                yield _gap(lesson, f"comparison:{comparison.slug}", message, "traits")


def _ladder_gaps(lesson: schema.LessonItem) -> Iterator[Complaint]:
    """Every question leads on both ways, every question but the first and every step is reached."""
    for ladder in lesson.ladders:
        piece = f"ladder:{ladder.slug}"
        reached: set[str] = set()
        for number, question in enumerate(ladder.questions):
            for way in ("yes", "no"):
                step, other = getattr(question, f"{way}_step"), getattr(question, f"{way}_question")
                reached |= {f"step:{step}", f"question:{other}"}
                if not step and not other:
                    yield _gap(lesson, piece, f"“{question.slug}” leads nowhere when answered {way}")
            if number and f"question:{question.slug}" not in _all_ways(ladder):
                yield _gap(lesson, piece, f"nothing leads to the question “{question.slug}”")
        for row in ladder.steps if ladder.questions else ():
            if f"step:{row.slug}" not in reached:
                yield _gap(lesson, piece, f"no question leads to the step “{row.slug}”")


def _all_ways(ladder: schema.LadderItem) -> set[str]:
    ways = ("yes_question", "no_question")
    return {f"question:{getattr(row, way)}" for row in ladder.questions for way in ways}


def _gap(lesson: schema.LessonItem, piece: str, message: str, field: str = "") -> Complaint:
    return Complaint(lesson.slug, piece, field, "completeness", message)
