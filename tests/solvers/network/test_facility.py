"""Published facility-location optima, from the document through the model to a checked plan."""

import pytest

import solvers.network.planner as planner_module
from solvers.network.arrays import standard_form
from solvers.network.highs import Solver
from solvers.network.outcome import Options
from solvers.network.plan import plan_of
from solvers.network.planner import plan
from solvers.network.resolve import resolve
from solvers.network.strong_links import solve_by_links, spare_links
from solvers.scenario.document import Scenario
from tests.solvers.instances import random_instance
from tests.solvers.orlib import needs_data, published, read_cap, read_holmberg

PROOF = Options(gap=0.0)
QUICK = ("p1", "p2", "p9", "p13")  # the others take a second or three each


def proven(scenario: Scenario, optimum: float) -> None:
    found = plan(scenario, PROOF)
    assert (found.status, found.breaches) == ("optimal", ())
    assert found.value == pytest.approx(optimum, rel=1e-6)
    assert found.bound == pytest.approx(optimum, rel=1e-6)


@pytest.mark.parametrize("name", published("orlib_small"))
def test_small_or_library_files_are_solved_to_the_published_optimum(name: str) -> None:
    needs_data()
    proven(read_cap(name), published("orlib_small")[name])


@pytest.mark.parametrize(
    "name",
    [n if n in QUICK else pytest.param(n, marks=pytest.mark.long) for n in published("holmberg")],
)
def test_holmberg_files_are_solved_to_their_optimum(name: str) -> None:
    needs_data()
    proven(read_holmberg(name), published("holmberg")[name])


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", published("orlib_large"))
def test_large_or_library_files_are_solved_to_the_published_optimum(name: str) -> None:
    needs_data()
    file, capacity = name.split("@")
    proven(read_cap(file, float(capacity)), published("orlib_large")[name])


@pytest.mark.parametrize("name", ["cap71", "cap101", "cap131"])
def test_links_that_are_added_as_needed_give_the_same_optimum(name: str) -> None:
    needs_data()
    instance = resolve(read_cap(name)).instance
    form = standard_form(instance)
    spare = spare_links(instance, form)
    assert spare.size == form.rows["origin_link"].size
    found = plan_of(instance, form, solve_by_links(form, spare, PROOF))
    assert (found.status, found.breaches) == ("optimal", ())
    assert found.value == pytest.approx(published("orlib_small")[name], rel=1e-6)


def test_links_as_needed_plan_random_networks_as_well() -> None:
    for seed in range(8):
        instance = random_instance(seed, periods=2)
        form = standard_form(instance)
        spare = spare_links(instance, form)
        whole = plan_of(instance, form, Solver(form).solve(Options(gap=1e-3, time_s=60.0)))
        parts = plan_of(instance, form, solve_by_links(form, spare, Options(gap=1e-3, time_s=60.0)))
        assert parts.breaches == ()
        assert (parts.decided is None) == (whole.decided is None)
        if whole.stop == parts.stop == "optimal":
            assert parts.value == pytest.approx(whole.value, rel=2e-3)


def test_a_planner_takes_the_links_as_needed_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needs_data()
    monkeypatch.setattr(planner_module, "MANY", 100)
    told: list[float] = []
    found = plan(read_cap("cap71"), PROOF, lambda news: told.append(news.fraction) is not None)
    assert found.value == pytest.approx(published("orlib_small")["cap71"], rel=1e-6)
    assert told == sorted(told)
