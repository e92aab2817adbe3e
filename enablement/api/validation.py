"""What a model's own rules say of what a program sent."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError as ModelError
from django.db.models import Model
from rest_framework.exceptions import ValidationError

M = TypeVar("M", bound=Model)


def checked(row: M, leave_out: tuple[str, ...] = ()) -> M:
    """Return an unsaved `row` once its model finds nothing wrong with it. Raises ValidationError by field."""
    try:
        row.full_clean(exclude=leave_out)
    except ModelError as problem:
        raise ValidationError(problem.message_dict) from None
    return row
