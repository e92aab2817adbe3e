"""The application that holds the knowledge base, and the administration."""

from django.apps import AppConfig
from django.contrib.admin import apps as administration


class EnablementConfig(AppConfig):
    """Lessons, questions, judges."""

    name = "enablement"
    verbose_name = "Knowledge base"


class AdministrationConfig(administration.AdminConfig):
    """Django's administration, with our door."""

    default = False
    default_site = "enablement.administration.Administration"
