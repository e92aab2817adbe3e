"""The shapes of content in the API. A view's prefetches limit what hangs on a piece to what one may see."""

from __future__ import annotations

from typing import Any, cast

from rest_framework import serializers

from enablement.models import (
    Analogy,
    AnalogyPoint,
    Card,
    Comparison,
    Fit,
    GuideEntry,
    Lesson,
    LessonPart,
    Person,
    Phrasing,
    Source,
    Team,
    Term,
    Trait,
)
from enablement.trust.facts import trust_of

STATES = "draft, in_review, released or archived; readers see released content only"
ABOUT = ["slug", "url", "lesson", "state", "trust", "updated_at"]


class LinkSerializer(serializers.Serializer[Any]):
    """A piece of content by name. `url` is the path of its page on this site."""

    slug = serializers.SlugField()
    title = serializers.CharField(source="heading")
    url = serializers.CharField(source="get_absolute_url")


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A document that content came from."""

    class Meta:
        model = Source
        fields = ["slug", "title", "publisher", "url", "year"]


class PartSerializer(serializers.ModelSerializer[Any]):
    """What every piece of a lesson has."""

    state = serializers.CharField(read_only=True, help_text=STATES)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    lesson = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    sources = SourceSerializer(many=True, read_only=True)
    trust = serializers.SerializerMethodField(help_text="verified, due, expired or unowned")

    def get_trust(self, piece: LessonPart) -> str:
        """Asked once for all pieces of a page."""
        known = cast(dict[str, Any], self.context)
        if "trust" not in known:
            shown = self.root.instance
            pieces = shown if isinstance(shown, list) else [piece]
            known["trust"] = trust_of((one.kind, one.slug) for one in pieces)
        return str(known["trust"][piece.kind, piece.slug].state)


class FitSerializer(PartSerializer):
    """A situation on a card."""

    kind = serializers.CharField(source="fit_kind", help_text="fits, does_not_help, costs or advice")

    class Meta:
        model = Fit
        fields = ["slug", "url", "kind", "title", "text", "example", "sources"]


class CardSerializer(PartSerializer):
    """One concept, with the situations it fits."""

    aliases = serializers.ListField(child=serializers.CharField(), read_only=True)
    fits = FitSerializer(many=True, read_only=True)

    class Meta:
        model = Card
        fields = [
            *ABOUT,
            *("title", "summary", "what_it_is", "what_it_does", "where_it_comes_from"),
            *("what_makes_it_distinct", "aliases", "fits", "sources"),
        ]


class TraitSerializer(serializers.ModelSerializer[Trait]):
    """One row of a comparison. `cells` maps a card's slug to what the trait means for that card."""

    cells = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Trait
        fields = ["slug", "title", "claim", "explanation", "cells"]


class ComparisonSerializer(PartSerializer):
    """Cards side by side, trait by trait."""

    cards = LinkSerializer(many=True, read_only=True)
    traits = TraitSerializer(many=True, read_only=True)

    class Meta:
        model = Comparison
        fields = [*ABOUT, "title", "summary", "cards", "traits", "sources"]

    def to_representation(self, instance: Comparison) -> dict[str, Any]:
        """Leave out the cells of cards that the reader may not see."""
        shown = super().to_representation(instance)
        visible = {card["slug"] for card in shown["cards"]}
        for trait in shown["traits"]:
            trait["cells"] = {slug: text for slug, text in trait["cells"].items() if slug in visible}
        return shown


class PhrasingSerializer(serializers.ModelSerializer[Phrasing]):
    """An example text that breaks a guide entry, or comes near it and is fine."""

    class Meta:
        model = Phrasing
        fields = ["text", "breaks"]


class GuideEntrySerializer(PartSerializer):
    """A line that misleads and the line to say instead, with examples of either side: examples teach."""

    covers = serializers.ListField(child=serializers.CharField(), read_only=True)
    cards = LinkSerializer(many=True, read_only=True)
    phrasings = PhrasingSerializer(many=True, read_only=True)

    class Meta:
        model = GuideEntry
        fields = [*ABOUT, "dont_say", "do_say", "why", "covers", "cards", "phrasings", "sources"]


class AnalogyPointSerializer(serializers.ModelSerializer[AnalogyPoint]):
    """One proposition about an analogy, and whether it holds or breaks."""

    side = serializers.CharField(help_text="holds or breaks")

    class Meta:
        model = AnalogyPoint
        fields = ["side", "text"]


class AnalogySerializer(PartSerializer):
    """Something the audience knows beside a card; `card` is null where you may not see it."""

    card = LinkSerializer(read_only=True, allow_null=True)
    points = AnalogyPointSerializer(many=True, read_only=True)

    class Meta:
        model = Analogy
        fields = [*ABOUT, "title", "card", "familiar", "mapping", "caution", "points", "sources"]


class TermSerializer(PartSerializer):
    """A glossary entry; `card` is null where there is none that you may see."""

    aliases = serializers.ListField(child=serializers.CharField(), read_only=True)
    card = LinkSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Term
        fields = [*ABOUT, "term", "meaning", "aliases", "card", "sources"]


class LessonSerializer(serializers.ModelSerializer[Lesson]):
    """A unit of teaching and links to its pieces."""

    state = serializers.CharField(read_only=True, help_text=STATES)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    cards = LinkSerializer(source="card_set", many=True, read_only=True)
    comparisons = LinkSerializer(source="comparison_set", many=True, read_only=True)
    guide_entries = LinkSerializer(source="guideentry_set", many=True, read_only=True)
    analogies = LinkSerializer(source="analogy_set", many=True, read_only=True)
    terms = LinkSerializer(source="term_set", many=True, read_only=True)
    distinctions = LinkSerializer(source="distinction_set", many=True, read_only=True)
    ladders = LinkSerializer(source="ladder_set", many=True, read_only=True)
    scripts = LinkSerializer(source="script_set", many=True, read_only=True)
    disagreements = LinkSerializer(source="disagreement_set", many=True, read_only=True)

    class Meta:
        model = Lesson
        fields = [
            *("slug", "url", "state", "updated_at", "title", "thesis", "summary"),
            *("cards", "comparisons", "guide_entries", "analogies", "terms"),
            *("distinctions", "ladders", "scripts", "disagreements"),
        ]


class TeamNameSerializer(serializers.ModelSerializer[Team]):
    """A team by name."""

    class Meta:
        model = Team
        fields = ["slug", "name"]


class PersonSerializer(serializers.ModelSerializer[Person]):
    """Who is calling."""

    name = serializers.CharField(read_only=True)
    role = serializers.CharField(help_text="rep, manager, editor or admin")
    teams = TeamNameSerializer(many=True, read_only=True)
    managed_teams = TeamNameSerializer(many=True, read_only=True)

    class Meta:
        model = Person
        fields = ["username", "name", "email", "role", "time_zone", "teams", "managed_teams"]
