"""Questions asked, the answers given, and what could not be answered."""

from __future__ import annotations

import uuid

from django.db import models

from enablement.models.people import Person


class Surface(models.TextChoices):
    """Where a line reached a person."""

    BROWSER = "browser", "Browser"
    API = "api", "API"
    SLACK = "slack", "Slack"
    COMMAND = "command", "Command line"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations belong to one person, who sees those that are not deleted."""

    def visible_to(self, person: Person) -> ConversationQuerySet:
        return self.filter(person=person, deleted_at=None)


class Conversation(models.Model):
    """A run of questions by one person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conversations")
    title = models.CharField(max_length=200)
    surface = models.CharField(max_length=10, choices=Surface.choices, default=Surface.BROWSER)
    started_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/ask/{self.pk}/"


class TurnState(models.TextChoices):
    """How far an answer has come. Every state but the first is final."""

    STREAMING = "streaming", "Being written"
    DONE = "done", "Answered"
    REFUSED = "refused", "Not in the knowledge base"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"


class TurnQuerySet(models.QuerySet["Turn"]):
    """Turns belong to the person whose conversation they are in."""

    def visible_to(self, person: Person) -> TurnQuerySet:
        return self.filter(conversation__person=person, conversation__deleted_at=None)


class Turn(models.Model):
    """One question and its answer. `engine` is what wrote it: `local`, or the model's name.

    `understood`: the question as the conversation makes it stand alone, "" where it does so itself.
    `verdict`: where it was a buyer's statement, what kind of problem it describes (chat/verdicts.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    question = models.TextField()
    understood = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    say = models.TextField(blank=True)
    note = models.TextField(blank=True)
    nearest = models.JSONField(default=list, blank=True)
    verdict = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=TurnState.choices, default=TurnState.STREAMING)
    engine = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return self.question[:80]


class Citation(models.Model):
    """A passage that a sentence of an answer stands on, as it was when the answer was given."""

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="citations")
    n = models.PositiveSmallIntegerField()
    passage_key = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    quote = models.TextField()

    class Meta:
        ordering = ["turn", "n"]
        constraints = [models.UniqueConstraint(fields=["turn", "n"], name="one_citation_per_number")]

    def __str__(self) -> str:
        return f"[{self.n}] {self.title}"


class SlackThread(models.Model):
    """The conversation that a person has with the bot in a thread; `thread` is empty for a direct message."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="slack_thread")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="slack_threads")
    slack_team = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)
    thread = models.CharField(max_length=40, blank=True)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "slack_team", "channel", "thread"], name="one_conversation_per_thread"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.thread}"
