"""What a Word document's headings are: its styles, those made from them, and large type without a style."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree

from mammoth import documents, transforms  # type: ignore[import-untyped]

from enablement.lessons.documents.blocks import is_heading_worded

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 6
MAX_STYLES = 2_000
LARGER = 1.15
"""A line set this much larger than the text is a heading."""
USUAL_POINTS = 11.0
FIXED = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='table of figures'] => !
"""
DEEP_STYLE = re.compile(r"list (?P<kind>bullet|number) (?P<depth>[2-5])", re.I)
PLAIN_NAME = re.compile(r"[\w .,()/&+-]{1,80}")


def style_map(package: IO[bytes]) -> str:
    """Return mammoth's style map: a title, no table of contents, and every style that is a kind of heading.

    Expects a package that was looked over. An author's own style based on a heading counts as that heading.
    """
    with zipfile.ZipFile(package) as parts:
        if "word/styles.xml" not in parts.namelist():
            return FIXED
        root = ElementTree.fromstring(parts.read("word/styles.xml"))
    package.seek(0)
    styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    return FIXED + "\n".join(_mappings(dict(list(styles.items())[:MAX_STYLES])))


def _mappings(styles: dict[str, ElementTree.Element]) -> Iterator[str]:
    for style in styles.values():
        name = _value(style, "name")
        level = _level(style, styles)
        if level is not None and PLAIN_NAME.fullmatch(name) and name.lower() not in ("title", "subtitle"):
            yield f"p[style-name='{name}'] => h{min(level + 1, DEEPEST)}:fresh"


def _level(style: ElementTree.Element, styles: dict[str, ElementTree.Element]) -> int | None:
    """The outline level (0 the highest) of a style or of the styles it is based on; 9 means none."""
    for _ in range(12):
        found = style.find(f"{W}pPr/{W}outlineLvl")
        if found is not None:
            value = found.get(f"{W}val", "9")
            return int(value) if value.isdigit() and int(value) < 9 else None
        above = styles.get(_value(style, "basedOn"))
        if above is None:
            return None
        style = above
    return None


def _value(style: ElementTree.Element, name: str) -> str:
    found = style.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def head_by_size(document: Any) -> Any:
    """Give paragraphs in large type the heading style that their size ranks them as.

    Only where no paragraph has a heading style: an author who used styles said what the headings are.
    """
    paragraphs = transforms.get_descendants_of_type(document, documents.Paragraph)
    if any(_is_styled(paragraph) for paragraph in paragraphs):
        return document
    usual = _usual_size(paragraphs)
    large = {
        size
        for paragraph in paragraphs
        if (size := _size_of(paragraph)) >= LARGER * usual and is_heading_worded(_text(paragraph))
    }
    ranks = {size: rank for rank, size in enumerate(sorted(large, reverse=True)[:4], start=1)}

    def head(paragraph: Any) -> Any:
        rank = ranks.get(_size_of(paragraph))
        if rank is None or paragraph.numbering is not None or not is_heading_worded(_text(paragraph)):
            return paragraph
        return paragraph.copy(style_name=f"Heading {rank}", style_id=None)

    return transforms.paragraph(head)(document) if ranks else document


def nest_by_style(document: Any) -> Any:
    """Put items into the depth that their style names (“List Bullet 2”): Word keeps it as an indent only."""

    def nest(paragraph: Any) -> Any:
        match = DEEP_STYLE.fullmatch(paragraph.style_name or "")
        if match is None:
            return paragraph
        depth = str(int(match["depth"]) - 1)
        return paragraph.copy(numbering=documents.numbering_level(depth, match["kind"].lower() == "number"))

    return transforms.paragraph(nest)(document)


def _is_styled(paragraph: Any) -> bool:
    return (paragraph.style_name or "").lower().startswith(("heading", "title"))


def _usual_size(paragraphs: list[Any]) -> float:
    letters: Counter[float] = Counter()
    for paragraph in paragraphs:
        letters[_size_of(paragraph) or USUAL_POINTS] += len(_text(paragraph))
    return letters.most_common(1)[0][0] if letters else USUAL_POINTS


def _size_of(paragraph: Any) -> float:
    """The size in points that all of a paragraph's runs share; 0 where it has none of its own."""
    runs = [run for run in _runs(paragraph) if _text(run).strip()]
    sizes = {float(run.font_size or 0) for run in runs}
    return sizes.pop() if len(sizes) == 1 else 0.0


def _runs(paragraph: Any) -> list[Any]:
    return list(transforms.get_descendants_of_type(paragraph, documents.Run))


def _text(element: Any) -> str:
    return "".join(text.value for text in transforms.get_descendants_of_type(element, documents.Text))
