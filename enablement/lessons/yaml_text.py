"""Plain data as YAML that people like to read and edit: the counterpart of yaml_lines. Pure.

Long lines are folded, texts of several lines stand as blocks, lists of slugs stand on one line, and the items
of a list are a blank line apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

WIDTH = 110
_ON_ONE_LINE = ("cards", "sources", "covers", "signals", "aliases")
_SHORT = 70


class _Folded(str):
    """A text to fold over several lines."""


class _Block(str):
    """A text with lines of its own."""


class _Row(list[Any]):
    """A list to keep on one line."""


class _Dumper(yaml.SafeDumper):
    """Indents lists under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _as(style: str) -> Any:
    def represent(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)

    return represent


_Dumper.add_representer(_Folded, _as(">"))
_Dumper.add_representer(_Block, _as("|"))
_Dumper.add_representer(
    _Row,
    lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", list(row), flow_style=True),
)


def mapping_text(data: dict[str, Any]) -> str:
    """Return a mapping as YAML. Reading it gives back exactly `data`."""
    return _checked(_dump(data), data)


def list_text(items: Sequence[dict[str, Any]]) -> str:
    """Return a list of mappings as YAML, its items a blank line apart."""
    return _checked("\n".join(_dump([item]) for item in items), list(items))


def _dump(data: Any) -> str:
    dumped: str = yaml.dump(
        _styled(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, indent=2
    )
    return dumped


def _checked(text: str, data: Any) -> str:
    # Folding has corners (blanks at the ends of lines). Content must never change on its way out.
    if yaml.load(text, Loader=yaml.CSafeLoader) != data:
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return text


def _styled(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _styled(child, name) for name, child in value.items()}
    if isinstance(value, list):
        rows = [_styled(child) for child in value]
        return _Row(rows) if key in _ON_ONE_LINE and _are_short(value) else rows
    return _text(value) if isinstance(value, str) else value


def _are_short(values: list[Any]) -> bool:
    return all(isinstance(value, str) and len(value) < _SHORT for value in values)


def _text(text: str) -> str:
    if "\n" in text and not text.endswith("\n"):
        return _Block(text)
    return _Folded(text) if len(text) > _SHORT and "  " not in text and "\n" not in text else text
