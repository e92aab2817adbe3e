"""Addresses that Slack calls."""

from __future__ import annotations

from django.urls import path

from enablement.slack import views

urlpatterns = [path("commands/", views.commands, name="slack-commands")]
