"""Pages by which content goes out and comes in."""

from __future__ import annotations

from django.urls import path

from enablement.views import exchange

urlpatterns = [
    path("guide.csv", exchange.guide_file, name="guide-file"),
    path("guide-csv/", exchange.guide_upload, name="guide-upload"),
    path("lessons/<slug:slug>/print/", exchange.lesson_print, name="lesson-print"),
]
