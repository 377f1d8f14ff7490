"""Lifetime, network, forecast and classifier results read back as evidence."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.case import Case, StoredRun
from ops.advise.evidence import Evidence
from ops.advise.read.any_page import page_cases
from ops.advise.read.cases import cases_of
from ops.advise.read.further import FURTHER
from ops.analyses.registry import find
from tests.strategies import few

SLOW = {  # examples that take more than a moment
    "lifetime-fit", "lifetime-batch", "accelerated-life", "lifetime-compare", "repairable-trend",
    "plan-monitor", "classifier-adopt", "classifier-train",
    "classifier-evaluate", "classifier-monitor",
}  # fmt: skip
FAST = sorted(set(FURTHER) - SLOW)
STATED = {0.0, 1.0}  # what a slope, a ratio or a gain is held against
SUMS = {"demand-horizon"}  # stated conversions of the result


@cache
def stored(name: str) -> StoredRun:
    """Run of the example of an analysis, through JSON."""
    analysis = find(name)
    params = analysis.example.params
    found = analysis.compute(analysis.example.data(), params, lambda *_, **__: None)
    return StoredRun(
        "57ad12bd-3a13-4f1c-9a77-000000000001", name, analysis.version,
        json.loads(params.model_dump_json()), json.loads(found.model_dump_json()),
        json.loads(analysis.view(found).model_dump_json()), at=1_790_000_000_000_000, site="PG1",
    )  # fmt: skip


def evidence_of(cases: tuple[Case, ...]) -> list[Evidence]:
    """All evidence of some cases."""
    return [one for case in cases for one in case.evidence]


def numbers_in(value: Any) -> Iterator[float]:
    """Every number of a JSON value."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def check(name: str) -> None:
    """What every reader keeps, on the example of its analysis."""
    run = stored(name)
    cases = cases_of(run)
    assert cases == tuple(FURTHER[name](run)), "the reader of pages had to step in"
    found = evidence_of(cases)
    assert found
    assert len({one.id for one in found}) == len(found)
    assert all(one.id == f"{one.case}.{one.quantity}" or one.id.split(".")[-1].isdigit()
               for one in found)  # fmt: skip
    assert {one.link for one in found} == {f"/runs/{run.id}"}
    assert any(one.quantity == "verdict" for one in found)
    known = set(numbers_in(run.result)) | STATED
    for one in found:
        if one.kind == "number" and one.quantity not in SUMS:
            held = {one.value, one.lower, one.upper, one.reference} - {None}
            assert held <= known, (one.id, held - known)
        if one.lower is not None or one.upper is not None:
            assert one.confidence is not None or name in ("network-plan", "life-test-plan"), one.id


@pytest.mark.parametrize("name", FAST)
def test_every_number_is_one_of_the_result(name: str) -> None:
    check(name)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(SLOW))
def test_every_number_is_one_of_a_dear_result(name: str) -> None:
    check(name)


def test_a_plan_of_a_network_tells_cost_service_and_bottleneck() -> None:
    run = stored("network-plan")
    (case,) = cases_of(run)
    figures, tight = run.result["figures"], run.result["bottlenecks"][0]
    assert case.number("total-cost") == figures["landed_cost"]
    assert case.number("service-level") == figures["service_level"]
    assert case.number("bottleneck") == tight["utilisation"]
    assert case.facts["bottleneck-kind"] == tight["kind"] == "hours"
    assert case.facts["status"] == "optimal"
    dearest = max(run.result["costs"], key=lambda cost: cost["amount"])
    assert case.number("cost-category") == dearest["amount"]
    assert case.topic == "plan"


def test_an_infeasible_plan_tells_what_has_to_bend() -> None:
    bend = {"kind": "throughput", "code": "P-1", "period": "W1", "amount": 120.0, "share": 0.2,
            "unit": "piece"}  # fmt: skip
    ways = [
        {"name": "anything", "bendings": [{**bend, "kind": "demand"}], "verified": False},
        {"name": "more-capacity", "bendings": [bend], "verified": True, "cost": 9e5},
    ]
    worth = {"kind": "lane", "code": "A>B/sea", "unit": "piece", "gain": 0.26,
             "gain_least": 0.25, "gain_most": 0.27}  # fmt: skip
    result = {"scenario": "N", "status": "infeasible", "money": "EUR",
              "reasons": {"ways_out": ways, "worths": [worth]}}  # fmt: skip
    (case,) = cases_of(StoredRun("0" * 36, "network-plan", 1, {}, result, {}, at=0))
    assert (case.facts["reason-kind"], case.facts["way-out"]) == ("throughput", "more-capacity")
    assert case.number("violated-rule") == 120.0
    price = case.get("shadow-price")
    assert price is not None
    assert (price.value, price.lower, price.upper, price.unit) == (0.26, 0.25, 0.27, "EUR/piece")
    assert case.number("way-out-cost") == 9e5


