"""People and teams in the admin: for admins."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from enablement.admin.roles import Audited, ByRole
from enablement.models import Membership, Person, Team

# Roles say who may do what; groups would be a second answer to the same question.
admin.site.unregister(Group)
# A person's address stands in their row, and nobody looks at somebody else's second step.
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)


class MembershipRows(ByRole, admin.TabularInline[Any, Any]):
    model = Membership
    role = "is_admin"
    extra = 0
    autocomplete_fields = ("person", "team")


@admin.register(Person)
class PersonAdmin(ByRole, Audited, UserAdmin[Person]):
    role = "is_admin"
    inlines = (MembershipRows,)
    list_display = ("username", "name", "role", "is_active", "is_staff", "last_login")
    list_filter = ("role", "is_active", "is_staff", "teams")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email", "time_zone", "mail")}),
        ("Role", {"fields": ("role", "is_active", "is_staff")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2", "role", "is_staff")}),
    )


@admin.register(Team)
class TeamAdmin(ByRole, Audited, admin.ModelAdmin[Any]):
    role = "is_admin"
    inlines = (MembershipRows,)
    list_display = ("name",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("managers",)
    prepopulated_fields = {"slug": ("name",)}
