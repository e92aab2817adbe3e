"""The OpenAPI document: valid, without warnings, and of the addresses that there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.admindocs.views import simplify_regex
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from enablement.api.errors import CODES, TITLES
from enablement.texts import tidy_text

PREFIX = "/api/v1/"


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address of the API as the document writes it, parameters unnamed, no slash at its end."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        elif isinstance(entry, URLPattern) and route.startswith(PREFIX.lstrip("/")):
            yield re.sub("<[^>]+>", "{}", simplify_regex(route.replace("/?", "/"))).rstrip("/")


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The document as the command writes it; the command fails on any warning."""
    path: Path = tmp_path_factory.mktemp("schema") / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(path), stderr=StringIO())
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_document_is_openapi_3_1_and_has_no_warnings(schema: Any) -> None:
    assert schema["openapi"].startswith("3.1")
    assert {"lessons", "cards", "ask"} <= {path.split("/")[3] for path in schema["paths"]}


def test_every_address_of_the_api_is_documented(schema: Any) -> None:
    documented = {re.sub("{[^}]+}", "{}", path).rstrip("/") for path in schema["paths"]}
    routes = set(_routes(get_resolver()))
    assert len(routes) > 10
    for route in routes:
        if route != f"{PREFIX}schema":
            assert route in documented


def test_text_says_what_it_may_hold(schema: Any) -> None:
    text = schema["components"]["schemas"]["Question"]["properties"]["text"]
    assert (text["minLength"], text["maxLength"]) == (1, 2_000)
    # The pattern by its halves, as Python's re knows no \p.
    assert text["pattern"] == r"^[^\x00]*(\p{L}|\p{N})[^\x00]*$"
    for code in range(0x110000):
        assert chr(code).isalnum() == (unicodedata.category(chr(code))[0] in "LN")


def test_a_name_says_what_it_may_hold(schema: Any) -> None:
    name = schema["components"]["schemas"]["MakeRule"]["properties"]["group"]
    seen = re.compile(name["pattern"])
    # Every character by itself is a name where something is left of it, and else none.
    codes = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert not [code for code in codes if bool(seen.search(chr(code))) != bool(tidy_text(chr(code)))]
    assert seen.search(" \u200bSales\t")
    assert not seen.search("")


def test_a_problem_names_every_code_that_there_is(schema: Any) -> None:
    codes = set(schema["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    assert codes == TITLES.keys() >= {*CODES.values(), "server_error", "unavailable", "attempt_closed"}
    listed = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    assert not {code for code in codes if f"`{code}`" not in listed}


def test_asking_is_documented_as_json_and_as_a_stream(schema: Any) -> None:
    content = schema["paths"]["/api/v1/ask/"]["post"]["responses"]["200"]["content"]
    assert content.keys() == {"application/json", "text/event-stream"}


def test_tokens_are_documented(schema: Any) -> None:
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/schema", "/api/v1/schema/"])
def test_the_document_is_served(address: str) -> None:
    response = Client().get(address, headers={"Accept": "application/vnd.oai.openapi+json"})
    assert response.status_code == 200
    assert response.json()["info"]["title"] == "Dosay"


def test_every_page_says_its_bounds(schema: Any) -> None:
    bounds = {"limit": (1, 200), "offset": (0, 1_000_000)}
    lists = 0
    for operations in schema["paths"].values():
        for parameter in operations.get("get", {}).get("parameters", []):
            if parameter["name"] == "offset":
                lists += 1
            if parameter["name"] in bounds and "offset" in str(operations["get"]["parameters"]):
                shape = parameter["schema"]
                assert (shape["minimum"], shape["maximum"]) == bounds[parameter["name"]]
    assert lists >= 9


def test_every_body_says_that_other_keys_are_refused(schema: Any) -> None:
    bodies = 0
    for operations in schema["paths"].values():
        body = operations.get("post", {}).get("requestBody")
        if body is None:
            continue
        name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert schema["components"]["schemas"][name]["additionalProperties"] is False, name
        bodies += 1
    assert bodies >= 8
