"""To the provider of one's organisation and back."""

from __future__ import annotations

import logging

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enablement import audit
from enablement.audit.recording import FAILED_SIGN_IN
from enablement.models import Person
from enablement.sign_on import sessions
from enablement.sign_on.entering import enter
from enablement.sign_on.invitations import find_invitation, use_invitation
from enablement.sign_on.provider import flow
from enablement.sign_on.provider.metadata import Provider, provider
from enablement.sign_on.provider.people import link_identity, recognise
from enablement.sign_on.provider.refusals import Reason, Refused
from enablement.sign_on.second_step import has_second_step
from enablement.sign_on.way_on import way_on
from enablement.views.requests import PersonRequest, signed_in

log = logging.getLogger(__name__)

STATUSES = {Reason.AWAY: 503, Reason.UNKNOWN_PERSON: 403, Reason.DEACTIVATED: 403}


@require_safe
@never_cache
def provider_begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. A link, not a form: a form may lead to this site alone."""
    more = {"next": way_on(request, request.GET.get("next", ""))}
    if secret := request.GET.get("invitation"):
        found = find_invitation(secret)
        if found is None:
            return render(request, "sign_on/invitation_over.html", status=404)
        more["invitation"] = secret
    return _begin(request, **more)


@require_safe
@signed_in
def provider_link(request: PersonRequest) -> HttpResponse:
    """To the provider, to make one's account there a way in here, once it is certain that it is oneself."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    return _begin(request, link=request.user.pk, next=reverse("security"))


@require_safe
@never_cache
def provider_callback(request: HttpRequest) -> HttpResponse:
    """Where the provider sends the browser back to."""
    known = _provider()
    query = {name: request.GET[name] for name in ("state", "code", "iss", "error") if name in request.GET}
    try:
        claims, more = flow.finish(known, request.session, _come_back(request), query)
        if "link" in more:
            _link(request, claims, known, more["link"])
        else:
            if "invitation" in more:
                _accept(claims, known, more["invitation"])
            enter(request, recognise(claims, known), "provider")
    except Refused as refused:
        return _refusal(request, refused)
    return HttpResponseRedirect(way_on(request, more.get("next", "")))


def _begin(request: HttpRequest, **more: object) -> HttpResponse:
    try:
        there = flow.begin(_provider(), request.session, _come_back(request), **more)
    except Refused as refused:
        return _refusal(request, refused)
    return HttpResponseRedirect(there)


def _link(request: HttpRequest, claims: dict[str, object], known: Provider, person: int) -> None:
    # Who began it must be who ends it: in between somebody else may have signed in with this browser.
    if not isinstance(request.user, Person) or request.user.pk != person:
        raise Refused(Reason.STATE, "another person")
    link_identity(request.user, claims, known)


def _accept(claims: dict[str, object], known: Provider, secret: str) -> None:
    """The invited person comes in with the provider from now on.

    Who has a second step here gives that too, by way of a password: the link may have been found.
    """
    with transaction.atomic():
        found = find_invitation(secret)
        if found is None or has_second_step(found.person) or not use_invitation(found, "provider"):
            raise Refused(Reason.UNKNOWN_PERSON, "invitation")
        link_identity(found.person, claims, known)
        sessions.end_sessions(found.person)


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    log.warning("a sign-in with the provider was refused: %s", refused)
    audit.note(
        None,
        FAILED_SIGN_IN,
        "person",
        "somebody unknown",
        after={"by": "provider", "reason": str(refused.reason)},
    )
    if request.user.is_authenticated and refused.reason == Reason.STATE:
        # The back button after signing in.
        return redirect("home")
    context = {"problem": refused.sentence, "code": refused.reason}
    return render(request, "sign_on/provider_refused.html", context, status=STATUSES.get(refused.reason, 400))


def _provider() -> Provider:
    known = provider()
    if known is None:
        raise Http404
    return known


def _come_back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("provider-callback"))
