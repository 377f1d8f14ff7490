"""Groups of a life test: tests of common shape and scale, and the ratio of two lives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from ops.lifetime.comparison.group import groups_of
from ops.lifetime.comparison.likelihood_ratio import group_tests
from ops.lifetime.comparison.ratio import Shapes, life_ratio
from ops.lifetime.data import LifeData, failures_and_suspensions
from ops.lifetime.location_scale import Family
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry

_FILE = "life_comparison"
_FAMILIES: tuple[Family, ...] = ("weibull", "lognormal")
_SHAPES: tuple[Shapes, ...] = ("own", "common")


def cases() -> Iterator[Case]:
    """Cases of tests of groups and of ratios of their lives."""
    seven = entry(_FILE, "insulating_fluid_common_shape")
    two = entry(_FILE, "insulating_fluid_two_voltages")
    found = Tolerance("another program's convergence", 1e-5, two["tolerance"])
    for family in _FAMILIES:
        yield Case(
            f"{_FILE}/insulating_fluid_common_shape/{family}",
            f"{seven['title']}: statistic, degrees of freedom, p",
            seven["source"],
            tuple(seven["expected"][family]),
            Tolerance("another program's convergence", 1e-6, seven["tolerance"]),
            partial(_shape, seven["inputs"]["kV_minutes"], family),
        )
        said = two["expected"][family]
        yield Case(
            f"{_FILE}/insulating_fluid_two_voltages/{family}/tests",
            f"{two['title']}: statistics of one shape, one scale, both",
            two["source"],
            (said["shape"], said["scale"], said["joint"]),
            found,
            partial(_tests, two["inputs"], family),
        )
        for shapes in _SHAPES:
            yield Case(
                f"{_FILE}/insulating_fluid_two_voltages/{family}/{shapes}",
                f"{two['title']}: estimate and interval, {shapes} shapes",
                two["source"],
                tuple(said[shapes]),
                found,
                partial(_ratio, two["inputs"], family, shapes),
            )


def grouped(times: Mapping[str, Sequence[float]], end: float = np.inf) -> LifeData:
    """Life data of named groups whose test ended at a time."""
    life = np.concatenate([np.asarray(part, dtype=np.float64) for part in times.values()])
    group = np.repeat(np.arange(len(times)), [len(part) for part in times.values()])
    failed = life <= end
    data = failures_and_suspensions(life[failed], np.full(int((~failed).sum()), end))
    order = np.concatenate([group[failed], group[~failed]]).astype(np.int64)
    return replace(data, group=order, groups=tuple(times))


def _shape(times: Mapping[str, Sequence[float]], family: Family) -> Sequence[float]:
    found = group_tests(groups_of(grouped(times), family), family, rng=_chance(), samples=0).shape
    return found.statistic, float(found.df), found.chi_square_p


def _tests(inputs: Mapping[str, object], family: Family) -> Sequence[float]:
    data = _two(inputs)
    found = group_tests(groups_of(data, family), family, rng=_chance(), samples=0)
    return found.shape.statistic, found.scale.statistic, found.joint.statistic


def _ratio(inputs: Mapping[str, object], family: Family, shapes: Shapes) -> Sequence[float]:
    first, second = groups_of(_two(inputs), family)
    found = life_ratio([second, first], family, 0.1, rng=_chance(), shapes=shapes, samples=0)
    assert found is not None
    numbers = (found.estimate, found.plain_lower, found.plain_upper)
    return tuple(float("nan") if number is None else number for number in numbers)


def _two(inputs: Mapping[str, object]) -> LifeData:
    minutes, end = inputs["minutes"], inputs["end"]
    assert isinstance(minutes, dict)
    assert isinstance(end, float)
    return grouped(minutes, end)


def _chance() -> np.random.Generator:
    return np.random.default_rng(1)
