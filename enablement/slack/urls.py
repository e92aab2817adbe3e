"""Addresses that Slack calls."""

from __future__ import annotations

from django.urls import path

from enablement.slack import events, interactions, views

urlpatterns = [
    path("commands/", views.commands, name="slack-commands"),
    path("interactions/", interactions.interactions, name="slack-interactions"),
    path("events/", events.events, name="slack-events"),
]
