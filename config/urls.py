"""Every address of the site. The two applications meet here and nowhere else."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path

from enablement.api.views import unknown

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("enablement.api.urls")),
    path("api/v1/", include("quizzes.api.urls")),
    re_path(r"^api(?:/|$)", unknown),
    path("slack/", include("enablement.slack.urls")),
    path("", include("quizzes.urls")),
    path("", include("enablement.urls")),
]
