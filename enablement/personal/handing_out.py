"""All that is held about a person, as JSON in a zip file. Answer keys are in other tables, and stay there."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model

from enablement import audit
from enablement.models import Person
from enablement.personal.holdings import Holding, holdings

ABOUT = (
    "id",
    "username",
    "first_name",
    "last_name",
    "email",
    "role",
    "time_zone",
    "mail",
    "messages_by",
    "date_form",
    "number_form",
    "density",
    "single_keys",
    "date_joined",
    "last_login",
)


def held_about(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a person: lists of rows by what they are, in plain words."""
    found: dict[str, list[dict[str, Any]]] = {"who they are here": [_row(person, ABOUT)]}
    for holding in holdings():
        if rows := _rows(holding, person):
            found[holding.what] = rows
    return found


def hand_out(person: Person, actor: Person) -> bytes:
    """Return all that is held about `person` as a zip file; that `actor` took it is on record."""
    with transaction.atomic():
        audit.record(actor, "export_person", person)
        return as_zip(person)


def as_zip(person: Person) -> bytes:
    """Return the file: one JSON file for each kind of thing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for what, rows in held_about(person).items():
            text = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            archive.writestr(f"{what.replace(' ', '-').replace(',', '')}.json", text)
    return out.getvalue()


def _rows(holding: Holding, person: Person) -> list[dict[str, Any]]:
    """Every row of a holding; what is withheld for now is empty."""
    rows, withheld = holding.rows(person), holding.withheld
    kept_back = set(withheld.choose(rows, person).values_list("pk", flat=True)) if withheld else set()
    empty = dict.fromkeys(withheld.fields) if withheld else {}
    return [
        _row(row, _fields(holding)) | (empty if row.pk in kept_back else {})
        for row in rows.iterator(chunk_size=2_000)
    ]


def _fields(holding: Holding) -> list[str]:
    """The columns that are handed out: vectors and secrets are left out."""
    fields = holding.table._meta.concrete_fields
    return [field.attname for field in fields if field.name not in holding.secret and _is_plain(field)]


def _is_plain(field: Any) -> bool:
    return field.get_internal_type() not in (
        "HalfVectorField",
        "SparseVectorField",
        "VectorField",
        "BinaryField",
    )


def _row(row: Model, fields: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}
