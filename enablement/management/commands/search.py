"""Search the released content."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from enablement.management.json_command import BadInput, JsonCommand, command_person, read_text_argument
from enablement.retrieval.candidates import Filters
from enablement.retrieval.facets import search_faceted
from enablement.texts import MAX_QUESTION, clean_text

MAX_LIMIT = 100


class Command(JsonCommand):
    help = "Search the released content for TEXT."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text")
        parser.add_argument("--limit", type=int, default=10)

    def answer(self, **options: Any) -> dict[str, Any]:
        if not 1 <= options["limit"] <= MAX_LIMIT:
            raise BadInput(f"--limit takes a number from 1 to {MAX_LIMIT}.")
        text = clean_text(read_text_argument(options["text"]), what="search", limit=MAX_QUESTION)
        found = search_faceted(text, command_person(), Filters(), limit=options["limit"]).found
        hits = [
            {
                "kind": hit.kind,
                "slug": hit.slug,
                "title": hit.title,
                "quote": hit.quote,
                "url": hit.url,
                "score": round(hit.score, 5),
                "trust": hit.trust,
            }
            for hit in found.hits
        ]
        return {"hits": hits, "note": found.note, "corrected": dict(found.corrected)}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"{hit['score']:.3f}  {hit['title']}\n       {hit['quote']}" for hit in result["hits"]]
        return "\n".join(lines) or "Nothing was found."
