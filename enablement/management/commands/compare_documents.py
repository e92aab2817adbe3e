"""Where documents disagree, without taking any of them in."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from enablement.drafts.disputes import disputes_of
from enablement.drafts.voices import Dispute, Voice
from enablement.lessons.importing import import_document
from enablement.lessons.reading import DocumentError
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Source


class Command(JsonCommand):
    help = "Read the documents of FOLDER as an import does, print where they disagree, and keep nothing."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path)

    def answer(self, **options: Any) -> dict[str, Any]:
        folder = options["folder"]
        paths = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
        if not paths:
            raise BadInput(f"{folder} is no folder with documents in it.")
        with transaction.atomic():
            documents = Source.objects.filter(pk__in=[_read(path).pk for path in paths])
            disputes = [_as_json(dispute) for dispute in disputes_of(documents)]
            transaction.set_rollback(True)
        return {"documents": len(paths), "disputes": disputes}

    def describe(self, result: dict[str, Any]) -> str:
        lines = []
        for dispute in result["disputes"]:
            lines.append(f"\n{dispute['title']}  ({dispute['kind']})")
            for sign, side in (("+", dispute["voices"]), ("-", dispute["others"])):
                lines += [f"  {sign} {one['title'][:40]}: {one['quote'][:100]}" for one in side]
            lines.append(f"  we say: {dispute['house'][:120] or 'nothing yet'}")
        return "\n".join([f"{result['documents']} documents", *lines])


def _read(path: Path) -> Source:
    try:
        source = import_document(path.read_bytes(), path.name, person=command_person()).source
    except DocumentError as error:
        raise BadInput(f"{path.name}: {error}") from error
    assert source is not None
    return source


def _as_json(dispute: Dispute) -> dict[str, Any]:
    return {
        "kind": dispute.kind,
        "title": dispute.title,
        "voices": _voices(dispute.voices),
        "others": _voices(dispute.others),
        "house": dispute.house,
        "recorded": dispute.recorded.slug if dispute.recorded else None,
    }


def _voices(voices: Sequence[Voice]) -> list[dict[str, Any]]:
    return [
        {"source": voice.source, "title": voice.title, "says": voice.stance, "quote": voice.quote}
        for voice in voices
    ]
