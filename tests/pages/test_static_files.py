"""Style sheets and scripts: every one that is named is there, and collected they are few, small and kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from enablement import static_files
from enablement.static_files import TOGETHER, CollectedFiles, sheets

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"{% static ['\"]([^'\"]+[^/])['\"]")


def test_every_file_that_a_template_names_is_there() -> None:
    templates = [path for app in ("enablement", "quizzes") for path in (ROOT / app).rglob("*.html")]
    named = {name for path in templates for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 20
    assert {name for name in named if not finders.find(name)} == set()


def test_collected_the_sheets_of_every_page_are_one_compressed_file_named_by_its_content(
    tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    storages = settings.STORAGES  # type: ignore[attr-defined]
    collected = {"BACKEND": "enablement.static_files.CollectedFiles"}
    settings.STORAGES = {**storages, "staticfiles": collected}  # type: ignore[attr-defined]
    call_command("collectstatic", "--no-input", "--ignore=admin", "--ignore=rest_framework", verbosity=0)
    monkeypatch.setattr(static_files, "staticfiles_storage", CollectedFiles())
    (address,) = sheets()
    assert re.fullmatch(r"/static/dosay/site\.[0-9a-f]{12}\.css", address)
    file = tmp_path / address.removeprefix("/static/")
    assert file.with_name(f"{file.name}.gz").stat().st_size < file.stat().st_size / 2
    assert "--" in (tmp_path / TOGETHER).read_text(encoding="utf-8")
