"""Who may do what in the admin: by role, instead of Django's own permission tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from enablement import audit
from enablement.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person who sent the request; the admin lets nobody else in."""
    if not isinstance(request.user, Person):
        raise TypeError("The admin was reached without signing in.")
    return request.user


class ByRole:
    """Everything for those with a role, nothing for others. `role` names a yes/no property of Person."""

    role: ClassVar[str]

    def _may(self, request: HttpRequest) -> bool:
        return request.user.is_staff and bool(getattr(request.user, self.role, False))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)


class Audited:
    """One audit row for every change. The admin calls these inside the transaction of the change."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        audit.record(person_of(request), "add", obj)
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        audit.record(person_of(request), "change", obj, after={"changed": message})
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        for obj in queryset:
            audit.record(person_of(request), "delete", obj)
        return super().log_deletions(request, queryset)  # type: ignore[misc]


class EditorAdmin(ByRole, Audited, admin.ModelAdmin[Any]):
    """Content: for editors."""

    role = "is_editor"
    save_on_top = True


class ToLookAt(ByRole):
    """For those with the role to read; nobody writes it in the admin."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EditorInline(ToLookAt, admin.StackedInline[Any, Any]):
    """Pieces of content, shown on the page of what they belong to."""

    role = "is_editor"
    extra = 0


class EditorRows(ToLookAt, admin.TabularInline[Any, Any]):
    """As EditorInline, in rows, for pieces of one or two short fields."""

    role = "is_editor"
    extra = 0


class ReadOnlyAdmin(ToLookAt, admin.ModelAdmin[Any]):
    """Records: admins read them, nobody writes them here."""

    role = "is_admin"
