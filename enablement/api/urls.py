"""Addresses of the API, each with or without a slash at its end: a redirect would lose a posted body."""

from __future__ import annotations

from django.urls import re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from enablement.api import content, flags, views

# As many digits as an id of the database's has at most.
PK = "(?P<pk>[0-9]{1,18})"

router = SimpleRouter()
router.trailing_slash = "/?"
router.register("lessons", content.LessonViewSet, basename="api-lesson")
router.register("cards", content.CardViewSet, basename="api-card")
router.register("guide-entries", content.GuideEntryViewSet, basename="api-guide-entry")
router.register("analogies", content.AnalogyViewSet, basename="api-analogy")
router.register("comparisons", content.ComparisonViewSet, basename="api-comparison")
router.register("terms", content.TermViewSet, basename="api-term")

urlpatterns = [
    re_path(r"^ask/?$", views.ask, name="api-ask"),
    re_path(r"^search/?$", views.search, name="api-search"),
    re_path(r"^sortings/?$", views.sortings, name="api-sortings"),
    re_path(r"^wording-checks/?$", views.wording_checks, name="api-wording-checks"),
    re_path(r"^me/?$", views.me, name="api-me"),
    re_path(r"^flags/?$", flags.flags, name="api-flags"),
    re_path(r"^flags/proposals/?$", flags.flag_proposals, name="api-flag-proposals"),
    re_path(r"^flags/examples/?$", flags.flag_examples, name="api-flag-examples"),
    re_path(rf"^flags/{PK}/?$", flags.flag, name="api-flag"),
    re_path(rf"^flags/{PK}/answer/?$", flags.flag_answer, name="api-flag-answer"),
    re_path(r"^schema/?$", SpectacularAPIView.as_view(), name="api-schema"),
    *router.urls,
]
