"""Context of a finding as features by name, and its evidence as numbers."""

from typing import Any

from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Tool

_OWN = ("lot", "unit", "unit_id", "serial", "strip")  # no level of it comes twice
_WIDEST = 100  # characters of a level


def context_of(
    row: Finding, characteristic: Characteristic | None, tool: Tool | None
) -> dict[str, str]:
    """Levels of the context, by name, in the order of the names.

    The stratum as the finding carries it (tool, product, material ...), the family of the tool,
    the characteristic, the mechanism (of a chart: the family of its rules), the direction, and
    what found it.
    """
    stratum: Any = row.evidence.get("stratum") or {}
    found = {name: level for name, level in stratum.items() if name not in _OWN}
    found |= {
        "characteristic": characteristic.code if characteristic is not None else "",
        "tool family": (tool.family or "") if tool is not None else "",
        "mechanism": _mechanism(row),
        "direction": _direction(row),
        "found by": str(row.evidence.get("analysis") or "control-charts"),
    }
    levels = {str(n): v[:_WIDEST] for n, v in found.items() if isinstance(v, str) and v}
    return dict(sorted(levels.items()))


def evidence_of(row: Finding) -> dict[str, float]:
    """Numbers of the finding: points it rests on, and z of the last one, where it has one."""
    z = _last(row).get("z")
    size = {"z": float(z)} if isinstance(z, int | float) else {}
    return {"points": float(row.points), **size}


def _mechanism(row: Finding) -> str:
    if row.evidence.get("analysis"):
        return str(row.evidence.get("mechanism") or "")
    return row.cause.rpartition(", ")[2] if row.design_id is not None else ""


def _direction(row: Finding) -> str:
    said = row.evidence.get("direction")
    if isinstance(said, str):
        return said
    z = _last(row).get("z")
    if not isinstance(z, int | float) or z == 0:
        return ""
    return "up" if z > 0 else "down"


def _last(row: Finding) -> dict[str, Any]:
    """Read the newest point of a chart's finding."""
    points: Any = row.evidence.get("points") or ()
    return points[-1] if points and isinstance(points[-1], dict) else {}
