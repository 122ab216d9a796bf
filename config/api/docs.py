"""The API's reference as a page of ours: no script from elsewhere, readable on a phone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    parts = schema.get("components", {}).get("schemas", {})
    calls = [
        _call(path, method, operation, parts)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]
    return render(request, "api/docs.html", {"calls": calls})


def _call(
    path: str, method: str, operation: dict[str, Any], parts: dict[str, Any]
) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "said": operation.get("description", ""),
        "fields": _fields(body.get("schema", {}), parts),
    }


def _fields(schema: dict[str, Any], parts: dict[str, Any]) -> list[dict[str, Any]]:
    schema = parts.get(schema.get("$ref", "").rpartition("/")[2], schema)
    required = set(schema.get("required", []))
    return [
        {
            "name": name,
            "type": _type(each, parts),
            "required": name in required,
            "said": each.get("description", ""),
        }
        for name, each in schema.get("properties", {}).items()
    ]


def _type(schema: dict[str, Any], parts: dict[str, Any]) -> str:
    ref = schema.get("$ref") or next((s.get("$ref", "") for s in schema.get("allOf", [])), "")
    if ref:
        found = parts.get(ref.rpartition("/")[2], {})
        choices = found.get("enum")
        return " | ".join(map(str, choices)) if choices else ref.rpartition("/")[2]
    kind = schema.get("type", "")
    if kind == "array":
        return f"{_type(schema.get('items', {}), parts)}[]"
    return " | ".join(kind) if isinstance(kind, list) else str(kind)