def test_a_fit_of_lives_tells_bound_and_shape() -> None:
    life = {"family": "Weibull", "p": 0.1, "estimate": 1200.0, "lower": 950.0, "upper": 1400.0}
    shape = {"name": "beta", "estimate": 0.7, "lower": 0.5, "upper": 0.9}
    result = {
        "code": "HTS", "site": "PG1", "unit": "h", "confidence": 0.95, "failures": 7.0,
        "main": 0.1, "chosen": ["Weibull"], "mechanism": {"code": "corrosion"},
        "reported": [{"p": 0.1, "lower": 990.0, "life": life}],
        "candidates": [{"family": "Weibull", "parameters": [shape]}],
        "approval": {"lower": 900.0, "stands": False},
    }  # fmt: skip
    (case,) = cases_of(StoredRun("0" * 36, "lifetime-fit", 1, {}, result, {}, at=0))
    b10, bound = case.get("b10"), case.get("b10-lower")
    assert b10 is not None
    assert bound is not None
    assert (b10.value, b10.lower, b10.upper, b10.unit) == (1200.0, 950.0, 1400.0, "h")
    assert (bound.value, bound.lower, bound.confidence) == (990.0, 990.0, 0.95)
    assert case.facts["shape-below-one"] == "yes"
    assert (case.facts["approval"], case.facts["mechanism"]) == ("lost", "corrosion")


def test_lots_that_fail_sooner_come_before_those_that_miss_the_target() -> None:
    lots = [
        {"name": "L1", "life": 900.0, "life_lower": 400.0},
        {"name": "L2", "ratio": 7.0, "ratio_lower": 5.0, "ratio_upper": 9.5, "failures": 40,
         "expected": 6.4, "stands_out": "worse", "life": 187.0, "life_lower": 146.0},
        {"name": "L3", "life": 2900.0, "life_lower": 2400.0},
    ]  # fmt: skip
    result = {"unit": "h", "family": "weibull", "share": 0.1, "target": 500.0, "below": 2,
              "shown": lots}  # fmt: skip
    run = StoredRun("0" * 36, "lifetime-batch", 1, {"life_test": "T"}, result, {}, at=0)
    whole, worst, missed = cases_of(run)
    assert (worst.facts["lot"], worst.level, missed.facts["lot"]) == ("L2", "bad", "L1")
    ratio = worst.get("hazard-ratio")
    assert ratio is not None
    assert (ratio.value, ratio.lower, ratio.upper, ratio.reference) == (7.0, 5.0, 9.5, 1.0)
    assert worst.number("expected-failures") == 6.4
    assert missed.facts["target-met"] == whole.facts["target-met"] == "no"


def test_a_watched_model_has_a_case_for_each_mechanism() -> None:
    column = {"name": "power", "unit": "mA", "found": True, "matters": True, "size": 2.2,
              "shift": {"value": 2.0, "lower": 1.3, "upper": 2.7}}  # fmt: skip
    test = {"score": "brier", "difference": -0.01, "lower": -0.02, "upper": -0.001}
    result = {
        "model": "m", "version": 3, "alias": "champion", "headline": "brier",
        "recommendation": "promote", "columns": [column],
        "challengers": [{"version": 4, "standing": "better", "tests": [test]}],
        "mechanisms": [{"mechanism": "input drift", "level": "bad"},
                       {"mechanism": "challenger", "level": "warn"}],
    }  # fmt: skip
    whole, drifted, rival = cases_of(
        StoredRun("0" * 36, "classifier-monitor", 1, {}, result, {}, at=0)
    )
    assert whole.number("champion-version") == 3
    assert (drifted.level, drifted.facts["column"]) == ("bad", "power")
    shift = drifted.get("input-shift")
    assert shift is not None
    assert (shift.value, shift.lower, shift.unit) == (2.0, 1.3, "mA")
    assert rival.facts["standing"] == "better"
    assert rival.number("challenger-gain") == -0.01
    assert rival.facts["challenger"] == "4"


