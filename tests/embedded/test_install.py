"""The environment is made once, and again only when something that matters has changed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from config.embedded.addresses import ROOT


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """requirements/install.py over a folder of its own."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "requirements" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "base.txt").write_text("torch==2.13.0\nDjango==5.2.19  # the site\n")
    (tmp_path / "local.txt").write_text("-r base.txt\nredislite==6.2.912183\n")
    for name, path in {"HERE": tmp_path, "VENV": tmp_path / "venv"}.items():
        monkeypatch.setattr(module, name, path)
    monkeypatch.setattr(module, "PYTHON", tmp_path / "venv" / "bin" / "python")
    return module


@pytest.fixture
def calls(installer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been given to pip."""
    given: list[list[str]] = []
    monkeypatch.setattr(installer, "pip_install", given.append)

    def make_environment() -> None:
        (tmp_path / "venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / "venv" / "bin" / "python").touch()

    monkeypatch.setattr(installer, "make_environment", make_environment)
    return given


def test_torch_comes_first_by_its_exact_pin(
    installer: ModuleType, calls: list[list[str]], tmp_path: Path
) -> None:
    assert installer.main("local") == 0
    assert calls == [["torch==2.13.0"], ["-r", str(tmp_path / "local.txt")]]


def test_a_second_install_does_nothing(installer: ModuleType, calls: list[list[str]]) -> None:
    assert installer.main("local") == 0
    calls.clear()
    assert installer.main("local") == 0
    assert calls == []


def test_a_changed_pin_in_an_included_file_installs_again(
    installer: ModuleType, calls: list[list[str]], tmp_path: Path
) -> None:
    assert installer.main("local") == 0
    calls.clear()
    (tmp_path / "base.txt").write_text("torch==2.13.1\n")
    assert installer.main("local") == 0
    assert calls[0] == ["torch==2.13.1"]


def test_a_failed_install_is_tried_again(
    installer: ModuleType,
    calls: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: list[str]) -> None:
        raise installer.Refused("no network")

    with monkeypatch.context() as broken:
        broken.setattr(installer, "pip_install", fail)
        assert installer.main("local") == 2
    assert capsys.readouterr().err == "no network\n"
    assert installer.main("local") == 0
    assert len(calls) == 2


def test_an_environment_behind_a_link_is_used_and_never_changed(
    installer: ModuleType, calls: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "bin").mkdir(parents=True)
    (tmp_path / "venv").symlink_to(theirs)
    assert installer.main("local") == 2
    assert capsys.readouterr().err.startswith(f".venv is a link to {theirs}")
    (theirs / "bin" / "python").touch()
    assert installer.main("local") == 0
    assert calls == []
    assert [path.name for path in theirs.iterdir()] == ["bin"]


def test_an_old_python_is_refused_in_one_line(
    installer: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installer.sys, "version_info", (3, 9, 2))
    assert installer.main("local") == 2
    assert capsys.readouterr().err.startswith("Python 3.11 or newer is needed")


def test_every_requirement_is_an_exact_pin() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        for line in path.read_text().splitlines():
            requirement = line.partition("#")[0].strip()
            assert not requirement or "==" in requirement or requirement.startswith("-r "), (path.name, line)
