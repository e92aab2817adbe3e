"""Lessons, what they are made of in general, and the sources they came from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.expressions import RawSQL

from enablement.models.people import Person, Team


class State(models.TextChoices):
    """Where a piece of content is on its way to readers. Readers see released content only."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    RELEASED = "released", "Released"
    ARCHIVED = "archived", "Archived"


# The lessons meant for everybody or for one of a person's teams. In SQL, because nearly every query of a page
# holds it: six tables joined take longer to put together than to ask.
_MEANT_FOR = """
SELECT lesson.id FROM enablement_lesson lesson
WHERE NOT EXISTS (SELECT FROM enablement_lesson_teams meant WHERE meant.lesson_id = lesson.id)
   OR EXISTS (SELECT FROM enablement_lesson_teams meant JOIN enablement_membership mine USING (team_id)
              WHERE meant.lesson_id = lesson.id AND mine.person_id = %s)
   OR EXISTS (SELECT FROM enablement_lesson_teams meant JOIN enablement_team_managers mine USING (team_id)
              WHERE meant.lesson_id = lesson.id AND mine.person_id = %s)
"""


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Lessons, as a person may see them."""

    def released(self) -> LessonQuerySet:
        return self.filter(state=State.RELEASED)

    def visible_to(self, person: Person) -> LessonQuerySet:
        """Released lessons meant for everybody or for one of your teams; all of them, for an editor."""
        if person.is_editor:
            return self
        if not person.is_active:
            return self.none()
        return self.released().filter(pk__in=RawSQL(_MEANT_FOR, (person.pk, person.pk)))

    def visible_ids(self, person: Person) -> tuple[int, ...]:
        """The ids of the lessons you may see: for one request, never to be kept."""
        return tuple(self.visible_to(person).order_by().values_list("pk", flat=True))


class Lesson(models.Model):
    """A unit of teaching. Without teams it is meant for everybody."""

    kind: ClassVar[str] = "lesson"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    thesis = models.TextField()
    summary = models.TextField()
    position = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    teams = models.ManyToManyField(Team, blank=True, related_name="lessons")
    needs_review = models.BooleanField(
        default=False, help_text="Ticked: a second person looks at each change before it is released."
    )
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/lessons/{self.slug}/"

    @property
    def heading(self) -> str:
        return self.title


class Source(models.Model):
    """A document that content came from; `text` is kept for documents read into drafts."""

    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="sources"
    )
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    text = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    nearly_same_as = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    """A document that has nearly the same sentences, until an editor says whether this is a version of it."""
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def link(self) -> str:
        """Its address, where that is one of the web; empty for any other, however it came to be stored."""
        return self.url if self.url.lower().startswith(("http://", "https://")) else ""


class PartQuerySet(models.QuerySet[Any]):
    """Pieces of lessons, as a person may see them."""

    def released(self) -> Self:
        return self.filter(state=State.RELEASED)

    def visible_to(self, person: Person, lessons: Collection[int] | None = None) -> Self:
        """Released pieces of the lessons you may see; all pieces, for an editor.

        `lessons` are the ids of those lessons, where a page that asks for many kinds of pieces has looked
        them up already (Lesson.objects.visible_ids).
        """
        mine = Lesson.objects.visible_to(person) if lessons is None else lessons
        parts = self.filter(lesson__in=mine)
        return parts if person.is_editor else parts.released()


class LessonPart(models.Model):
    """Anything with a page or an anchor of its own inside a lesson. `kind` is its name in the API."""

    kind: ClassVar[str]

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE)
    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    sources = models.ManyToManyField(Source, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["lesson__position", "position", "slug"]

    @property
    def heading(self) -> str:
        """The line that names this piece in lists, search hits and citations."""
        return str(self)
