"""What the worker does. Every task takes ids, bears being run twice, and is bounded in time."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from enablement import outbox
from enablement.judges.training import train_all
from enablement.models import Lesson, SlackRequest
from enablement.retrieval.indexing import index_lesson
from enablement.slack import answering

__all__ = ["answering", "forget_slack_requests", "run_work", "sweep_outbox"]

# Slack's timestamps are refused after five minutes, so an older row guards nothing.
SLACK_REQUESTS_KEPT = timedelta(hours=1)


@shared_task
def run_work(work_id: int) -> None:
    """Do one piece of the outbox."""
    outbox.run_work(work_id)


@shared_task
def sweep_outbox() -> None:
    """Send what the broker has not taken yet."""
    outbox.sweep()


@shared_task
def forget_slack_requests() -> None:
    """Drop the rows that guard against requests too old to be accepted anyway."""
    SlackRequest.objects.filter(received_at__lt=timezone.now() - SLACK_REQUESTS_KEPT).delete()


@outbox.handles("index_lesson")
def index_one_lesson(lesson: int) -> None:
    """Bring the passages of one lesson up to date. A lesson that is gone leaves nothing to do."""
    found = Lesson.objects.filter(pk=lesson).first()
    if found:
        index_lesson(found)


@outbox.handles("train_judges")
def train_judges() -> None:
    """Refit the heads whose examples have changed."""
    train_all()
