"""`Idempotency-Key`: a write that is sent again under the same key has its effect once, and one answer."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.errors import CODES, TITLES
from enablement.models import KeptResponse, Membership, Person

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], Response]

HEADER: Final = "Idempotency-Key"
PARAMETER: Final = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="Of your making, 1 to 200 visible characters. Sent again within a day, the request changes "
    "nothing and gets the same answer.",
)
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


class AskedAsSomebodyElse(APIException):
    """The kept answer was for another role or other teams."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = (
        "This request was done under this Idempotency-Key, and you have another role or other teams since. "
        "Look whether its effect is what you want before you send it under a new key."
    )


class KeyReused(APIException):
    """The key was used for another request."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This Idempotency-Key belongs to another request of yours. Make a new one for this."


CODES[AskedAsSomebodyElse] = "idempotency_other_rights"
TITLES["idempotency_other_rights"] = "It was done when you had another role or other teams"
CODES[KeyReused] = "idempotency_key_reused"
TITLES["idempotency_key_reused"] = "The key belongs to another request"


def idempotent(view: View[P]) -> View[P]:
    """Let a write with an `Idempotency-Key` have one effect. Stands below `api_view`.

    The write and the record of its answer are one transaction; the same key at the same moment waits. What
    was refused leaves no record, so that it can be put right and sent again under its key.
    """

    @wraps(view)
    def once(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        key = request.headers.get(HEADER)
        if key is None or request.method != "POST":
            return view(request, *args, **kwargs)
        if not _KEY.fullmatch(key):
            raise ValidationError({HEADER: ["A key is 1 to 200 visible ASCII characters without spaces."]})
        person, sent = person_of(request), _fingerprint(request)
        with transaction.atomic():
            _lock(person, key)
            known = KeptResponse.objects.filter(person=person, key=key).first()
            if known is not None:
                return _again(known, sent, _rights(person))
            response = view(request, *args, **kwargs)
            if status.is_success(response.status_code):
                # What it changed may be who asks: so as whom they may ask for it again.
                _keep(person, key, sent + _rights(Person.objects.get(pk=person.pk)), response)
        return response

    return once


def _again(known: KeptResponse, sent: str, rights: str) -> Response:
    if not known.request.startswith(sent):
        raise KeyReused()
    if known.request != sent + rights:
        raise AskedAsSomebodyElse()
    return Response(json.loads(known.body), known.status, headers={"Idempotent-Replayed": "true"})


def _keep(person: Person, key: str, request: str, response: Response) -> None:
    body = JSONRenderer().render(response.data).decode()
    KeptResponse.objects.create(
        person=person, key=key, request=request, status=response.status_code, body=body
    )


def _fingerprint(request: Request) -> str:
    """What was sent, in 32 characters."""
    return _hashed([request.method, request.path.rstrip("/"), request.META["QUERY_STRING"], request.data])


def _rights(person: Person) -> str:
    """As whom: a kept answer is not for who has another role or other teams by now. 32 characters."""
    return _hashed([person.role, _teams(person)])


def _hashed(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=_told).encode()).hexdigest()[:32]


def _teams(person: Person) -> list[list[int]]:
    """The teams that the person is in, and those that they manage."""
    within = Membership.objects.filter(person=person).values_list("team", flat=True)
    return [sorted(within), sorted(person.managed_teams.values_list("pk", flat=True))]


def _told(file: UploadedFile[Any]) -> list[str]:
    """A file by its name and content; it is read again by who takes it."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return [str(file.name), digest.hexdigest()]


def _lock(person: Person, key: str) -> None:
    """Let one at a time act under this key, until the transaction ends."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, person.pk])
