"""What the OpenAPI document says beside what the views say themselves."""

from __future__ import annotations

from typing import Any, Final

from enablement.api.errors import CONTENT_TYPE, TITLES

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A problem (RFC 9457). `code` is stable; `errors` has sentences about fields by name.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request": {"type": "string", "description": "The request’s number in the log, with a 500."},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def add_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say of every operation that whatever is not named is a problem document."""
    # Each app adds its own codes to the titles while it is loaded.
    code = {"type": "string", "enum": sorted(TITLES)}
    problem = PROBLEM | {"properties": PROBLEM["properties"] | {"code": code}}
    result["components"].setdefault("schemas", {})["Problem"] = problem
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            for status, response in responses.items():
                if int(status) >= 400:
                    response["content"] = content
            responses["default"] = {"description": "What went wrong.", "content": content}
    return result
