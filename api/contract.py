"""The OpenAPI document: what the routes say, and the problem documents that all of them answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api import problems
from api.life_bodies import LifeRowsView
from api.model_registration import ExternalModelDraft
from api.problems import ProblemDocument, ProblemField
from api.scenario_bodies import ScenarioDraft, ScenarioRevisionDraft
from ops.ingest.life_mapping import LifeMapping

_TEXT = {kind.status: kind.title for kind in problems.OF_ERROR.values()} | {
    400: problems.UNREADABLE.title,
    421: problems.WRONG_HOST.title,
    422: problems.INVALID.title,
}
# bodies that FastAPI never sees, and an answer that it hands on as it is
READ_FROM_FILES = (
    ScenarioDraft,
    ScenarioRevisionDraft,
    LifeMapping,
    LifeRowsView,
    ExternalModelDraft,
)
_ALWAYS = (422, 429, 503)
_BODY = ("post", "put", "patch")


def operation_id(route: APIRoute) -> str:
    """Readable name of an operation: tag and function, e.g. ``tools_create``."""
    tag = str(route.tags[0]).replace("-", "_").replace(" ", "_") if route.tags else "api"
    return f"{tag}_{route.name.strip('_')}"


def install(app: FastAPI, *, keys: bool) -> None:
    """Let `app` describe itself; `keys` says that callers need an API key."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, keys=keys)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the documented way to extend it


def _document(app: FastAPI, *, keys: bool) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, summary=app.summary, routes=app.routes
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for model in (ProblemDocument, ProblemField, *READ_FROM_FILES):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {}) | {model.__name__: schema}
    for path, operations in document["paths"].items():
        if path.startswith("/v1"):
            for method, operation in operations.items():
                _add_problems(path, method, operation, keys=keys)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    if keys:
        scheme = {"type": "http", "scheme": "bearer", "description": "`longrun keys create`"}
        document["components"]["securitySchemes"] = {"key": scheme}
    return document


def _add_problems(path: str, method: str, operation: dict[str, Any], *, keys: bool) -> None:
    answers = operation["responses"]
    for status in _statuses(path, method, operation, keys=keys):
        if status == 422 or str(status) not in answers:
            answers[str(status)] = {
                "description": _TEXT[status],
                "content": {
                    problems.MEDIA_TYPE: {
                        "schema": {"$ref": "#/components/schemas/ProblemDocument"}
                    }
                },
            }
    if keys:
        operation["security"] = [{"key": []}]
    if method == "post":
        operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)


def _statuses(path: str, method: str, operation: dict[str, Any], *, keys: bool) -> list[int]:
    named = {p["name"].lower() for p in operation.get("parameters", ())}
    unknown = (401, 403) if keys else (421,) if method == "get" else (403, 421)
    statuses = [*_ALWAYS, *unknown]
    if (
        "{" in path
        or named & {"site", "tool", "characteristic", "characteristic_id"}
        or method in (*_BODY, "delete")
    ):
        statuses.append(404)
    if method != "get":
        statuses.append(409)
    if method in _BODY:
        statuses += [400, 413]
    if "if-match" in named:
        statuses += [412, 428]
    return sorted(statuses)


_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "description": "Any text of the caller's; a repeat under it answers the first answer.",
}
