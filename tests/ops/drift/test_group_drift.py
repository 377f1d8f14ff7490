"""Groups: the tool or one wire, named; relations; missing wires; chance alone."""

import json
from dataclasses import asdict

import numpy as np
import pytest
from scipy.signal import lfilter

from ops.drift.group_drift import GroupDrift, group_drift
from ops.drift.group_table import in_sigmas
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray

WIRES = tuple(f"W{i}" for i in range(1, 9))


def _devices(rng: np.random.Generator, n: int, *, phi: float = 0.3, p: int = 8) -> FloatArray:
    """Wires of devices of one bonder: half of the variance is the device's."""
    noise = rng.standard_normal((n + 100, p + 1))
    found = lfilter([1.0], [1.0, -phi], noise, axis=0)[100:] * np.sqrt(1.0 - phi**2)
    return np.asarray(np.sqrt(0.5) * found[:, :1] + np.sqrt(0.5) * found[:, 1:])


def _found(x: FloatArray, at: int = 300, margin: float = 0.0) -> GroupDrift:
    names = WIRES[: x.shape[1]]
    rng = np.random.default_rng(0)
    return group_drift(x[:at], x[at:], names, margin=margin, rng=rng, draws=199)


def test_all_wires_together_are_the_tool() -> None:
    x = _devices(np.random.default_rng(1), 500)
    x[300:] += 1.2
    found = _found(x, margin=0.2)
    assert found.pattern == "common"
    assert found.responsible == ()
    assert found.common == pytest.approx(1.2, abs=0.3)
    shift = found.evidence(since=7)[0]
    assert (shift.mechanism, shift.method, shift.present) == ("group", "group-common-shift", True)
    assert shift.lower is not None
    assert shift.upper is not None
    assert shift.lower < 1.2 < shift.upper


@pytest.mark.parametrize("size", [0.8, -6.0])
def test_one_wire_alone_is_named(size: float) -> None:
    x = _devices(np.random.default_rng(2), 500)
    x[300:, 2] += size
    found = _found(x)
    assert found.pattern == "own"
    assert found.responsible == ("W3",)
    shift = found.evidence()[0]
    assert shift.method == "group-single-members"
    assert shift.direction == np.sign(size)
    assert max(found.members, key=lambda m: m.given_others).name == "W3"


def test_the_tool_and_one_wire_are_told_apart() -> None:
    x = _devices(np.random.default_rng(3), 500)
    x[300:] += 1.0
    x[300:, 5] += 1.0
    found = _found(x)
    assert found.pattern == "both"
    assert found.responsible == ("W6",)
    assert found.common == pytest.approx(1.0, abs=0.3)


def test_missing_wires_do_no_harm() -> None:
    rng = np.random.default_rng(4)
    x = _devices(rng, 600)
    x[400:, 4] += 1.0
    x[rng.random(x.shape) < 0.3] = np.nan
    found = _found(x, at=400)
    assert found.responsible == ("W5",)
    x[400:, 7] = np.nan
    again = _found(x, at=400)
    assert again.left_out == ("W8",)
    assert again.responsible == ("W5",)


def test_devices_without_any_value_are_left_out() -> None:
    x = _devices(np.random.default_rng(16), 500)
    holed = np.insert(x, [10, 350], np.nan, axis=0)
    lot = np.arange(502) // 10
    found = group_drift(
        holed[:301], holed[301:], WIRES, margin=0.0, rng=np.random.default_rng(0), draws=199
    )
    assert found.members == _found(x).members
    by_lot = group_drift(
        holed[:301], holed[301:], WIRES, margin=0.0, rng=np.random.default_rng(0), draws=99,
        lots=(lot[:301], lot[301:]),
    )  # fmt: skip
    assert by_lot.n == 200


def test_a_relation_that_broke_is_named_though_nothing_moved() -> None:
    rng = np.random.default_rng(5)
    x = _devices(rng, 500)
    x[:, 1] = x[:, 0] + 0.3 * rng.standard_normal(500)
    x[300:, 1] = rng.permutation(x[300:, 1])
    found = _found(x)
    assert found.pattern == "none"
    first = found.covariance.relations[0]
    assert (first.first, first.second) == (0, 1)
    assert first.p_value <= 0.05
    assert first.reference > 0.8
    assert found.evidence()[1].present


