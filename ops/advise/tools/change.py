"""Changes of a plan as typed edits of its scenario."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from ops.advise.tools.argument import Change
from solvers.scenario.edit_kinds import Edit

_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


def edit_of(change: Change) -> dict[str, Any] | str:
    """Edit of a scenario, as JSON, or why there is none.

    Whether the scenario has what it names is seen when it is applied.

    Examples
    --------
    >>> edit_of(Change(kind="demand", of="", percent=20))["change"]["factor"]
    1.2
    >>> edit_of(Change(kind="demand"))
    'demand: by how many percent is not said'
    """
    if change.kind in ("close-site", "keep-site-open"):
        if not change.of:
            return f"{change.kind}: the site is not said"
        status = "closed" if change.kind == "close-site" else "must-open"
        return _typed({"kind": "site-status", "where": {"codes": [change.of]}, "status": status})
    if change.percent is None:
        return f"{change.kind}: by how many percent is not said"
    factor = round(1 + change.percent / 100, 9)
    code = change.of or None
    known: dict[str, dict[str, Any]] = {
        "demand": {"kind": "demands", "where": {"site": code}},
        "tool-hours": {"kind": "tools", "where": {"tool_group": code}, "field": "hours"},
        "lane-cost": {"kind": "lanes", "where": {"origin": code}, "field": "cost"},
        "lead-time": {"kind": "lead-time-shock", "where": {"origin": code}, "factor": factor},
    }
    raw = known[change.kind]
    return _typed(raw if change.kind == "lead-time" else {**raw, "change": {"factor": factor}})


def _typed(raw: dict[str, Any]) -> dict[str, Any] | str:
    try:
        return _EDIT.validate_python(raw).model_dump(mode="json", exclude_none=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"{raw['kind']}: {first['msg']}"
