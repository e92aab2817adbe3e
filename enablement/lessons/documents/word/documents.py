"""A Word document to Markdown, over the markup that mammoth makes of it."""

from __future__ import annotations

from collections.abc import Callable

import mammoth  # type: ignore[import-untyped]
from bs4 import BeautifulSoup

from enablement.lessons.documents.blocks import about_pictures, headed_by_bold_lines, write_markdown
from enablement.lessons.documents.limits import Limits, Refused
from enablement.lessons.documents.web.footnotes import head_footnotes
from enablement.lessons.documents.web.walking import Walk
from enablement.lessons.documents.word.headings import head_by_size, nest_by_style, style_map
from enablement.lessons.documents.word.package import open_package


def to_markdown(
    data: bytes, limits: Limits, progress: Callable[[int, int], None]
) -> tuple[str, int | None, list[str]]:
    """Return (Markdown, None, notes). Raises Refused for a package that is unsafe or no Word document."""
    package = open_package(data, limits)
    markup = mammoth.convert_to_html(
        package,
        style_map=style_map(package),
        include_embedded_style_map=False,
        transform_document=lambda document: nest_by_style(head_by_size(document)),
        # Pictures are never opened: their text cannot be read, and they may be large.
        convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
    ).value
    soup = BeautifulSoup(markup, "html.parser")
    under_the_title(soup)
    noted = head_footnotes(soup)
    walk = Walk()
    text = write_markdown(headed_by_bold_lines(walk.blocks_of(soup)))
    if not text.strip():
        raise Refused(
            "holds no text", "if its pages are pictures, type their text or run text recognition over it"
        )
    return text, None, [*noted, *about_pictures(walk.pictures)]


def under_the_title(soup: BeautifulSoup) -> None:
    """Where the document has a title, move every other heading one level down below it."""
    titles = soup.select("h1.title")
    if not titles:
        return
    for level in range(5, 0, -1):
        for heading in soup.find_all(f"h{level}"):
            if "title" not in heading.get_attribute_list("class"):
                heading.name = f"h{level + 1}"
