"""The tools: names, what they look up, and their JSON schemas."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from ops.advise.catalogue import Topic
from ops.advise.tools.argument import (
    ClassifierArguments,
    GaugeArguments,
    LifetimeArguments,
    PlanArguments,
    StreamArguments,
    ToolArguments,
    WhatIfArguments,
)

ToolName = Literal[
    "drift", "capability", "gauge", "lifetime", "plan", "classifier", "forecast", "alerts",
    "events", "what_if",
]  # fmt: skip
TOOLS: tuple[ToolName, ...] = get_args(ToolName)
MOST_CALLS = 6
ARGUMENTS: Mapping[ToolName, type[ToolArguments]] = {
    "drift": StreamArguments,
    "capability": StreamArguments,
    "gauge": GaugeArguments,
    "lifetime": LifetimeArguments,
    "plan": PlanArguments,
    "classifier": ClassifierArguments,
    "forecast": PlanArguments,
    "alerts": StreamArguments,
    "events": StreamArguments,
    "what_if": WhatIfArguments,
}
TOPIC: Mapping[ToolName, Topic] = {
    "drift": "drift",
    "capability": "capability",
    "gauge": "gauge",
    "lifetime": "lifetime",
    "plan": "plan",
    "classifier": "classifier",
    "forecast": "forecast",
    "alerts": "alert",
    "events": "drift",
    "what_if": "plan",
}
_SAYS: Mapping[ToolName, str] = {
    "drift": "Drift of measurements of tools: slope, steps, cause, days to a limit, best action.",
    "capability": "Process capability of characteristics: Cpk, Ppk, spread, strata.",
    "gauge": "Studies of gauges: share of the gauge in the spread, bias, categories.",
    "lifetime": "Life tests and field failures: B10, shape, failures, hazard, warranty.",
    "plan": "Plans of the network: cost, service, bottlenecks, shortages, violated rules.",
    "classifier": "Models that classify: performance, calibration, drift of inputs, challengers.",
    "forecast": "Forecasts of demand: error, coverage, change of demand.",
    "alerts": "Open alerts.",
    "events": "What happened at tools: maintenance, material and parts changed, calibration.",
    "what_if": "A plan under changes that the question states, solved anew beside the old one.",
}


def tool_specs() -> list[dict[str, Any]]:
    """Tools as a chat request lists them; all of them only read."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool,
                "description": _SAYS[tool],
                "parameters": arguments_schema(tool),
            },
        }
        for tool in TOOLS
    ]


def calls_schema() -> dict[str, Any]:
    """Describe an answer that lists calls, for a server that has no tools."""
    calls = [
        _object({"name": {"type": "string", "enum": [tool]}, "arguments": arguments_schema(tool)})
        for tool in TOOLS
    ]
    return _object({"calls": {"type": "array", "items": {"anyOf": calls}, "maxItems": MOST_CALLS}})


def arguments_schema(tool: ToolName) -> dict[str, Any]:
    """Describe the arguments of a tool: every field required, no references."""
    raw = ARGUMENTS[tool].model_json_schema()
    return _plain(raw, raw.get("$defs", {}))


def _plain(schema: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Put the references of a schema in, without titles and defaults."""
    if "$ref" in schema:
        return _plain(known[schema["$ref"].rsplit("/", maxsplit=1)[-1]], known)
    dropped = ("title", "default", "$defs")
    found: dict[str, Any] = {key: value for key, value in schema.items() if key not in dropped}
    if "properties" in found:
        fields = {name: _plain(field, known) for name, field in found["properties"].items()}
        found = {**found, "properties": fields, "required": list(fields)}
    if "items" in found:
        found["items"] = _plain(found["items"], known)
    if "anyOf" in found:
        found["anyOf"] = [_plain(one, known) for one in found["anyOf"]]
    return found


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": fields, "required": list(fields),
        "additionalProperties": False,
    }  # fmt: skip
