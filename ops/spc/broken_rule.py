"""What a broken rule is called and says, and what becomes of the lot.

Beside the rules of its design a point can be beyond the limits of its chart of spread: that has
the name of the spread. It warns unless the design says that it holds.
"""

from collections.abc import Collection

from ops.spc.design import ChartDesign, Disposition

SPREAD = {"moving range": "moving-range", "range": "range", "standard deviation": "sd"}
_OF_SPREAD = {
    "moving-range": "the moving range is beyond its limits",
    "range": "the range of the subgroup is beyond its limits",
    "sd": "the standard deviation of the subgroup is beyond its limits",
}
_WITH_MEMORY = {
    "ewma": ("the weighted average is below its lower limit",
             "the weighted average is above its upper limit"),
    "moving-average": ("the moving average is below its lower limit",
                       "the moving average is above its upper limit"),
    "cusum": ("the lower sum is above the decision interval",
              "the upper sum is above the decision interval"),
}  # fmt: skip
FAMILIES = frozenset(_WITH_MEMORY)


def sentence_of(design: ChartDesign, name: str, z: float | None) -> str:
    """Say what a point broke.

    Parameters
    ----------
    name
        Of the rule.
    z
        Standardized statistic of the point: its sign tells the side, or which sum.
    """
    rule = next((rule for rule in design.rules if rule.name == name), None)
    if rule is None:
        return _OF_SPREAD.get(name, name)
    if design.kind in _WITH_MEMORY and z is not None:
        return _WITH_MEMORY[design.kind][z > 0]
    return rule.sentence


def family_of(design: ChartDesign, names: Collection[str]) -> str:
    """Family of the gravest of the rules that a point broke: what is filed as one cause."""
    if design.kind in FAMILIES:
        return design.kind
    if {rule.name for rule in design.rules if rule.n == 1} & set(names):
        return "limits"
    return "runs" if {rule.name for rule in design.rules} & set(names) else "spread"


def disposition_of(design: ChartDesign, names: Collection[str]) -> Disposition:
    """Say what becomes of the lot of a point that breaks these rules."""
    if not names:
        return "ok"
    return "hold" if set(names) & set(design.holds) else "warn"
