"""The Celery application. Settings with the prefix CELERY_ configure it."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Task(DjangoTask):  # type: ignore[misc]
    """A task on the connection of the one before, which is looked at first and made anew if broken."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Called as a function it is part of something else, on whose connection it is.
        if not self.request.called_directly:
            close_old_connections()
        return super().__call__(*args, **kwargs)


app = Celery("dosay", task_cls=Task)
app.config_from_object("django.conf:settings", namespace="CELERY")
# Celery would close the connection after each task. A new one has read nothing of the tables and of pgvector
# yet: an answer in Slack took three times as long on it. How old one gets is CONN_MAX_AGE's to say.
app.conf.CELERY_DB_REUSE_MAX = 10**9
app.autodiscover_tasks()
