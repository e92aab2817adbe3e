"""The footnotes of a page or a Word document: a list of their own at the end, under a heading."""

from __future__ import annotations

from bs4 import Tag

NOTE = (
    "li[id^=footnote-], li[id^=endnote-], .footnotes li, [role=doc-endnotes] li, li[role=doc-endnote], "
    "li[id^='fn:'], li[id^=fn1], li[id^=cite_note-]"
)
SAID = "The footnotes stand at the end, under “Notes”."


def head_footnotes(root: Tag) -> list[str]:
    """Put a heading over the list of footnotes unless it has one. Return a note about it, if there is any."""
    note = root.select_one(NOTE)
    listed = note.parent if note is not None else None
    if listed is None:
        return []
    section = listed.parent
    if (
        section is not None
        and section.name == "section"
        and section.find(["h1", "h2", "h3", "h4"]) is not None
    ):
        return []
    # Not new_tag: what is read may be a part of a page, which makes no tags.
    heading = Tag(name="h2")
    heading.string = "Notes"
    listed.insert_before(heading)
    return [SAID]
