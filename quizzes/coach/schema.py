"""What a `coaching.yaml` holds, as plain data: scenarios of a lesson, each told in turns with branches."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from enablement.lessons.schema import Item, Line, Slug, Text


class PointItem(Item):
    """Something a good answer says. `says` are sentences any of which says it."""

    name: Slug
    title: Line
    says: Annotated[list[Text], Field(min_length=2)]


class ThenItem(Item):
    """What the buyer says next: to an answer that hits, that misses, or that says what must not be said."""

    right: Text
    wrong: Text
    wording: Text


class TurnItem(Item):
    """One turn of the rep's. `good` is a line that could be said, shown afterwards."""

    points: Annotated[list[PointItem], Field(min_length=1, max_length=4)]
    good: Text
    then: ThenItem


class ScenarioItem(Item):
    """A buyer's situation. `says` is what the buyer says first, and of the outcome that `outcome` names."""

    slug: Slug
    title: Line
    topic: Slug
    distinction: Slug
    outcome: Slug
    buyer: Line
    situation: Text
    says: Text
    turns: Annotated[list[TurnItem], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def points_have_names_of_their_own(self) -> ScenarioItem:
        for turn in self.turns:
            if len({point.name for point in turn.points}) < len(turn.points):
                raise ValueError("two points of a turn have the same name")
        return self


class CoachingItem(Item):
    """The scenarios of one lesson."""

    lesson: Slug
    scenarios: Annotated[list[ScenarioItem], Field(min_length=1)]

    @model_validator(mode="after")
    def slugs_differ(self) -> CoachingItem:
        if len({one.slug for one in self.scenarios}) < len(self.scenarios):
            raise ValueError("two scenarios have the same slug")
        return self
