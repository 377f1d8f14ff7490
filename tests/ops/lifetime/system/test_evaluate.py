"""Block diagrams: exact against enumeration, shared parts, standby, importance."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.integrate import quad
from scipy.stats import erlang, weibull_min

from ops.lifetime.system.diagram import Diagram
from ops.lifetime.system.evaluate import importance, life_quantile, reliability


def _fixed(system: dict[str, object], **parts: float) -> Diagram:
    return Diagram.model_validate({
        "parts": {name: {"family": "fixed", "reliability": r} for name, r in parts.items()},
        "system": system,
    })  # fmt: skip


def _part(name: str) -> dict[str, object]:
    return {"kind": "part", "part": name}


def _works(block: dict[str, object], up: dict[str, bool]) -> bool:
    if block["kind"] == "part":
        return up[str(block["part"])]
    inner = [_works(each, up) for each in block["blocks"]]  # type: ignore[attr-defined]
    return sum(inner) >= {"series": len(inner), "parallel": 1}.get(
        str(block["kind"]), block.get("k", 1)
    )


BRIDGE = {"kind": "parallel", "blocks": [
    {"kind": "series", "blocks": [_part("a"), _part("b")]},
    {"kind": "series", "blocks": [_part("c"), _part("d")]},
    {"kind": "series", "blocks": [_part("a"), _part("e"), _part("d")]},
    {"kind": "series", "blocks": [_part("c"), _part("e"), _part("b")]},
]}  # fmt: skip
PAIR = {"kind": "parallel", "blocks": [_part("d"), _part("e")]}
VOTED = {"kind": "k-of-n", "k": 2, "blocks": [_part("b"), _part("c"), PAIR]}
MIXED = {"kind": "series", "blocks": [_part("a"), VOTED]}


@given(st.lists(st.floats(0.0, 1.0), min_size=5, max_size=5), st.sampled_from([BRIDGE, MIXED]))
@settings(max_examples=60, deadline=None)
def test_the_answer_is_that_of_counting_every_state(
    chances: list[float], system: dict[str, object]
) -> None:
    names = "abcde"
    total = 0.0
    for states in product((True, False), repeat=5):
        weight = np.prod([p if s else 1 - p for p, s in zip(chances, states, strict=True)])
        total += float(weight) * _works(system, dict(zip(names, states, strict=True)))
    diagram = _fixed(system, **dict(zip(names, chances, strict=True)))
    assert reliability(diagram, np.array([1.0]))[0] == pytest.approx(total, abs=1e-12)


def test_a_part_that_stands_twice_is_one_part() -> None:
    twice = {"kind": "parallel", "blocks": [_part("a"), _part("a")]}
    assert reliability(_fixed(twice, a=0.9), np.array([0.0]))[0] == pytest.approx(0.9)


def _standby(part: dict[str, object], spares: int, switch: float = 1.0) -> Diagram:
    block = {"kind": "standby", "part": "pump", "spares": spares, "switch": switch}
    return Diagram.model_validate({"parts": {"pump": part}, "system": block})


def test_exponential_standby_is_erlang_and_a_poor_switch_makes_it_worse() -> None:
    t = np.array([0.0, 300.0, 2500.0])
    part = {"family": "exponential", "mtbf": 1000.0}
    assert reliability(_standby(part, 2), t) == pytest.approx(erlang(3, scale=1000.0).sf(t))
    none = reliability(_standby(part, 2, 0.0), t)
    assert none == pytest.approx(np.exp(-t / 1000.0))


@pytest.mark.parametrize("switch", [1.0, 0.8])
def test_weibull_standby_is_the_sum_of_lives(switch: float) -> None:
    law = weibull_min(2.2, scale=1000.0)
    t = np.array([200.0, 900.0, 1800.0])
    found = reliability(_standby({"family": "weibull", "eta": 1000.0, "beta": 2.2}, 1, switch), t)
    for at, value in zip(t.tolist(), found.tolist(), strict=True):
        second, _ = quad(lambda u, at=at: law.pdf(u) * law.sf(at - u), 0.0, at)
        assert value == pytest.approx(law.sf(at) + switch * second, abs=2e-6)


def test_the_exponential_standby_on_the_grid_meets_its_closed_form() -> None:
    t = np.array([500.0, 1500.0, 4000.0])
    grid = reliability(_standby({"family": "weibull", "eta": 1000.0, "beta": 1.0}, 3, 0.9), t)
    closed = reliability(_standby({"family": "exponential", "mtbf": 1000.0}, 3, 0.9), t)
    assert grid == pytest.approx(closed, abs=2e-6)


def test_the_weakest_part_of_a_series_matters_most_and_life_is_its_quantile() -> None:
    diagram = Diagram.model_validate({
        "parts": {"weak": {"family": "exponential", "mtbf": 100.0},
                  "strong": {"family": "weibull", "eta": 1000.0, "beta": 2.0}},
        "system": {"kind": "series", "blocks": [_part("weak"), _part("strong")]},
    })  # fmt: skip
    ranked = importance(diagram, 50.0)
    assert ranked[0].part == "weak"
    strong = np.exp(-(0.05**2))
    assert ranked[0].birnbaum == pytest.approx(strong)
    assert ranked[0].improvement == pytest.approx(strong * (1 - np.exp(-0.5)))
    b10 = life_quantile(diagram, 0.1)
    assert reliability(diagram, np.array([b10]))[0] == pytest.approx(0.9)


def test_fixed_parts_fail_at_once_or_never() -> None:
    assert life_quantile(_fixed(_part("a"), a=0.8), 0.1) == 0.0
    assert life_quantile(_fixed(_part("a"), a=0.95), 0.1) == np.inf


def test_documents_that_cannot_be_are_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="no part is named 'b'"):
        _fixed({"kind": "series", "blocks": [_part("a"), _part("b")]}, a=0.9)
    with pytest.raises(ValidationError, match="k is 3, but there are 1 blocks"):
        _fixed({"kind": "k-of-n", "k": 3, "blocks": [_part("a")]}, a=0.9)
    with pytest.raises(ValidationError, match="needs a part with a life"):
        _fixed({"kind": "standby", "part": "a", "spares": 1}, a=0.9)


@pytest.mark.parametrize("mtbf", [1e-200, 1e-12, 1e13, 1e200])
def test_a_life_is_found_whatever_the_unit_of_its_time(mtbf: float) -> None:
    diagram = Diagram.model_validate({
        "parts": {"a": {"family": "exponential", "mtbf": mtbf}}, "system": _part("a"),
    })  # fmt: skip
    assert life_quantile(diagram, 0.5) == pytest.approx(mtbf * np.log(2.0))


def test_an_early_share_of_a_falling_hazard_is_that_of_the_weibull() -> None:
    diagram = Diagram.model_validate({
        "parts": {"a": {"family": "weibull", "eta": 100.0, "beta": 0.5}}, "system": _part("a"),
    })  # fmt: skip
    assert life_quantile(diagram, 1e-6) == pytest.approx(weibull_min(0.5, scale=100.0).ppf(1e-6))


def test_standby_early_in_a_long_curve_is_as_exact_as_alone() -> None:
    diagram = _standby({"family": "weibull", "eta": 100.0, "beta": 0.5}, 1, 0.5)
    law = weibull_min(0.5, scale=100.0)
    second, _ = quad(lambda u: law.pdf(u) * law.sf(1.0 - u), 0.0, 1.0)
    beside = reliability(diagram, np.array([1.0, 5000.0]))[0]
    assert beside == pytest.approx(law.sf(1.0) + 0.5 * second, abs=2e-3)
