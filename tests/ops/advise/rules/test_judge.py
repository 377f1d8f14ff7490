"""Each sign leads to its cause, and what nearly is that sign does not."""

from dataclasses import replace

import pytest

from ops.advise.case import Case
from ops.advise.catalogue import ActionId, CauseId, goes_with
from ops.advise.rules.allowed import allowed
from ops.advise.rules.judge import judge
from tests.ops.advise.case_samples import (
    ALL,
    alert,
    case,
    creep,
    forecast,
    gauge,
    index,
    life,
    model,
    name,
    number,
    plan,
    step,
    text,
)

SHORT = number("b10", 500, 400, 600, reference=800.0)
FIRES: tuple[tuple[Case, CauseId, ActionId], ...] = (
    (creep(), "creep", "recalibrate"),
    (creep(policy_action="replace-component"), "creep", "replace-component"),
    (creep(hidden="yes"), "hidden-creep", "recalibrate"),
    (creep(mechanism="corrections"), "hidden-creep", "recalibrate"),
    (creep(event_kind="material-change", event_convincing="yes"), "material-change", "recalibrate"),
    (creep(of_gauge="yes"), "gauge", "requalify-gauge"),
    (creep(tools_alike="4"), "common-cause", "find-special-cause"),
    (creep(status="over"), "none", "keep"),
    (step(), "maintenance", "verify-setup"),
    (step("calibration"), "calibration", "verify-setup"),
    (step("material-change"), "material-change", "contain-lot"),
    (step("capillary-change"), "capillary-change", "contain-lot"),
    (index(1.0, cp=1.6), "off-centre", "recentre"),
    (index(0.9, cp=1.0), "spread", "reduce-spread"),
    (index(1.0, stable="no"), "unstable", "find-special-cause"),
    (index(1.0, mixture="yes"), "mixture", "isolate-stratum"),
    (index(1.0, stable="no", stratum_factor="lot", stratum_level="CL"), "mixture",
     "isolate-stratum"),
    (index(1.0, stratum_factor="gauge", stratum_level="OPT"), "gauge", "requalify-gauge"),
    (index(1.6, cp=1.7, level="good"), "none", "keep"),
    (life(SHORT), "short-life", "contain-lot"),
    (life(number("shape", 0.6, 0.4, 0.8), number("failures", 12)), "infant-mortality", "burn-in"),
    (life(number("failures", 2)), "too-few-failures", "extend-test"),
    (life(number("hazard-ratio", 5.0, 3.0, 8.0), lot="L"), "early-failures", "contain-lot"),
    (life(number("shape", 3, 2, 4), number("failures", 30), level="good"), "wear-out", "keep"),
    (life(mechanism="wear"), "capillary-wear", "replace-component"),
    (plan(status="infeasible"), "infeasible", "relax-limit"),
    (plan(number("service-level", 0.9)), "shortage", "add-capacity"),
    (plan(number("bottleneck", 1.0), number("shadow-price", 3.0)), "bottleneck", "add-capacity"),
    (plan(broken="bias"), "demand-moved", "replan"),
    (plan(number("saving-by-replan", 4e3)), "plan-outdated", "replan"),
    (plan(disruption="quake"), "disruption", "replan"),
    (model(mechanism="input drift"), "input-drift", "check-input"),
    (model(mechanism="calibration"), "calibration-lost", "recalibrate-model"),
    (model(number("score-now", 0.5, 0.4, 0.6), number("score-promised", 0.8)), "performance-lost",
     "retrain"),
    (model(number("challenger-gain", 0.1, 0.05, 0.15)), "better-challenger", "promote-model"),
    (forecast(number("wape", 0.4, reference=0.2)), "forecast-off", "reforecast"),
    (forecast(number("demand-change", 0.3, reference=0.1), level="info"), "demand-moved", "replan"),
    (gauge(), "gauge", "requalify-gauge"),
    (alert(mechanism="calibration"), "calibration-lost", "recalibrate-model"),
    (alert(state="closed"), "none", "keep"),
    (alert(not_seen="yes", mechanism="calibration"), "none", "keep"),
)  # fmt: skip
NEARLY: tuple[tuple[Case, CauseId], ...] = (
    (creep(event_kind="maintenance", event_convincing="no"), "maintenance"),
    (creep(event_kind="material-change", event_convincing="no"), "material-change"),
    (creep(tools_alike="2"), "common-cause"),
    (step("maintenance", lag=3_000.0), "maintenance"),  # two days before: no explanation
    (step("maintenance", lag=-30.0), "maintenance"),  # after it: no cause
    (index(1.0, stable="yes"), "unstable"),
    (index(1.4, cp=1.6, level="good"), "off-centre"),
    (index(1.0, stable="no", stratum_factor="tool", stratum_level="WB"), "mixture"),
    (life(number("shape", 0.9, 0.6, 1.3), number("failures", 12)), "infant-mortality"),
    (life(number("shape", 0.6, 0.4, 0.8), number("failures", 3)), "infant-mortality"),
    (life(number("failures", 5), level="good"), "too-few-failures"),
    (life(number("hazard-ratio", 1.4, 0.9, 2.0), lot="L", level="good"), "early-failures"),
    (plan(number("service-level", 1.0)), "shortage"),
    (plan(number("bottleneck", 1.0), number("shadow-price", 0.0), level="good"), "bottleneck"),
    (plan(number("saving-by-replan", -10.0)), "plan-outdated"),
    (model(number("score-now", 0.7, 0.5, 0.9), number("score-promised", 0.8)), "performance-lost"),
    (model(number("challenger-gain", 0.1, -0.05, 0.2)), "better-challenger"),
    (model(number("calibration-slope", 1.3, 0.8, 1.8), level="info"), "calibration-lost"),
    (forecast(number("wape", 0.1, reference=0.2), level="good"), "forecast-off"),
    (gauge("good", 0.1), "gauge"),
)  # fmt: skip


