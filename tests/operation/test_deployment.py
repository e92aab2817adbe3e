"""The deployment files name what there is: commands, modules, settings. They are read here, and not run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from celery import current_app
from django.conf import settings
from django.core.management import get_commands

from config import gunicorn
from config.embedded.addresses import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
# Not ours: what the images and Python read themselves.
IMAGES = {"PYTHON_IMAGE", "POSTGRES_IMAGE", "REDIS_IMAGE"}
FOREIGN = {
    *("PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PIP_EXTRA_INDEX_URL", "DATABASE_PASSWORD"),
    *IMAGES,
}
PROGRAMS = {"gunicorn", "celery", "python"}


def unit_commands() -> list[tuple[str, str]]:
    found = []
    for path in UNITS:
        (line,) = re.findall(r"^ExecStart=(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        inner = re.sub(r".*exec (.*)'$", r"\1", line)
        found.append((path.name, inner.replace("/opt/dosay/.venv/bin/", "")))
    return found


def services() -> list[tuple[str, str]]:
    ours = {name: one for name, one in COMPOSE["services"].items() if one.get("image") == "dosay"}
    found: list[tuple[str, str]] = []
    for name, one in ours.items():
        command = one.get("command", [])
        whole = command[2].split("&&") if command[:1] == ["sh"] else [shlex.join(map(str, command))]
        found += [(name, part.strip()) for part in whole if part.strip()]
    return found


def image() -> list[tuple[str, str]]:
    (words,) = re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)
    return [("image", shlex.join(json.loads(words)))]


@pytest.mark.parametrize(("where", "command"), [*unit_commands(), *services(), *image()])
def test_every_command_is_there(where: str, command: str) -> None:
    words = shlex.split(command)
    assert words[0] in PROGRAMS
    if "manage.py" in words:
        assert words[words.index("manage.py") + 1] in get_commands()
    if "-m" in words:
        assert find_spec(words[words.index("-m") + 1])
    for word in words:
        if word.startswith("--config=python:"):
            assert find_spec(word.removeprefix("--config=python:"))
        if word.startswith("--app="):
            assert find_spec(f"{word.removeprefix('--app=')}.celery")


def test_last_weeks_backup_goes_only_when_tonights_is_whole(tmp_path: Path) -> None:
    unit = (ROOT / "deploy" / "systemd" / "dosay-backup.service").read_text(encoding="utf-8")
    (swap,) = re.findall(r"^ExecStartPost=(.+)$", unit, re.MULTILINE)
    (swept,) = set(re.findall(r"^Exec(?:StartPre|StopPost)=/bin/rm -rf (.+)$", unit, re.MULTILINE))
    assert re.findall(r"^ExecStart=.* manage.py backup (.+)$", unit, re.MULTILINE) == [swept]
    for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "tonight"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"of-{name}").touch()
    swap = swap.replace("/var/lib/dosay/backups", str(tmp_path)).replace("$$", "$").replace("%%", "%")
    subprocess.run(shlex.split(swap), check=True, env={"PATH": os.defpath, "LC_ALL": "C"})
    kept = sorted(file.name for file in tmp_path.glob("*/*"))
    assert (len(kept), kept[-1], (tmp_path / "tonight").exists()) == (7, "of-tonight", False)


def settings_named() -> set[str]:
    example = (ROOT / "deploy" / "environment.example").read_text(encoding="utf-8")
    units = "\n".join(path.read_text(encoding="utf-8") for path in UNITS)
    found = set(re.findall(r"^(?:Environment=)?([A-Z_]+)=", example + "\n" + units, re.MULTILINE))
    found |= set(re.findall(r"^(?:ENV|ARG|   ) ?([A-Z_]{4,})=", DOCKERFILE, re.MULTILINE))
    found |= set(COMPOSE["x-dosay"]["environment"])
    return found | set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))


def test_every_setting_is_one_that_is_read() -> None:
    read = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "config").rglob("*.py"))
    assert {name for name in settings_named() - FOREIGN if f'"{name}"' not in read} == set()


def test_the_image_runs_as_nobody_in_particular_and_has_no_tools_of_the_build() -> None:
    stages = DOCKERFILE.split("\nFROM ")
    assert len(stages) == 3
    assert re.findall(r"^USER (\d+)$", stages[2], re.MULTILINE) == ["10001"]
    assert "requirements/install.py local" in stages[1]
    assert "pip" not in stages[2].lower().replace("pip_extra", "")


def test_the_image_has_its_style_sheets_collected(tmp_path: Path) -> None:
    (command,) = re.findall(r"^RUN (DOSAY_DATA=(?:.*\\\n)*.*?) *\\?\n? *&& rm", DOCKERFILE, re.MULTILINE)
    assert "ENV PATH" not in command
    assert re.search(r"^ +DOSAY_STATIC_ROOT=/app/static ", DOCKERFILE.split("\nENV ")[1], re.MULTILINE)
    for place, here in (("/app/static", tmp_path / "static"), ("/tmp/build", tmp_path / "data")):
        command = command.replace(place, str(here))
    asked = command.replace(".venv/bin/python", sys.executable).replace("\\\n", " ")
    subprocess.run(["sh", "-c", f"{asked} --dry-run"], cwd=ROOT, check=True, capture_output=True, timeout=60)


def test_new_code_does_not_come_with_a_signal_that_leaves_the_old_in_place() -> None:
    """The site is loaded before its processes part, so that SIGHUP would go on with what was loaded."""
    assert gunicorn.preload_app
    for path in UNITS:
        assert "ExecReload" not in path.read_text(encoding="utf-8"), path.name


def test_every_image_from_elsewhere_has_a_version_and_may_be_given_by_its_digest() -> None:
    given = [service["image"] for service in COMPOSE["services"].values() if service["image"] != "dosay"]
    given += COMPOSE["x-dosay"]["build"]["args"].values()
    found = dict(re.fullmatch(r"\$\{([A-Z_]+):-(\S+)\}", one).groups() for one in given)  # type: ignore[union-attr]
    assert set(found) == IMAGES
    for name, image in found.items():
        assert re.search(r":\d+\.\d+", image), f"{name}: {image} has no version"
    assert f"ARG PYTHON_IMAGE={found['PYTHON_IMAGE']}\n" in DOCKERFILE
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["${PYTHON_IMAGE}"] * 2


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists()
            assert f"!{name}" in kept


def test_every_service_of_ours_has_a_file_system_that_cannot_be_written() -> None:
    for name, service in COMPOSE["services"].items():
        if service.get("image") == "dosay":
            assert service["read_only"] is True, name
            assert service["cap_drop"] == ["ALL"], name


def test_all_six_parts_are_there() -> None:
    assert set(COMPOSE["services"]) >= {"database", "redis", "web", "worker", "beat", "encoder"}
    parts = {path.stem.removeprefix("dosay-") for path in UNITS}
    assert parts >= {"web", "worker", "beat", "encoder"}


def test_a_task_is_cut_off_before_the_broker_hands_it_out_again() -> None:
    current_app.loader.import_default_modules()
    patience = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    ours = [task for name, task in current_app.tasks.items() if name.startswith(("enablement.", "quizzes."))]
    assert len(ours) >= len({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()})
    for task in ours:
        limit = task.time_limit or settings.CELERY_TASK_TIME_LIMIT
        late = settings.CELERY_TASK_ACKS_LATE if task.acks_late is None else task.acks_late
        assert limit, task.name
        assert limit < patience or not late, task.name


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_proxy_lets_streams_through_and_keeps_the_figures_inside(name: str) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    assert "/metrics/" in text
    assert "proxy_buffering off" in text or "flush_interval -1" in text
