"""What narrows many lists, called the same on every one."""

from __future__ import annotations

from enablement.api.exchange import InputSerializer, SentSlugField


class OfLessonSerializer(InputSerializer):
    """Narrows a list to one lesson."""

    lesson = SentSlugField(max_length=80, required=False, help_text="Only of this lesson, by its slug.")
