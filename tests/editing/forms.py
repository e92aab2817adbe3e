"""What a browser without JavaScript would send back from the first big form of a page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """Names and values of the form with the most fields."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, Any]] = [{}]
        self._area = self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name, value = values.get("name") or "", values.get("value") or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name and values.get("type") in ("checkbox", "radio"):
            if "checked" in values:
                self._add(name, value, many=values["type"] == "checkbox")
        elif tag == "input" and name:
            self._add(name, value)
        elif tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select = name
            self._add(name, "")
        elif tag == "option" and self._select and "selected" in values:
            self.forms[-1][self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves out the line break right after the tag.
            # It also sends every other one as two characters.
            self._add(self._area, self._text.removeprefix("\n").replace("\n", "\r\n"))
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def _add(self, name: str, value: str, *, many: bool = False) -> None:
        form = self.forms[-1]
        if many:
            form.setdefault(name, []).append(value)
        else:
            form[name] = value


def fields_in(response: Any) -> dict[str, Any]:
    """The fields of the biggest form on the page of a response."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return max(parser.forms, key=len)
