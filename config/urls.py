"""Every address of the site. The two applications meet here and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from enablement.api.views import unknown


class Favicon(RedirectView):
    """The mark, for pages that name none (the administration, the API's own pages)."""

    http_method_names = ["get", "head"]

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        return static("dosay/mark.svg")


handler500 = "enablement.views.unavailable.unavailable_or_broken"

urlpatterns = [
    path("favicon.ico", Favicon.as_view()),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("api/v1/", include("enablement.api.urls")),
    path("api/v1/", include("quizzes.api.urls")),
    re_path(r"^api(?:/|$)", unknown),
    path("slack/", include("enablement.slack.urls")),
    path("", include("quizzes.urls")),
    path("", include("enablement.urls")),
]
