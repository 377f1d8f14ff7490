"""What a claim compares, computed anew from the evidence: whoever said it need not be believed."""

from collections.abc import Callable, Mapping

from ops.advise.claim import Comparison, Relation
from ops.advise.evidence import Evidence

Test = Callable[[Evidence, Evidence], bool | None]


def holds(comparison: Comparison, evidence: Mapping[str, Evidence]) -> bool | None:
    """Whether a comparison is true of the evidence.

    Parameters
    ----------
    evidence
        By id.

    Returns
    -------
    bool | None
        None if it cannot be computed: evidence, value, bound or reference is missing, or the two
        are of different kinds or units. Whoever checks treats that as not true.

    Notes
    -----
    `surely-above` and `surely-below` hold if the bounds do not reach each other; a side without
    bounds, as a limit, is taken as exact, but at least one side must have the bound that counts.
    `within` and `outside` look whether the value lies in the bounds of the right side, or, without
    one, whether the own reference lies in the own bounds. `equals` means: shown alike.

    Examples
    --------
    >>> cpk = Evidence(id="c", case="c", topic="capability", kind="number", quantity="cpk",
    ...     label="Cpk", value=1.2, lower=1.1, upper=1.3, reference=1.33, link="/", at=0)
    >>> holds(Comparison(left="c", relation="surely-below"), {"c": cpk})
    True
    """
    left = evidence.get(comparison.left)
    if left is None or left.value is None:
        return None
    if comparison.relation in ("rises", "falls"):
        return _sign(left, comparison.relation)
    if comparison.right is None:
        return _against_reference(left, comparison.relation)
    right = evidence.get(comparison.right)
    if right is None or right.value is None or not _alike(left, right):
        return None
    return _TESTS[comparison.relation](left, right)


def _alike(left: Evidence, right: Evidence) -> bool:
    return left.kind == right.kind and left.unit == right.unit


def _sign(left: Evidence, relation: Relation) -> bool | None:
    if left.kind != "number" or left.number is None:
        return None
    return left.number > 0 if relation == "rises" else left.number < 0


def _against_reference(left: Evidence, relation: Relation) -> bool | None:
    if left.reference is None or left.number is None:
        return None
    if relation in ("within", "outside"):
        inside = _inside(left.reference, left)
        return inside if inside is None or relation == "within" else not inside
    bare = {"value": left.reference, "lower": None, "upper": None}
    return _TESTS[relation](left, left.model_copy(update=bare))


def _inside(value: float, bounds: Evidence) -> bool | None:
    if bounds.lower is None and bounds.upper is None:
        return None
    over = bounds.lower is None or value >= bounds.lower
    return over and (bounds.upper is None or value <= bounds.upper)


def _above(left: Evidence, right: Evidence) -> bool | None:
    if left.number is None or right.number is None:
        return None
    return left.number > right.number


def _surely_above(left: Evidence, right: Evidence) -> bool | None:
    if left.number is None or right.number is None:
        return None
    if left.lower is None and right.upper is None:
        return None  # a bare number is never sure
    if (left.lower is None and left.upper is not None) or (
        right.upper is None and right.lower is not None
    ):
        return None  # bounded on the side that does not count, open on the one that does
    low = left.number if left.lower is None else left.lower
    return low > (right.number if right.upper is None else right.upper)


def _equals(left: Evidence, right: Evidence) -> bool | None:
    if left.number is None or right.number is None:
        return left.value == right.value
    if left.decimals is None or left.kind == "time":
        return left.number == right.number
    scale = 100.0 if left.percent else 1.0
    return round(scale * left.number, left.decimals) == round(scale * right.number, left.decimals)


def _within(left: Evidence, right: Evidence) -> bool | None:
    return None if left.number is None else _inside(left.number, right)


def _outside(left: Evidence, right: Evidence) -> bool | None:
    inside = _within(left, right)
    return None if inside is None else not inside


_TESTS: Mapping[Relation, Test] = {
    "above": _above,
    "below": lambda left, right: _above(right, left),
    "surely-above": _surely_above,
    "surely-below": lambda left, right: _surely_above(right, left),
    "equals": _equals,
    "within": _within,
    "outside": _outside,
    "after": _above,
    "before": lambda left, right: _above(right, left),
}