@pytest.mark.parametrize(("sample", "cause", "action"), FIRES)
def test_a_sign_leads_to_its_cause_and_action(
    sample: Case, cause: CauseId, action: ActionId
) -> None:
    found = judge(sample)
    assert (found.cause, found.action) == (cause, action)


@pytest.mark.parametrize(("sample", "cause"), NEARLY)
def test_what_is_nearly_a_sign_does_not(sample: Case, cause: CauseId) -> None:
    assert judge(sample).cause != cause


def test_a_grave_case_without_signs_is_unknown_and_calls_for_measurements() -> None:
    found = judge(case("drift", level="bad"))
    assert (found.cause, found.action) == ("unknown", "measure-more")


@pytest.mark.parametrize("sample", ALL)
def test_what_is_judged_is_allowed_and_goes_together(sample: Case) -> None:
    pairs = allowed(sample, ALL)
    found = judge(sample, ALL)
    assert pairs[0] == (found.cause, found.action)
    assert all(goes_with(cause, action) for cause, action in pairs)
    assert {(found.cause, one) for one in found.alternatives} <= set(pairs)
    assert {cause for cause, _ in pairs} == {found.cause, *found.also}


def test_a_bad_case_is_never_left_as_it_is_but_by_its_policy() -> None:
    assert ("creep", "keep") not in allowed(creep())
    assert ("creep", "keep") in allowed(creep(policy_action="keep"))


def test_tools_that_move_alike_share_a_cause() -> None:
    one, two, three = (
        case("drift", number("slope", 0.3, 0.2, 0.4), id=f"{tool}/x", tool=tool, status="drifts")
        for tool in ("WB-01", "WB-02", "WB-03")
    )
    assert judge(one, (one, two, three)).cause == "common-cause"
    assert judge(one, (one, two)).cause == "creep"


