"""Who may do what in the admin: by role, instead of Django's own permission tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest

from enablement import audit
from enablement.models import Person
from enablement.roles import may_administer, may_edit


def person_of(request: HttpRequest) -> Person:
    """The person who sent the request; the admin lets nobody else in."""
    if not isinstance(request.user, Person):
        raise TypeError("The admin was reached without signing in.")
    return request.user


class ByRole:
    """Everything for those who `may`, nothing for others: a function of enablement/roles.py."""

    may: ClassVar[staticmethod[[Person], bool]]

    def _may(self, request: HttpRequest) -> bool:
        return isinstance(request.user, Person) and request.user.is_staff and self.may(request.user)

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

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """The only one of the admin's steps that sees what stood in the form before."""
        request._audited = _changed(form, formsets or ())  # type: ignore[attr-defined]
        return super().construct_change_message(request, form, formsets, add)  # type: ignore[misc]

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        audit.record(person_of(request), "add", obj, after=getattr(request, "_audited", ({}, {}))[1])
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        before, after = getattr(request, "_audited", ({}, {"changed": message}))
        if before or after:
            audit.record(person_of(request), "change", obj, before=before, after=after)
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        for obj in queryset:
            audit.record(person_of(request), "delete", obj)
        return super().log_deletions(request, queryset)  # type: ignore[misc]


def _changed(form: ModelForm[Any], formsets: Iterable[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a page of the admin changes, before and after: its fields, and rows of what belongs to it."""
    names = [name for name in form.changed_data if "password" not in name]
    before = {name: _plain(_earlier(form, name)) for name in names}
    after = {name: _plain(_now(form, name)) for name in names}
    same = [name for name in names if before[name] == after[name]]
    before, after = ({k: v for k, v in part.items() if k not in same} for part in (before, after))
    if len(names) < len(form.changed_data):
        after["password"] = "set"
    for rows in formsets:
        kind = str(rows.model._meta.verbose_name)
        if gone := [str(row) for row in getattr(rows, "deleted_objects", [])]:
            before[kind] = gone
        changed = [str(row) for row, _ in getattr(rows, "changed_objects", [])]
        if new := [*map(str, getattr(rows, "new_objects", [])), *changed]:
            after[kind] = new
    return before, after


def _earlier(form: ModelForm[Any], name: str) -> Any:
    """What stood in a field. A form begins with the number of a row; the record has its name."""
    value, field = form.initial.get(name), form.fields.get(name)
    rows = field.queryset if isinstance(field, ModelChoiceField) else None
    if rows is None or not value or isinstance(value, list | tuple | QuerySet):
        return value
    return rows.model._base_manager.filter(pk=value).first() or value


def _now(form: ModelForm[Any], name: str) -> Any:
    """What stands there after saving, which may have refused what was asked for."""
    value = form.cleaned_data.get(name)
    saved = getattr(form, "instance", None)
    return value if isinstance(value, QuerySet) or not hasattr(saved, name) else getattr(saved, name)


def _plain(value: Any) -> Any:
    """A value of a form as JSON: rows by their keys."""
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, list | tuple | QuerySet):
        return sorted(str(part) for part in value)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


class EditorAdmin(ByRole, Audited, admin.ModelAdmin[Any]):
    """Content: for editors."""

    may = staticmethod(may_edit)
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

    may = staticmethod(may_edit)
    extra = 0


class EditorRows(ToLookAt, admin.TabularInline[Any, Any]):
    """As EditorInline, in rows, for pieces of one or two short fields."""

    may = staticmethod(may_edit)
    extra = 0


class ReadOnlyAdmin(ToLookAt, admin.ModelAdmin[Any]):
    """Records: admins read them, nobody writes them here."""

    may = staticmethod(may_administer)
