"""Recipes of datasets that the demo plant can learn from, as documents.

Its record is loaded at once, so when a fact was known is assumed (`arrival`), not read.
"""

from typing import Any

from ops.simulate.measurand import code_of
from ops.simulate.plant import PlantSite

CAPILLARY, SERVICE = "capillary-change", "maintenance"
_ARRIVAL = {"rule": "assumed", "delay_minutes": 15.0}


def loop_beyond(site: PlantSite) -> dict[str, Any]:
    """Recipe of slots of a bonder: will a loop height leave 80 % of its tolerance in 8 hours."""
    loops = [code_of("loop", product) for product in site.products]
    return {
        "subject": "a bonder at the end of 4 hours",
        "rows": {"kind": "slot", "characteristics": loops, "hours": 4.0, "wait_hours": 0.5},
        "features": [
            _height(loops, "loop 8 h", 8.0, ["mean", "sd", "min", "max", "share_beyond"]),
            _height(loops, "loop 48 h", 48.0, ["mean", "sd", "slope", "share_beyond"]),
            _correction(),
            *_tooling(),
            {"kind": "context", "factor": "package"},
            {"kind": "context", "factor": "gauge"},
        ],
        "label": {
            "kind": "value", "characteristics": loops, "match": "tool", "horizon_hours": 8.0,
            "guard": 0.8, "needed": 6, "settle_hours": 0.5,
        },
        # no group: each bonder has rows at all times; apart, none would come before the others
        "names": {"column": "loop height", "positive": "astray", "negative": "within"},
        "strata": ["package"],
        "arrival": _ARRIVAL,
    }  # fmt: skip


def capillary_due(site: PlantSite) -> dict[str, Any]:
    """Recipe of slots of a bonder: will its capillary be changed in 24 hours."""
    loops = [code_of("loop", product) for product in site.products]
    pulls = [code_of("pull", product) for product in site.products]
    return {
        "subject": "a bonder at the end of 4 hours",
        "rows": {"kind": "slot", "characteristics": loops, "hours": 4.0, "wait_hours": 0.5},
        "features": [
            _height(loops, "loop 24 h", 24.0, ["mean", "slope", "share_beyond"]),
            {"kind": "measured", "name": "pull 24 h", "characteristics": pulls, "match": "tool",
             "hours": 24.0, "aggregates": ["mean", "min"]},
            _correction(),
            *_tooling(),
            {"kind": "context", "factor": "package"},
        ],
        "label": {"kind": "event", "events": [CAPILLARY], "horizon_hours": 24.0},
        "names": {"column": "capillary", "positive": "changed", "negative": "kept"},
        "group": "tool",
        "arrival": _ARRIVAL,
        "waived": ["capillary age"],
        "cautions": ["A capillary is changed by its age: the label is a decision, not a failure."],
    }  # fmt: skip


def _height(loops: list[str], name: str, hours: float, aggregates: list[str]) -> dict[str, Any]:
    return {
        "kind": "measured", "name": name, "characteristics": loops, "match": "tool",
        "hours": hours, "scale": "limits", "aggregates": aggregates,
    }  # fmt: skip


def _correction() -> dict[str, Any]:
    code = code_of("correction", "")
    return {
        "kind": "measured", "name": "correction 48 h", "characteristics": [code], "match": "tool",
        "hours": 48.0, "aggregates": ["last", "slope"],
    }  # fmt: skip


def _tooling() -> list[dict[str, Any]]:
    return [
        {"kind": "part_age", "name": "capillary age", "events": [CAPILLARY]},
        {"kind": "since_event", "name": "since maintenance", "events": [SERVICE]},
        {"kind": "event_count", "name": "capillaries in 7 d", "events": [CAPILLARY],
         "hours": 168.0},
    ]  # fmt: skip
