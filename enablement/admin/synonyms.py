"""Names that mean the same, in the admin."""

from __future__ import annotations

from django.contrib import admin

from enablement.admin.roles import EditorAdmin, ToLookAt
from enablement.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(ToLookAt, EditorAdmin):
    """To look at. They are written on their own page, which checks them."""

    list_display = ("__str__", "lesson", "updated_at")
    list_filter = ("lesson",)
    list_select_related = ("lesson",)
    search_fields = ("words",)
