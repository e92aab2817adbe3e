"""The application that holds the knowledge base."""

from django.apps import AppConfig


class EnablementConfig(AppConfig):
    """Lessons, questions, judges."""

    name = "enablement"
    verbose_name = "Knowledge base"
