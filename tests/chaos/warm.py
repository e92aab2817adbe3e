"""The site with every page imported beforehand, so that a new worker serves from its first moment."""

from __future__ import annotations

from django.urls import get_resolver

from config.wsgi import application

__all__ = ["application"]

_ = get_resolver().url_patterns