def test_a_forecast_adds_the_means_of_its_total() -> None:
    run = stored("demand-forecast")
    total = next(s for s in run.result["series"] if s["kind"] == "total")
    case = cases_of(run)[0]
    assert case.number("demand-horizon") == pytest.approx(sum(total["mean"]))
    ahead = case.get("expected-demand")
    assert ahead is not None
    assert (ahead.value, ahead.lower) == (total["mean"][0], total["lower"][0])
    assert case.number("wape") == run.result["record"][0]["wape"]


def test_gates_that_are_broken_come_first() -> None:
    gates = [{"name": "wape", "title": "WAPE", "value": 0.2, "limit": 0.3, "share": True},
             {"name": "service", "title": "Service", "value": 0.8, "limit": 0.96, "broken": True,
              "share": True}]  # fmt: skip
    result = {"scenario": "N", "advice": "re-plan", "gates": gates}
    (case,) = cases_of(StoredRun("0" * 36, "plan-monitor", 1, {}, result, {}, at=0))
    first = case.evidence[0]
    assert (first.quantity, first.value, first.reference) == ("service-level", 0.8, 0.96)
    assert first.level == "bad"
    assert case.facts["broken"] == "service"


def truncated(value: Any, draw: Any) -> Any:
    """Take away or spoil parts of a JSON value."""
    if isinstance(value, dict):
        kept = {k: truncated(v, draw) for k, v in value.items() if draw(st.integers(0, 9)) > 0}
        return kept if draw(st.integers(0, 19)) else None
    if isinstance(value, list):
        return [truncated(one, draw) for one in value[: draw(st.integers(0, 3))]]
    return value if draw(st.integers(0, 29)) else draw(st.sampled_from([None, "x", -1, [], True]))


@given(
    st.data(),
    st.sampled_from(
        (
            "network-plan",
            "demand-forecast",
            "route-plan",
            "qualification-report",
            "action-ranking",
            "honesty-ledger",
        )
    ),
)
@few(20)
def test_a_spoiled_result_never_raises(data: st.DataObject, name: str) -> None:
    run = stored(name)
    result, page = truncated(run.result, data.draw), truncated(run.page, data.draw)
    spoiled = StoredRun(run.id, name, 1, run.params, result or {}, page or {}, at=0)
    found = evidence_of(cases_of(spoiled))
    assert len({one.id for one in found}) == len(found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("verdicts", "sections", "blocks", "kind", "figure", "title", "level",
                         "sentence", "verdict", "figures", "gates", "code", "value")),
        inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(("verdicts", "sections", "title", "figures")), JSON),
    st.sampled_from((*sorted(FURTHER), "unheard-of")),
)
@few(20)
def test_any_json_is_read_without_a_failure(value: dict[str, Any], name: str) -> None:
    cases_of(StoredRun("0" * 36, name, 1, {}, value, value, at=0))


def test_a_page_without_a_reader_gives_its_sentences_and_figures() -> None:
    subject = {"site": "PG1", "characteristic": "LOOP", "factors": {"tool": "WB-05"}}
    figure = {"kind": "figure", "label": "Sag", "value": 1.5, "unit": "um", "lower": 1.0,
              "upper": 2.0, "decimals": 1}  # fmt: skip
    page = {
        "title": "Sweep",
        "verdicts": [{"level": "bad", "sentence": "WB-05 sags.", "subject": subject},
                     {"level": "good", "sentence": "All is well."}, {"level": "nonsense"}],
        "sections": [{"title": "s", "blocks": [figure, {"kind": "text", "text": "x"}]}],
    }  # fmt: skip
    run = StoredRun("0" * 36, "wire-sweep", 7, {}, {}, page, at=5)
    whole, tool = page_cases(run)
    found = whole.get("figure")
    assert found is not None
    assert (found.value, found.lower, found.upper, found.unit) == (1.5, 1.0, 2.0, "um")
    assert tool.level == "bad"
    verdict = tool.get("verdict")
    assert verdict is not None
    assert (verdict.value, verdict.kind, verdict.quoted) == ("WB-05 sags.", "text", False)
    assert tool.facts["tool"] == "WB-05"
    assert cases_of(run) == (whole, tool)


def test_a_version_that_no_reader_knows_falls_to_its_page() -> None:
    run = stored("network-plan")
    newer = StoredRun(run.id, run.analysis, 99, run.params, run.result, run.page, at=run.at)
    assert cases_of(newer) == page_cases(newer)
