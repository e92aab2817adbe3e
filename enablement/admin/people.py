"""People and teams in the admin: for admins."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from enablement.admin.roles import Audited, ByRole, person_of
from enablement.admin.way_back import WayBack
from enablement.models import GroupRule, Membership, Person, Team
from enablement.roles import may_administer
from enablement.sign_on import sessions
from enablement.sign_on.standing import CannotDeactivate, deactivate_person, reactivate_person
from enablement.slack.linking import unlink_account

# Roles say who may do what; groups would be a second answer to the same question.
admin.site.unregister(Group)
# A person's address stands in their row, and nobody looks at somebody else's second step.
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)


class MembershipRows(ByRole, admin.TabularInline[Any, Any]):
    model = Membership
    may = staticmethod(may_administer)
    extra = 0
    autocomplete_fields = ("person", "team")


@admin.register(Person)
class PersonAdmin(ByRole, Audited, UserAdmin[Person]):
    """People are deactivated here, and erased on the privacy page: with a past nobody is deleted."""

    may = staticmethod(may_administer)
    inlines = (MembershipRows,)
    list_display = ("username", "name", "role", "is_active", "is_staff", "last_login", "slack_account")
    list_select_related = ("slack_link",)
    actions = ("unlink_slack",)
    list_filter = ("role", "is_active", "is_staff", "teams")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (
            "Person",
            {
                "fields": (
                    "first_name",
                    "last_name",
                    "email",
                    "time_zone",
                    "date_form",
                    "number_form",
                    "density",
                    "single_keys",
                    "mail",
                )
            },
        ),
        ("Role", {"fields": ("role", "is_active", "is_staff")}),
    )

    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2", "role", "is_staff")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are deactivated: what they did stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Save, and let access end where the person may no longer come in or has a new password."""
        was_active = bool(form.initial.get("is_active", True)) if change else obj.is_active
        wanted, obj.is_active = obj.is_active, was_active
        super().save_model(request, obj, form, change)
        if change and wanted != was_active:
            self._change_standing(request, obj, wanted)

    def _change_standing(self, request: HttpRequest, person: Person, wanted: bool) -> None:
        try:
            (reactivate_person if wanted else deactivate_person)(person, person_of(request))
        except CannotDeactivate as problem:
            messages.error(request, str(problem))
            request._refused = True  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Person) -> HttpResponse:
        """After a refusal the page again, without Django's word that all was changed."""
        if getattr(request, "_refused", False):
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        # Django has ended the sessions by the new password; their rows go as well.
        if response.status_code == 302 and id.isdigit():
            for person in Person.objects.filter(pk=int(id)):
                sessions.end_sessions(person, but=request.session.session_key)
        return response

    @admin.display(description="Slack account")
    def slack_account(self, person: Person) -> str:
        return person.slack_link.slack_user if hasattr(person, "slack_link") else ""

    @admin.action(description="Unlink the Slack accounts")
    def unlink_slack(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        """Whoever writes from these accounts is nobody here from now on."""
        count = sum(unlink_account(person, person_of(request)) for person in people)
        self.message_user(request, f"Unlinked: {count} of {len(people)}.")


@admin.register(Team)
class TeamAdmin(ByRole, Audited, WayBack):
    may = staticmethod(may_administer)
    inlines = (MembershipRows,)
    list_display = ("name", "may_ask_model")
    search_fields = ("name", "slug")
    autocomplete_fields = ("managers",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(GroupRule)
class GroupRuleAdmin(ByRole, Audited, admin.ModelAdmin[Any]):
    may = staticmethod(may_administer)
    list_display = ("in_words",)
    autocomplete_fields = ("team",)
