"""YAML that remembers where each value stands, so that an error can name the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]


class YamlError(Exception):
    """The text is not YAML. `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class Located:
    """Parsed YAML and the line (from 1) of every value, by its path of keys and indices."""

    value: Any
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of `path`, or of its nearest parent that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load_located(text: str, first_line: int = 1) -> Located:
    """Parse `text`; lines are counted from `first_line`. Raises YamlError, also for a key given twice."""
    lines: dict[Path, int] = {}
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            _collect(node, (), first_line, lines)
        value = None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        raise YamlError(f"this is not valid YAML: {error.problem or error.context}", line) from error
    except yaml.YAMLError as error:
        raise YamlError(f"this is not valid YAML: {error}", first_line) from error
    finally:
        loader.dispose()
    return Located(value, lines)


def _collect(node: yaml.Node, path: Path, first_line: int, lines: dict[Path, int]) -> None:
    lines[path] = node.start_mark.line + first_line
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # What cannot be a key is refused when the value is made.
            if key.value in seen:
                raise YamlError(f"the key “{key.value}” is given twice", key.start_mark.line + first_line)
            seen.add(key.value)
            _collect(child, (*path, key.value), first_line, lines)
            lines[(*path, key.value)] = key.start_mark.line + first_line
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _collect(child, (*path, index), first_line, lines)
