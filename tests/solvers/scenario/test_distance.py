"""Lengths of lanes: published great circles, and the order of their sources."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.scenario.distance import (
    CIRCUITY,
    EARTH_RADIUS_KM,
    Lengths,
    circuity,
    great_circle_km,
    lengths,
)
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Circuity, Distance, Lane
from solvers.scenario.place import Site
from solvers.scenario.yardstick import Yardstick

REFERENCE = Path(__file__).parents[2] / "reference" / "scenario.json"
PUBLISHED = json.loads(REFERENCE.read_text())["great_circle"]["cases"]


def between(a: float, b: float, c: float, d: float) -> float:
    """Great circle of one pair."""
    return float(great_circle_km(*(np.array([v]) for v in (a, b, c, d)))[0])


@pytest.mark.parametrize(("ends", "km", "radius"), PUBLISHED)
def test_great_circles_are_the_published_ones(
    ends: tuple[float, float, float, float], km: float, radius: float
) -> None:
    assert between(*ends) * radius / EARTH_RADIUS_KM == pytest.approx(km, rel=6e-5)


degrees = st.tuples(*(st.floats(-bound, bound) for bound in (90, 180, 90, 180)))


@given(ends=degrees)
def test_a_great_circle_is_symmetric_and_at_most_half_of_the_round(
    ends: tuple[float, float, float, float],
) -> None:
    there, back = between(*ends), between(ends[2], ends[3], ends[0], ends[1])
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= np.pi * EARTH_RADIUS_KM * (1 + 1e-12)


def measured(lane: Lane, **parts: object) -> Lengths:
    """Length of one lane between two places on the equator, one degree apart."""
    sites = (
        Site(code="A", kind="dc", latitude=0.0, longitude=0.0, country="DE"),
        Site(code="B", kind="dc", latitude=0.0, longitude=1.0, country="FR"),
        Site(code="X", kind="dc"),
    )
    scenario = Scenario.model_validate({"sites": sites, "lanes": (lane,)} | parts)
    return lengths(scenario, scenario.lanes, Yardstick(scenario))


DEGREE = EARTH_RADIUS_KM * np.pi / 180
MATRIX = (Distance(origin="A", destination="B", distance="60 mile", duration="36 hour"),)


def test_the_own_distance_comes_first() -> None:
    found = measured(Lane(origin="A", destination="B", distance="5000 m"), distances=MATRIX)
    assert (found.km[0], found.source[0]) == (5.0, "lane")
    assert found.days[0] == 1.5  # the matrix still tells the time


def test_the_matrix_comes_second_and_tells_the_way_back() -> None:
    there = measured(Lane(origin="A", destination="B"), distances=MATRIX)
    back = measured(Lane(origin="B", destination="A"), distances=MATRIX)
    assert there.km[0] == back.km[0] == pytest.approx(96.56064)
    assert there.source == ("matrix",)


def test_a_matrix_names_who_measured_it() -> None:
    named = (MATRIX[0].model_copy(update={"source": "osrm"}),)
    assert measured(Lane(origin="A", destination="B"), distances=named).source == ("osrm",)


def test_great_circle_times_circuity_comes_last() -> None:
    found = measured(Lane(origin="A", destination="B"))
    assert found.km[0] == pytest.approx(DEGREE * CIRCUITY["road"])
    assert found.source == ("great circle",)


def test_without_coordinates_nothing_is_known() -> None:
    found = measured(Lane(origin="A", destination="X"))
    assert (found.km[0], found.source[0]) == (0.0, "none")


def test_the_most_exact_circuity_counts() -> None:
    rows = (
        Circuity(country="DE", mode="road", factor=1.5),
        Circuity(country="DE", factor=1.6),
        Circuity(mode="road", factor=1.7),
    )
    scenario = Scenario(circuities=rows)
    asked = [("DE", "road"), ("DE", "sea"), ("FR", "road"), ("FR", "sea"), ("FR", "mule")]
    assert [circuity(scenario, *a) for a in asked] == [1.5, 1.6, 1.7, CIRCUITY["sea"], 1.3]