def test_the_kind_of_an_event_comes_from_its_record_and_never_from_its_title() -> None:
    at = "1795000000000000"
    moved = case(
        "drift", number("step", -5.0, -6.0, -4.0), number("event-lag", 30, unit="min"),
        text("event-title", "calibration, maintenance, material-change"), id="a/step",
        tool="WB-10", status="drifts", mechanism="step", event_at=at,
    )  # fmt: skip
    record = case(
        "alert", id="events/PG/WB-10", level="info", tool="WB-10", characteristic="",
        event_kinds="capillary-change maintenance", event_ats=f"17 {at}",
    )  # fmt: skip
    assert judge(moved).cause == "unknown"
    assert judge(moved, (moved, record)).cause == "maintenance"


def test_of_events_of_the_same_moment_that_with_the_title_counts() -> None:
    told = step("")
    told = replace(told, facts={**told.facts, "event-at": "100"})
    spool = (text("event-title", "Wire spool"), text("event-title", "Preventive maintenance"))
    codes = {"event_kinds": "material-change maintenance", "event_ats": "100 100"}
    site = case("alert", *spool, id="events/PG", level="info", characteristic="", **codes)
    own = replace(
        case("alert", text("event-title", "Other work"), id="events/PG/WB-10", level="info",
             characteristic="", tool="WB-10", event_kinds="calibration", event_ats="100"),
        title="Events of WB-10",
    )  # fmt: skip
    assert judge(told, (site,)).cause == "maintenance"
    assert judge(told, (site, own)).cause == "maintenance"
    untitled = case("alert", id="events/PG", level="info", characteristic="", **codes)
    assert judge(told, (untitled, own)).cause == "calibration"  # that of the tool comes first


def test_a_tool_that_jumped_explains_a_lot_that_was_used_on_it() -> None:
    jumped = step()
    short = replace(
        index(1.0, stable="no", stratum_factor="lot", stratum_level="CL",
              characteristic="LOOP-BGA144-AU25"),
        subject=jumped.subject and jumped.subject.model_copy(update={"factors": {}}),
    )  # fmt: skip
    assert judge(short).cause == "mixture"
    assert judge(short, (jumped,)).cause == "unstable"
    assert judge(short, (creep(tool="WB-07"),)).cause == "mixture"  # of another characteristic


def test_a_life_is_too_short_only_for_what_is_required_of_it() -> None:
    bare = life(number("b10", 500, 400, 600), number("failures", 20))
    assert judge(bare).cause == "unknown"
    assert judge(life(SHORT, number("failures", 20))).cause == "short-life"


def test_an_alert_is_judged_by_the_finding_behind_it() -> None:
    opened = alert(tool="WB-07", mechanism="")
    assert judge(opened, (opened, creep())).cause == "creep"
    assert allowed(opened, (opened, creep()))[0] == ("creep", "recalibrate")


def test_a_gauge_in_doubt_is_among_the_causes_of_what_it_measured() -> None:
    bad = gauge(measures="LOOP-QFN32-AU25")
    assert "gauge" in judge(creep(), (creep(), bad)).also
    assert "gauge" not in judge(creep(), (creep(), gauge("good", measures="LOOP-QFN32-AU25"))).also
    lot = index(1.0, stratum_factor="lot", stratum_level="CL")
    assert lot.get("stratum") is not None
    assert name("stratum", "CL")["kind"] == "name"


def test_a_tool_that_is_off_is_judged_by_the_jump_found_of_it() -> None:
    off = case("drift", number("error", -4.9), id="p/off", tool="WB-10", mechanism="level",
               characteristic="", level="warn")  # fmt: skip
    assert judge(off).cause == "creep"
    assert judge(off, (off, step())).cause == "maintenance"
    assert allowed(off, (off, step()))[0] == ("maintenance", "verify-setup")


def test_all_analyses_of_a_tool_follow_its_policy() -> None:
    screened = case("drift", number("slope", 0.3, 0.2, 0.4), id="s/x", tool="WB-07",
                    status="drifts", mechanism="trend")  # fmt: skip
    full = creep(policy_action="replace-component")
    assert judge(screened).action == "recalibrate"
    assert judge(screened, (screened, full)).action == "replace-component"
