from typing import Any

from ops.advise.case import StoredRun
from ops.advise.what_if.told import plan_cases

PLACES = [("P", "plant", "open"), ("WH-FRA", "dc", "open"), ("WH-SHA", "dc", "closed"),
          ("C", "customer", "customer")]  # fmt: skip


def _run(name: str, cost: float | None = 1000.0, service: float = 1.0, **more: Any) -> StoredRun:
    figures = None
    if cost is not None:
        figures = {"landed_cost": cost, "cost_per_unit": 1.0, "demand": 10.0, "served": 10.0,
                   "lost": 0.0, "service_level": service, "fill_rate": service, "lead_days": 2.0,
                   "distance_km": 1.0, "co2_kg": 50.0, "utilisation": None, "turns": None,
                   "open_sites": 1.0}  # fmt: skip
    result: dict[str, Any] = {
        "scenario": "NET", "revision": 1, "money": "USD", "objective": "cost",
        "status": "optimal" if cost is not None else "infeasible", "value": cost,
        "bound": None if cost is None else cost - 1.0, "figures": figures, "edits": [],
        "places": [{"site": s, "kind": k, "state": t} for s, k, t in PLACES],
    } | more  # fmt: skip
    return StoredRun(f"{name}-0000-0000", "network-plan", 1, {}, result, {}, at=5, site="NET")


def _places(**states: str) -> list[dict[str, str]]:
    return [{"site": s, "kind": k, "state": states.get(s[-3:], t)} for s, k, t in PLACES]


def test_difference_of_cost_comes_first_with_what_the_gaps_leave_open() -> None:
    case = plan_cases(_run("base1234"), _run("new12345", 1100.0), [{"kind": "x"}])[0]
    change = case.get("cost-change")
    assert change is not None
    assert (change.value, change.lower, change.upper) == (100.0, 99.0, 101.0)
    assert case.number("cost-change-share") == 0.1
    total = case.get("total-cost")
    assert total is not None
    assert (total.value, total.reference) == (1100.0, 1000.0)
    assert (case.level, case.facts["kind"], case.facts["comparable"]) == ("warn", "what-if", "yes")


def test_sites_that_open_and_close_are_named() -> None:
    places = _places(FRA="shut", SHA="opened")
    case = plan_cases(_run("base1234"), _run("new12345", 900.0, places=places))[0]
    assert [e.value for e in case.evidence if e.quantity == "opened"] == ["WH-SHA"]
    assert [e.value for e in case.evidence if e.quantity == "closed"] == ["WH-FRA"]
    assert case.level == "good"


def test_less_service_is_bad_whatever_it_saves() -> None:
    case = plan_cases(_run("base1234"), _run("new12345", 900.0, 0.9))[0]
    assert case.level == "bad"
    change = case.number("service-change")
    assert change is not None
    assert abs(change + 0.1) < 1e-12


def test_no_plan_is_bad_and_has_no_difference() -> None:
    case = plan_cases(_run("base1234"), _run("new12345", None))[0]
    assert (case.level, case.facts["status"]) == ("bad", "infeasible")
    assert case.get("cost-change") is None
    assert case.get("closed") is None


def test_without_a_base_the_changed_plan_stands_alone() -> None:
    case = plan_cases(None, _run("new12345"))[0]
    assert (case.level, case.facts["comparable"]) == ("info", "no")
    assert case.number("total-cost") == 1000.0


def test_plan_of_another_scenario_revision_or_goal_is_not_held_against_it() -> None:
    others: list[dict[str, Any]] = [
        {"scenario": "OTHER"}, {"revision": 2}, {"objective": "weighted"}, {"money": "EUR"},
    ]  # fmt: skip
    for other in others:
        case = plan_cases(_run("base1234", **other), _run("new12345", 1100.0))[0]
        assert case.get("cost-change") is None
        assert case.facts["comparable"] == "no"


def test_malformed_result_is_left_to_its_reader() -> None:
    found = plan_cases(_run("base1234", figures="?"), _run("new12345"))
    assert all(case.facts.get("kind") != "what-if" for case in found)


def test_ids_are_unique() -> None:
    cases = plan_cases(_run("base1234"), _run("new12345", 1100.0))
    ids = [e.id for case in cases for e in case.evidence]
    assert len(set(ids)) == len(ids)
    assert len({case.id for case in cases}) == len(cases)
