"""Questions that an editor has begun to write and not saved yet."""

from __future__ import annotations

from django.db import models

from enablement.models import Lesson, Person
from quizzes.kinds import QuestionKind

# In place of the text, once a form was saved: the key of that form. What it still sends is late.
CLOSED = "closed"


class QuestionDraftQuerySet(models.QuerySet["QuestionDraft"]):
    """Drafts: nobody's but one's own."""

    def visible_to(self, person: Person) -> QuestionDraftQuerySet:
        return self.filter(person=person, lesson__in=Lesson.objects.visible_to(person))

    def unfinished(self) -> QuestionDraftQuerySet:
        """Those whose form was not saved."""
        return self.exclude(item__has_key=CLOSED)


class QuestionDraft(models.Model):
    """What one editor has written of one question, kept while they write. It may be half done.

    `slug` is that of the question which it changes, and empty where it is to be a new one. `item` holds the
    fields as a `quiz.yaml` does.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="question_drafts")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="question_drafts")
    kind = models.CharField(max_length=20, choices=QuestionKind.choices)
    slug = models.SlugField(max_length=80, blank=True)
    item = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    objects = QuestionDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson", "kind", "slug"], name="one_draft_of_a_question_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.slug or self.get_kind_display()}"