def test_a_wider_wire_is_named_by_its_spread() -> None:
    x = _devices(np.random.default_rng(6), 500)
    x[300:, 3] *= 2.0
    found = _found(x)
    wider = [m.name for m in found.members if m.spread_p is not None and m.spread_p <= 0.05]
    assert wider == ["W4"]
    assert found.members[3].spread_ratio == pytest.approx(4.0, rel=0.5)


def test_outliers_make_no_drift() -> None:
    rng = np.random.default_rng(7)
    x = _devices(rng, 500)
    x[rng.integers(300, 500, 4), 2] += 500.0
    assert _found(x).responsible == ()


def test_chance_alone_is_found_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(8)
    hits = np.zeros(4)
    runs = 80
    for _ in range(runs):
        x = _devices(rng, 360, phi=0.3, p=6)
        found = _found(x, at=240)
        p = (
            found.p_value, found.common_p, min(m.own_p or 1.0 for m in found.members),
            found.covariance.p_value,
        )  # fmt: skip
        hits += [one is not None and one <= 0.05 for one in p]
    assert np.all(hits / runs <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs))


def test_a_shift_within_the_margin_is_no_drift_and_shown_to_be_none() -> None:
    x = _devices(np.random.default_rng(9), 1500, phi=0.0)
    x[900:] += 0.1
    found = _found(x, at=900, margin=0.5)
    assert found.pattern == "none"
    assert found.evidence()[0].absent


def test_lots_are_the_blocks() -> None:
    rng = np.random.default_rng(10)
    lot = np.repeat(np.arange(30), 10)
    x = _devices(rng, 300, phi=0.0) + rng.standard_normal(30)[lot][:, None]
    old = lot < 20
    found = group_drift(
        x[old], x[~old], WIRES, margin=0.0, rng=rng, lots=(lot[old], lot[~old]), draws=199
    )
    assert (found.blocks.k0, found.blocks.k1) == (20, 10)
    assert found.pattern == "none"


def test_two_members_name_what_moved() -> None:
    x = _devices(np.random.default_rng(11), 500)[:, :2]
    x[300:, 1] += 1.5
    found = _found(x)
    assert (found.pattern, found.responsible) == ("own", ("W2",))


def test_few_blocks_leave_it_unresolved() -> None:
    x = _devices(np.random.default_rng(12), 60, phi=0.9)
    found = _found(x, at=35)
    assert found.pattern == "unresolved"
    assert found.p_value is None
    assert found.evidence()[0].present is None


def test_a_constant_wire_is_left_out_and_two_must_remain() -> None:
    x = _devices(np.random.default_rng(13), 200)[:, :3]
    x[:, 0] = 5.0
    assert _found(x, at=120).left_out == ("W1",)
    x[:, 1] = 5.0
    with pytest.raises(NotEnoughData, match="2 members"):
        _found(x, at=120)
    with pytest.raises(BadData, match="margin"):
        _found(x, at=120, margin=-1.0)


def test_evidence_is_json_without_numbers_that_are_none() -> None:
    x = _devices(np.random.default_rng(14), 200)
    for one in _found(x, at=120).evidence():
        json.dumps(asdict(one), allow_nan=False)


def test_members_of_different_units_are_compared_in_sigmas() -> None:
    x = _devices(np.random.default_rng(15), 500) * np.array([1, 1e3, 1e-3, 1, 5, 1, 1, 1])
    x[300:] += 1.0 * x[:300].std(axis=0)
    rng = np.random.default_rng(0)
    found = group_drift(*in_sigmas(x[:300], x[300:]), WIRES, margin=0.2, rng=rng, draws=199)
    assert found.pattern == "common"
    assert found.common == pytest.approx(1.0, abs=0.3)
    assert found.evidence(measure="distance")[0].measure == "distance"
