"""Style sheets and scripts as a running site serves them: named by their content, compressed, kept for good.

`collectstatic` makes them, in the folder that DOSAY_STATIC_ROOT names; `make run` does both. Without it the
files are served from where they lie, each by its own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The sheets of every page, in their order. On a slow line one file is half a second quicker than all of them.
SHEETS = (
    *("tokens", "base", "shell", "navigation", "button", "field", "card", "say", "badge", "notice"),
    *("table", "reading", "trust", "palette", "loading", "print"),
)
TOGETHER = "dosay/site.css"


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """The collected files, with the sheets of every page put together into one."""

    manifest_strict = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """As the library's; what was collected keeps its address, and a page asks for some twenty."""
        if force or name not in self._addresses:
            self._addresses[name] = str(super().url(name, force))
        return self._addresses[name]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            sheets = [Path(self.path(_address(name))).read_text(encoding="utf-8") for name in SHEETS]
            Path(self.path(TOGETHER)).write_text("\n".join(sheets), encoding="utf-8")
            paths = {**paths, TOGETHER: (self, TOGETHER)}
        yield from super().post_process(paths, dry_run, **options)

    def stored_name(self, name: str) -> str:
        """Where a file is missing, a page is better without it than not there at all."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


def sheets() -> list[str]:
    """Return the addresses of the style sheets of every page."""
    collected = getattr(staticfiles_storage, "hashed_files", {})
    names = [TOGETHER] if TOGETHER in collected else [_address(name) for name in SHEETS]
    return [staticfiles_storage.url(name) for name in names]


def _address(name: str) -> str:
    return f"dosay/{name}.css"
