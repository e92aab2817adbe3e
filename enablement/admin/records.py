"""What was done and what is still to do, in the admin: for admins, to read."""

from __future__ import annotations

from django.contrib import admin

from enablement.admin.roles import ReadOnlyAdmin
from enablement.models import AuditEvent, Work


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "verb", "kind", "subject", "channel", "request")
    list_filter = ("verb", "kind")
    search_fields = ("subject", "actor__username")
    date_hierarchy = "at"
    list_select_related = ("actor",)


@admin.register(Work)
class WorkAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "name", "tries", "finished_at", "error")
    list_filter = ("name", ("finished_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "error")
