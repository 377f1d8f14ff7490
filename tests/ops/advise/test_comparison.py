"""Comparisons are computed anew, and what cannot be computed is not true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.claim import Comparison, Relation
from ops.advise.comparison import holds
from ops.advise.evidence import Evidence, EvidenceKind


def number(
    name: str,
    value: float | str | None,
    *,
    lower: float | None = None,
    upper: float | None = None,
    reference: float | None = None,
    unit: str = "",
    kind: EvidenceKind = "number",
    decimals: int | None = None,
) -> Evidence:
    return Evidence(
        id=name, case="c", topic="drift", kind=kind, quantity="level", label=name, value=value,
        lower=lower, upper=upper, reference=reference, unit=unit, decimals=decimals, link="/", at=0,
    )  # fmt: skip


def said(relation: Relation, left: Evidence, right: Evidence | None = None) -> bool | None:
    told = {one.id: one for one in (left, right) if one is not None}
    right_id = None if right is None else right.id
    return holds(Comparison(left=left.id, relation=relation, right=right_id), told)


def test_a_value_alone_is_held_against_its_reference() -> None:
    cpk = number("cpk", 1.2, lower=1.1, upper=1.4, reference=1.33)
    assert said("below", cpk) is True
    assert said("above", cpk) is False
    assert said("surely-below", cpk) is False
    assert said("within", cpk) is True
    assert said("surely-below", number("cpk", 1.2, lower=1.1, upper=1.3, reference=1.33)) is True


def test_sure_needs_the_bound_that_counts() -> None:
    assert said("surely-above", number("a", 2.0), number("b", 1.0)) is None
    assert said("surely-above", number("a", 2.0, lower=1.5), number("b", 1.0)) is True
    assert said("surely-above", number("a", 2.0, upper=2.5), number("b", 1.0, upper=1.2)) is None
    assert said("surely-above", number("a", 2.0, lower=1.5), number("b", 1.0, upper=1.6)) is False


def test_other_units_and_kinds_are_never_compared() -> None:
    assert said("above", number("a", 2.0, unit="µm"), number("b", 1.0, unit="mm")) is None
    assert said("above", number("a", 2.0, kind="time"), number("b", 1.0)) is None


def test_equal_means_shown_alike() -> None:
    assert said("equals", number("a", 1.004, decimals=2), number("b", 1.0)) is True
    assert said("equals", number("a", 1.006, decimals=2), number("b", 1.0)) is False
    wb = number("a", "WB-05", kind="name")
    assert said("equals", wb, number("b", "WB-05", kind="name")) is True


@pytest.mark.parametrize(
    ("relation", "value", "expected"),
    [("rises", 0.1, True), ("rises", -0.1, False), ("falls", -0.1, True), ("falls", 0.0, False)],
)
def test_directions_are_signs(relation: Relation, value: float, expected: bool) -> None:
    assert said(relation, number("slope", value)) is expected


def test_what_is_missing_cannot_be_computed() -> None:
    assert holds(Comparison(left="x", relation="above"), {}) is None
    assert said("above", number("a", 1.0)) is None
    assert said("above", number("a", None, reference=1.0)) is None
    assert said("rises", number("a", "WB-05", kind="name")) is None


@given(
    st.floats(-5, 5), st.floats(0, 2), st.floats(0, 2), st.floats(-5, 5), st.floats(0, 2)
)  # fmt: skip
def test_sure_implies_plain_and_excludes_the_opposite(
    a: float, below: float, above: float, b: float, half: float
) -> None:
    left = number("a", a, lower=a - below, upper=a + above)
    right = number("b", b, lower=b - half, upper=b + half)
    if said("surely-above", left, right):
        assert said("above", left, right) is True
        assert said("surely-below", left, right) is False
    assert said("above", left, right) == said("below", right, left)
