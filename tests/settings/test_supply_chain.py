"""Packages are locked by hash, and a scan that could not look does not pass for a good one."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from config.embedded.addresses import ROOT

REQUIREMENTS = ROOT / "requirements"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[\w+\])?==(\S+)", re.MULTILINE)


@pytest.fixture
def scan() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scan", REQUIREMENTS / "scan.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(*holes: str, missed: bool = False) -> str:
    looked = {"name": "django", "version": "5.2.19", "vulns": [{"id": hole} for hole in holes]}
    other = {"name": "nh3", "skip_reason": "not found"} if missed else looked | {"name": "nh3", "vulns": []}
    return json.dumps({"dependencies": [looked, other]})


def pinned(*names: str) -> set[tuple[str, str]]:
    texts = [(REQUIREMENTS / name).read_text(encoding="utf-8") for name in names]
    return {(n.lower().replace("_", "-"), v) for text in texts for n, v in PIN.findall(text)}


def test_every_package_but_torch_is_locked_at_its_version_with_hashes() -> None:
    locked = pinned("local.lock", "test.lock")
    assert {name for name, _ in pinned("base.txt", "local.txt", "test.txt") - locked} == {"torch"}
    assert {name for name, _ in pinned("base.txt", "local.txt") - pinned("local.lock")} == {"torch"}
    assert pinned("tools.txt") <= pinned("tools.lock")
    for name in ("local.lock", "test.lock", "tools.lock"):
        text = (REQUIREMENTS / name).read_text(encoding="utf-8")
        assert len(re.findall(r"== *\S+ .*\\\n +--hash=sha256:[0-9a-f]{64}", text)) == text.count("==")
        assert "://" not in text


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        (report(missed=True), 2, "Could not look: 1 of 2"),
        ("", 2, "Could not look: 2 of 2"),
        ("[]", 2, "Could not look: 2 of 2"),
        (report("CVE-1"), 1, "CVE-1"),
        (report("CVE-1", missed=True), 1, "Could not look: 1 of 2"),
    ],
)
def test_what_was_not_looked_at_is_not_called_well(
    scan: ModuleType, told: str, status: int, words: str
) -> None:
    found, lines = scan.judge(["Django==5.2.19", "nh3==0.3.8"], told)
    assert found == status
    assert words in "\n".join(lines)


def test_a_whole_look_that_finds_nothing_is_well(scan: ModuleType) -> None:
    assert scan.judge(["Django==5.2.19", "nh3==5.2.19"], report())[0] == 0


def test_the_tools_own_all_clear_is_not_passed_on(tmp_path: Path) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text("import sys\nprint('No network.\\nNo known vulnerabilities found', file=sys.stderr)\n")
    command = [sys.executable, str(REQUIREMENTS / "scan.py")]
    audit = {"DOSAY_AUDIT": f"{sys.executable} {tool}"}
    ran = subprocess.run(command, env=os.environ | audit, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "No network." in ran.stderr
    assert "No known vulnerabilities" not in ran.stderr


@pytest.mark.parametrize("tool", ["false", "true", "/nowhere/pip-audit"])
def test_without_an_answer_the_scan_fails_and_says_so(tool: str) -> None:
    command = [sys.executable, str(REQUIREMENTS / "scan.py")]
    ran = subprocess.run(command, env={**os.environ, "DOSAY_AUDIT": tool}, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "Could not look" in ran.stderr
