"""Whom the API lets at what, before anything of a body is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from enablement.models import ApiToken, Person, TokenScope
from enablement.roles import must_be_editor

if TYPE_CHECKING:
    # The views read the settings, which name the classes here.
    from rest_framework.views import APIView

# These answer a question and change nothing that is anybody's, though a text has to be posted to them.
ASKS: Final = frozenset({"api-ask", "api-sortings", "api-wording-checks", "api-question-previews"})


class WithinScope(BasePermission):
    """Lets a token at what its scope names. A browser's session has no scope: it is the person."""

    message = "This token may read and ask only. Make one that may write on your account page."

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken) or token.scope == TokenScope.WRITE:
            return True
        match = request.resolver_match
        return request.method in SAFE_METHODS or (match is not None and match.url_name in ASKS)


class EditorsOnly(BasePermission):
    """Where the body may be large: whoever is no editor finds nothing here, and sends nothing either."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raises Http404 for whoever is no editor."""
        must_be_editor(cast(Person, request.user))
        return True
