"""Fine sentences about other subjects: what people write beside what a guide is about."""

from __future__ import annotations

import functools

import yaml
from django.conf import settings

FILE = "other-subjects.yaml"


@functools.cache
def other_subjects() -> list[str]:
    """Return the sentences of fixtures/other-subjects.yaml, those of every kind. None claims anything."""
    kinds = yaml.safe_load((settings.ROOT / "fixtures" / FILE).read_text(encoding="utf-8"))
    return [sentence for sentences in kinds.values() for sentence in sentences]
