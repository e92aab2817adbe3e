"""What the README lists is what there is: every command, and every setting that the code reads."""

from __future__ import annotations

import re

from django.core.management import get_commands

from config.embedded.addresses import ROOT

# Set by our own processes for one another; nobody sets them by hand.
OURS = {"DOSAY_TESTING", "DOSAY_WEB"}
READ = re.compile(r'env\.[a-z_]+\(\s*"([A-Z_]+)"|environ(?:\.get\(|\[)"(DOSAY_[A-Z_]+)"')


def first_cells(heading: str) -> str:
    """The first column of the tables under a heading of the README."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("|"))


def test_every_command_is_in_the_readme() -> None:
    ours = {name for name, app in get_commands().items() if app in {"enablement", "quizzes"}}
    assert set(re.findall(r"`([a-z_]+)", first_cells("On the command line"))) == ours


def test_every_setting_is_in_the_readme() -> None:
    files = [path for folder in ("config", "enablement", "quizzes") for path in (ROOT / folder).rglob("*.py")]
    found = (READ.findall(path.read_text(encoding="utf-8")) for path in files)
    read = {name for pairs in found for pair in pairs for name in pair if name}
    assert set(re.findall(r"`([A-Z_]+)`", first_cells("Settings"))) == read - OURS
