"""Lifetime compare: the worse group is named, doubt is said, bad input is refused in words."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ops.analyses.lifetime_compare import LIFETIME_COMPARE
from ops.analyses.lifetime_compare_result import LifetimeCompareResult
from ops.analyses.lifetime_compare_sample import sample_suppliers
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData
from ops.lifetime.data import LifeData
from ops.page import Verdict


def _computed(data: LifetimeData, **more: Any) -> LifetimeCompareResult:
    params = LIFETIME_COMPARE.params(life_test="T", site="PG1", **more)
    return LIFETIME_COMPARE.compute(data, params, silent)


def _said(result: LifetimeCompareResult) -> tuple[Verdict, ...]:
    return LIFETIME_COMPARE.view(result).verdicts


def _changed(**more: Any) -> LifetimeData:
    data = sample_suppliers()
    assert data.life is not None
    return replace(data, life=replace(data.life, **more))


def _of(life: LifeData | None) -> LifetimeData:
    return LifetimeData(code="T", life=life)


def test_the_worse_supplier_is_named_with_its_ratio_and_the_planted_one_lies_within() -> None:
    found = _computed(sample_suppliers(), reference="supplier A")
    pair = next(pair for pair in found.families[0].pairs if pair.one == "supplier B")
    assert pair.lower is not None
    assert pair.upper is not None
    assert pair.lower < 0.35 < pair.upper < 1.0
    first = _said(found)[0]
    assert first.level == "bad"
    assert "of supplier B is 0.36 times that of supplier A (0.21 to 0.59, 95 %)" in first.sentence
    assert first.subject is not None
    assert first.subject.factors == {"supplier": "supplier B"}
    assert found.groups[0].lower_one_sided is not None


def test_a_margin_shows_groups_to_be_alike_and_settles_their_alert() -> None:
    found = _computed(sample_suppliers(), reference="supplier A", margin=1.8)
    alike = next(said for said in _said(found) if "alike within a factor of 1.8" in said.sentence)
    assert (alike.level, alike.settled) == ("good", True)
    assert alike.subject is not None
    assert alike.subject.factors == {"supplier": "supplier C"}


def test_without_a_reference_every_pair_is_compared_and_the_worse_is_divided() -> None:
    found = _computed(sample_suppliers())
    pairs = found.families[0].pairs
    assert len(pairs) == 3
    assert all(pair.longer <= 0.5 for pair in pairs)
    assert {said.subject.factors["supplier"] for said in _said(found) if said.subject} == {
        "supplier B"
    }


def test_one_family_may_be_asked_for_and_is_said_to_be() -> None:
    found = _computed(sample_suppliers(), family="lognormal")
    assert [side.family for side in found.families] == ["lognormal", "weibull"]
    assert found.delta is not None
    assert found.delta < 0.0
    assert any("lognormal, as asked" in said.sentence for said in _said(found))


def test_a_supplier_without_failures_is_compared_by_a_common_shape_and_named() -> None:
    life = sample_suppliers().life
    assert life is not None
    last = (life.group == 2) & (np.arange(life.group.size) >= 0)
    quiet = _changed(
        upper=np.where(last, np.inf, life.upper),
        lower=np.where(last, 2000.0, life.lower),
        mode=np.where(last, -1, life.mode),
    )
    found = _computed(quiet, reference="supplier A")
    pair = next(pair for pair in found.families[0].pairs if pair.one == "supplier C")
    assert (pair.shapes, pair.ratio, pair.upper, pair.finding) == ("common", None, None, "longer")
    assert found.families[0].took_part == ("supplier A", "supplier B")
    said = [verdict.sentence for verdict in _said(found)]
    assert any("supplier C is at least" in sentence for sentence in said)
    assert any(sentence.startswith("supplier C: no life of its own") for sentence in said)


def test_equal_groups_are_not_told_apart() -> None:
    life = sample_suppliers().life
    assert life is not None
    one = life.take(np.tile(np.flatnonzero(life.group == 0), 2))
    twice = replace(one, group=np.repeat([0, 1], one.group.size // 2))
    found = _computed(_of(twice))
    assert found.families[0].pairs[0].ratio == pytest.approx(1.0)
    assert found.families[0].pairs[0].finding == "open"
    assert [said.level for said in _said(found)] == ["info"] * len(_said(found))


def test_groups_at_other_stresses_are_warned_of() -> None:
    life = sample_suppliers().life
    assert life is not None
    data = _changed(
        stresses={"temperature": np.where(life.group == 1, 150.0, 125.0)},
        stress_units={"temperature": "degC"},
    )
    said = [verdict.sentence for verdict in _said(_computed(data))]
    assert any("not all tested at the same temperature" in sentence for sentence in said)


def test_the_title_names_the_life_test() -> None:
    found = _computed(sample_suppliers())
    named = found.model_copy(update={"title": "HTSL 175"})
    assert LIFETIME_COMPARE.view(named).title == "Lifetime comparison: HTSL 175"
    unnamed = found.model_copy(update={"title": ""})
    assert LIFETIME_COMPARE.view(unnamed).title == "Lifetime comparison"


def test_another_mode_counts_as_not_failed() -> None:
    life = sample_suppliers().life
    assert life is not None
    other = np.where(life.failed & (np.arange(life.mode.size) % 5 == 0), 1, life.mode)
    found = _computed(_changed(mode=other, modes=("lift-off", "heel-crack")), mode="lift-off")
    assert found.other_modes == np.count_nonzero(other == 1) > 0
    assert sum(group.failures for group in found.groups) == np.count_nonzero(other == 0)


def test_bad_input_is_refused_in_words() -> None:
    data = sample_suppliers()
    assert data.life is not None
    with pytest.raises(NotEnoughData, match="1 group is no comparison"):
        _computed(_of(data.life.of_group("supplier A")))
    with pytest.raises(BadData, match="no group 'supplier X'"):
        _computed(data, reference="supplier X")
    with pytest.raises(BadData, match="no mode 'rust'"):
        _computed(data, mode="rust")
    none = replace(data.life, upper=np.full(data.life.upper.size, np.inf))
    with pytest.raises(NotEnoughData, match="no two of 3 groups can be compared"):
        _computed(_of(none))


def test_many_groups_are_compared_with_the_first_alone() -> None:
    life = sample_suppliers(units=40).life
    assert life is not None
    names = tuple(f"lot {i:02d}" for i in range(15))
    found = _computed(_of(replace(life, group=np.arange(120) % 15, groups=names)))
    assert len(found.families[0].pairs) == 14
    assert {pair.other for pair in found.families[0].pairs} == {"lot 00"}
    assert len(found.plots) == 6
