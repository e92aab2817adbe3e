"""A picture of every page, light and dark, at three widths: `python -m tests.gallery [ADDRESS] [--write]`.

Takes a running site in demo mode, and makes on it what a new site lacks (furnishing.py). Compares with the
pictures in docs/gallery/ and names the pages that look different (exit 1); --write keeps the new ones.
One file a page: six looks side by side, at half size.
--readme writes the README's pictures instead; it hands documents in, so give it a site just made.
--only=PAGE, which may be given several times, leaves the other pages out.
--managers writes those of the manager's pages, and wants `manage.py seed_history` first.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser

from tests.browsers import running_chromium
from tests.gallery import managers, readme
from tests.gallery.atlas import Example, find_pages, missing, people

FOLDER = Path("docs/gallery")
WIDTHS = (1280, 360, 320)
HEIGHT = 900
THEMES = ("light", "dark")
# A point differs when it is this much lighter or darker, of 255; a page when so large a share of it does.
POINT, SHARE = 40, 0.02


def main(arguments: list[str]) -> int:
    """Return 1 where pages look different or are not found."""
    address = next((one for one in arguments if one.startswith("http")), "http://127.0.0.1:8000")
    with running_chromium() as browser:
        if "--readme" in arguments:
            readme.take(browser, address, Path("docs/pictures"))
            return 0
        if "--managers" in arguments:
            managers.take(browser, address, Path("docs/pictures/managers"))
            return 0
        examples = find_pages(people(browser, address))
        only = [one.removeprefix("--only=") for one in arguments if one.startswith("--only=")]
        wanted = [example for example in examples if not only or example.name in only]
        pictures = take(browser, address, wanted)
    FOLDER.mkdir(parents=True, exist_ok=True)
    different = {name: share for name, new in pictures.items() if (share := differs(name, new)) > SHARE}
    for name, share in sorted(different.items()):
        print(f"{name}: {share:.0%} of it looks different")
    for name in sorted(missing(examples)):
        print(f"{name}: no way leads to this page")
    if "--write" in arguments:
        for name, new in pictures.items():
            new.save(FOLDER / f"{name}.webp", quality=35, method=6)
    print(f"{len(pictures)} pages, {len(different)} different")
    return int(bool(different or missing(examples)) and "--write" not in arguments)


def take(browser: Browser, address: str, examples: list[Example]) -> dict[str, Image.Image]:
    """Return a strip of all looks for each page."""
    strips = {example.name: Image.new("RGB", (sum(WIDTHS), HEIGHT // 2), "white") for example in examples}
    left = 0
    for width in WIDTHS:
        for theme in THEMES:
            contexts = people(
                browser, address, viewport={"width": width, "height": HEIGHT}, color_scheme=theme
            )
            for example in examples:
                page = contexts[example.person].new_page()
                page.goto(example.path)
                shot = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
                strips[example.name].paste(shot.resize((width // 2, HEIGHT // 2)), (left, 0))
                page.close()
            left += width // 2
            for context in contexts.values():
                context.close()
    return strips


def differs(name: str, new: Image.Image) -> float:
    """Return the share of points that differ from the picture that is kept, 0 to 1."""
    path = FOLDER / f"{name}.webp"
    if not path.exists():
        return 1.0
    kept = Image.open(path).convert("L")
    if kept.size != new.size:
        return 1.0
    small = (new.width // 4, new.height // 4)
    difference = ImageChops.difference(kept.resize(small), new.convert("L").resize(small))
    return sum(difference.histogram()[POINT:]) / (small[0] * small[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
