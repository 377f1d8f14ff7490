"""What the chart page lets one choose: kind, subgroup, the parameters of the kind, the rules."""

from dataclasses import asdict
from typing import Any

from api.chart_choice import DEFAULTS, ChartChoice
from api.charted import How
from ops.spc.design import ChartKind
from ops.spc.designed import MEMORY
from ops.spc.points import ROW_BY_ROW
from ops.spc.rules import RULES

GROUPS: dict[str, dict[ChartKind, str]] = {
    "Measured values": {
        "individuals": "Individuals and moving ranges",
        "xbar-r": "Means and ranges",
        "xbar-s": "Means and standard deviations",
        "three-way": "Between and within (three-way)",
    },
    "With memory": {
        "ewma": "EWMA", "cusum": "CUSUM", "moving-average": "Moving average",
    },
    "Short runs": {
        "short-run-nominal": "Short runs, deviations",
        "short-run-standardized": "Short runs, standardized",
    },
    "Counts": {
        "p": "p: share nonconforming", "np": "np: number nonconforming",
        "c": "c: defects", "u": "u: defects per unit", "laney-p": "p with Laney limits",
        "laney-u": "u with Laney limits",
    },
    "Rare events": {"g": "g: units between events", "t": "t: time between events"},
}  # fmt: skip
SETS = {
    "nelson": "Nelson", "western-electric": "Western Electric", "aiag": "AIAG",
    "limits": "limits only",
}  # fmt: skip
SUBGROUPS = {
    "individuals": "single values", "column": "as measured", "unit": "of one unit",
    "count:3": "3 in a row", "count:5": "5 in a row", "count:10": "10 in a row",
    "gap:1800": "between pauses of 30 min", "factor:lot": "of one lot",
}  # fmt: skip
FIGURES: dict[str, tuple[str, float, float, str]] = {  # label, least, most, step
    "lambda_": ("Weight λ", 0.01, 1.0, "any"),
    "k": ("Reference k", 0.05, 5.0, "any"),
    "h": ("Decision h", 0.1, 50.0, "any"),
    "headstart": ("Headstart", 0.0, 25.0, "any"),
    "span": ("Span", 2, 100, "1"),
    "width": ("Limits (sigma)", 0.5, 10.0, "any"),
}
MATTER: dict[str, tuple[str, ...]] = {
    "ewma": ("lambda_", "width"), "cusum": ("k", "h", "headstart"),
    "moving-average": ("span", "width"),
}  # fmt: skip


def filters_of(how: How, factors: list[str]) -> dict[str, Any]:
    """Collect what the page offers for a choice, and what is chosen."""
    choice = how.choice
    kind = choice.kind or ""
    given = asdict(choice.figures)
    matter = MATTER.get(kind, ("width",))
    subgroups = SUBGROUPS | {f"factor:{name}": name for name in factors if name != "lot"}
    subgroups = {k: v for k, v in subgroups.items() if k != "factor:lot" or "lot" in factors}
    if choice.subgroup and choice.subgroup not in subgroups:
        subgroups[choice.subgroup] = choice.subgroup
    return {
        "groups": GROUPS,
        "sets": SETS,
        "subgroups": {} if kind in ROW_BY_ROW else subgroups,
        "figures": [(name, *FIGURES[name], f"{given[name]:g}") for name in matter],
        "parts": factors if kind.startswith("short-run") else [],
        "rules_of_set": [r for r in RULES[choice.rule_set] if r.n == 1 or kind not in MEMORY],
        "choice": choice,
    }


def asked_of_chart(choice: ChartChoice) -> list[tuple[str, str]]:
    """Query parameters of a choice, those that are not as they would be without."""
    given = asdict(choice.figures)
    pairs = [("kind", choice.kind), ("subgroup", choice.subgroup), ("part", choice.part)]
    pairs += [("rules", choice.rule_set)]
    pairs += [("rules_off", one) for one in choice.off]
    pairs += [(n, f"{given[n]:g}") for n, value in DEFAULTS.items() if given[n] != value]
    return [(name, value) for name, value in pairs if value]
