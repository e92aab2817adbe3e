"""What a lesson is made of, as plain data.

One schema for everything that enters or leaves: the folders under `fixtures/`, the drafts that a
document is read into, and an export. No database here; the database models mirror these names.
Slugs join items to one another (`Fit.card` is a card's slug); the loader checks that they exist.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from django.core.exceptions import ValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from enablement.web_addresses import check_web_address

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]


def _of_the_web(address: str) -> str:
    try:
        if address:
            check_web_address(address)
    except ValidationError as error:
        raise ValueError(error.message) from None
    return address


# Nothing, or an address of the web: a page makes a link of it.
WebAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_of_the_web)
]


class FitKind(StrEnum):
    """What a situation says about a card's method."""

    FITS = "fits"
    DOES_NOT_HELP = "does_not_help"
    COSTS = "costs"
    ADVICE = "advice"


class AnalogySide(StrEnum):
    """Whether a proposition of an analogy is still true or no longer is."""

    HOLDS = "holds"
    BREAKS = "breaks"


class Item(BaseModel):
    """Any piece of a lesson. Unknown keys are refused, so a typing slip is named, not ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class SourceItem(Item):
    """A document that content came from. `url` and `year` may be unknown."""

    slug: Slug
    title: Line
    publisher: str = ""
    url: WebAddress = ""
    year: int | None = Field(default=None, ge=1900, le=2100)
    note: OptionalText = ""


class CardItem(Item):
    """One concept, in four short fields (Markdown allowed)."""

    slug: Slug
    title: Line
    summary: OptionalText = ""
    what_it_is: Text
    what_it_does: Text
    where_it_comes_from: Text
    what_makes_it_distinct: Text
    aliases: list[Line] = []
    sources: list[Slug] = []


class FitItem(Item):
    """A situation on a card: where its method fits, does not help, costs more than it seems, or advice."""

    slug: Slug
    card: Slug
    kind: FitKind
    title: Line
    text: Text
    example: OptionalText = ""
    sources: list[Slug] = []


class TraitItem(Item):
    """One row of a comparison: the claim it argues, and its meaning for each card (`cells`: slug to text)."""

    slug: Slug
    title: Line
    claim: Text
    cells: dict[Slug, Text]
    explanation: OptionalText = ""
    sources: list[Slug] = []


class ComparisonItem(Item):
    """Two or more cards side by side, trait by trait."""

    slug: Slug
    title: Line
    summary: OptionalText = ""
    cards: Annotated[list[Slug], Field(min_length=2)]
    traits: Annotated[list[TraitItem], Field(min_length=1)]


class GuideEntryItem(Item):
    """A line that misleads a buyer, the line to say instead, and why.

    `breaks` are phrasings that break the entry, `fine` are phrasings near it that do not.
    `covers` are the ideas the entry guards against (slugs shared with outside evaluations).
    """

    slug: Slug
    dont_say: Text
    do_say: Text
    why: Text
    covers: list[Slug] = []
    cards: list[Slug] = []
    breaks: list[Text] = []
    fine: list[Text] = []
    sources: list[Slug] = []


class MorePhrasingsItem(Item):
    """More phrasings of one guide entry, in a file of their own."""

    entry: Slug
    breaks: list[Text] = []
    fine: list[Text] = []


class AnalogyItem(Item):
    """Something the audience knows, set beside a card; `holds` and `breaks` are single propositions."""

    slug: Slug
    title: Line
    card: Slug
    familiar: Text
    mapping: Text
    holds: Annotated[list[Text], Field(min_length=1)]
    breaks: Annotated[list[Text], Field(min_length=1)]
    caution: OptionalText = ""
    sources: list[Slug] = []


class SignalItem(Item):
    """One independent yes/no sign in a statement (for example: facts are missing)."""

    name: Slug
    title: Line
    description: Text
    question: Text


class OutcomeItem(Item):
    """What a statement comes to when exactly `signals` are present, and what to do about it."""

    name: Slug
    title: Line
    signals: list[Slug] = []
    meaning: Text
    remedy: Text
    next_question: Text
    say: Text
    dont_say: OptionalText = ""
    cards: list[Slug] = []


class StatementItem(Item):
    """Something a buyer might say, with the outcome it belongs to and the reason."""

    text: Text
    outcome: Slug
    why: OptionalText = ""


class DistinctionItem(Item):
    """What reps must tell apart: independent signals, the outcomes of them, and statements to learn from."""

    slug: Slug
    title: Line
    question: Text
    unsure_question: Text
    signals: Annotated[list[SignalItem], Field(min_length=1, max_length=4)]
    outcomes: Annotated[list[OutcomeItem], Field(min_length=2)]
    statements: list[StatementItem] = []


class LadderStepItem(Item):
    """One step of the order of operations, cheapest first."""

    slug: Slug
    title: Line
    text: Text
    cost: Text
    stop_when: Text
    card: Slug | None = None
    sources: list[Slug] = []


class DecisionQuestionItem(Item):
    """A yes/no question that walks the ladder. Each way leads on to a `question` or ends at a `step`."""

    slug: Slug
    text: Text
    help: OptionalText = ""
    yes_question: Slug | None = None
    yes_step: Slug | None = None
    yes_text: OptionalText = ""
    no_question: Slug | None = None
    no_step: Slug | None = None
    no_text: OptionalText = ""
    sources: list[Slug] = []


class LadderItem(Item):
    """The order of operations and the questions that walk it. The first question is where the walk begins."""

    slug: Slug
    title: Line
    summary: OptionalText = ""
    steps: Annotated[list[LadderStepItem], Field(min_length=2)]
    questions: list[DecisionQuestionItem] = []


class ScriptItem(Item):
    """A question that reps get and a spoken answer of about thirty seconds (75 words)."""

    slug: Slug
    question: Text
    answer: Text
    cards: list[Slug] = []
    sources: list[Slug] = []


class TermItem(Item):
    """A glossary entry."""

    slug: Slug
    term: Line
    meaning: Text
    aliases: list[Line] = []
    card: Slug | None = None
    sources: list[Slug] = []


class PositionItem(Item):
    """What one or several sources hold on a contested point."""

    stance: Text
    sources: Annotated[list[Slug], Field(min_length=1)]


class DisagreementItem(Item):
    """A point on which sources contradict one another, and the house position."""

    slug: Slug
    title: Line
    point: Text
    positions: Annotated[list[PositionItem], Field(min_length=2)]
    house_position: Text
    cards: list[Slug] = []


class LessonItem(Item):
    """A unit of teaching: everything in one folder under `fixtures/`."""

    slug: Slug
    title: Line
    thesis: Text
    summary: Text
    position: int = 1
    sources: list[SourceItem] = []
    cards: list[CardItem] = []
    fits: list[FitItem] = []
    comparisons: list[ComparisonItem] = []
    guide_entries: list[GuideEntryItem] = []
    analogies: list[AnalogyItem] = []
    distinctions: list[DistinctionItem] = []
    ladders: list[LadderItem] = []
    scripts: list[ScriptItem] = []
    terms: list[TermItem] = []
    disagreements: list[DisagreementItem] = []
