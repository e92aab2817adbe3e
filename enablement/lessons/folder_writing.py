"""A lesson written as a folder of readable files: the counterpart of folder.py. Pure, but for the files.

Reading the folder gives back the same content hash.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enablement.lessons import schema
from enablement.lessons.folder import CARD_HEADINGS, HEADING, LISTS
from enablement.lessons.yaml_text import list_text, mapping_text

FRONT = ("title", "summary", "aliases", "sources")
ABOUT = ("slug", "title", "thesis", "summary", "position", "sources")


class NotALessonFolder(Exception):
    """The folder holds something else. The message says what to do."""


def write_lesson_folder(item: schema.LessonItem, folder: Path) -> list[Path]:
    """Write `item` to `folder` and return the files. Files of an earlier export that are gone are removed.

    Other files in the folder are left alone. Raises NotALessonFolder for a folder that is in use for
    something else, and OSError.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "lesson.yaml").exists():
        raise NotALessonFolder(
            f"{folder} holds other files. Name an empty folder, or one with a lesson.yaml."
        )
    texts = lesson_texts(item)
    for old in _own_files(folder):
        if old.relative_to(folder).as_posix() not in texts:
            old.unlink()
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def lesson_texts(item: schema.LessonItem) -> dict[str, str]:
    """Return the files of a lesson: name to text."""
    about = item.model_dump(mode="json", include=set(ABOUT), exclude_defaults=True)
    about["sources"] = [_plain(source) for source in item.sources]
    texts = {"lesson.yaml": mapping_text({name: about[name] for name in ABOUT if about.get(name)})}
    texts |= {f"cards/{card.slug}.md": card_text(card) for card in item.cards}
    for name, (field, _) in LISTS.items():
        rows = [_plain(row) for row in getattr(item, field)]
        if rows:
            texts[name] = list_text(rows)
    for distinction in item.distinctions:
        statements = [_plain(row) for row in distinction.statements]
        if statements:
            texts[f"statements/{distinction.slug}.yaml"] = list_text(statements)
    return texts


def card_text(card: schema.CardItem) -> str:
    """Return a card as Markdown: front matter, then its four fields under their headings."""
    data = _plain(card)
    front = {name: data[name] for name in FRONT if name in data}
    sections = []
    for heading, field in CARD_HEADINGS.items():
        if _stands_under_a_heading(data[field]):
            sections.append(f"## {heading.capitalize()}\n\n{data[field]}\n")
        else:
            front[field] = data[field]
    return "\n".join([f"---\n{mapping_text(front)}---\n", *sections])


def _stands_under_a_heading(text: str) -> bool:
    """A field with a heading of the same rank, or other line ends, would be read back as something else."""
    return not HEADING.search(text) and "\r" not in text


def _plain(item: schema.Item) -> dict[str, Any]:
    """What the item says, without what is left at its default; statements have files of their own."""
    return item.model_dump(mode="json", exclude_defaults=True, exclude={"statements"})


def _own_files(folder: Path) -> list[Path]:
    """The files of an earlier export that this format names."""
    lists = [folder / name for name in LISTS if (folder / name).exists()]
    many = ("cards/*.md", "statements/*.yaml", "phrasings/*.yaml")
    return [*lists, *(path for pattern in many for path in folder.glob(pattern))]
