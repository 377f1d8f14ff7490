"""Lifetime fit: the choice between Weibull and lognormal, bounds, record, degenerate tests."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.analyses.lifetime_fit import LIFETIME_FIT
from ops.analyses.lifetime_fit_params import FamilyAsked, LifetimeFitParams
from ops.analyses.lifetime_fit_result import FitLife, LifetimeFitResult
from ops.analyses.lifetime_fit_sample import sample_lives
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.forecast_query import EarlierRun
from ops.life_query import LifeApproval, LifetimeData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.families.candidate import CANDIDATES
from ops.validation.published import entry

BEARINGS = entry("lifetime_families", "ball_bearing_choice")
BYTES = 256 * 1024


def _computed(rows: LifeData, **more: Any) -> LifetimeFitResult:
    extra = {key: more.pop(key) for key in ("earlier", "approvals", "document") if key in more}
    data = LifetimeData(code="T", title="T", revision=1, life=rows, **extra)
    return LIFETIME_FIT.compute(data, LifetimeFitParams(life_test="T", **more), silent)


def _said(result: LifetimeFitResult) -> str:
    return " ".join(v.sentence for v in LIFETIME_FIT.view(result).verdicts)


def _life(result: LifetimeFitResult, family: str, p: float) -> FitLife:
    (found,) = [one for one in result.lives if one.family == family and one.p == p]
    return found


def _bearings(scale: float = 1.0) -> LifeData:
    return life_data(scale * np.array(BEARINGS["inputs"]["x"]), unit="Mrev")


@cache
def _plain() -> LifetimeFitResult:
    """What is said of the ball bearings: many tests look at it, none changes it."""
    return _computed(_bearings())


def _entry_rows(name: str, of: str) -> LifeData:
    rows = entry(of, name)["inputs"]
    upper = [np.inf if end is None else end for end in rows["upper"]]
    return life_data(rows["lower"], upper, weight=rows.get("weight"))


def test_ball_bearings_are_not_told_apart_and_both_are_reported() -> None:
    result = _plain()
    assert result.verdict == "not_distinguishable"
    assert result.chosen == ("Lognormal", "Weibull")
    expected = BEARINGS["expected"]
    assert result.delta == pytest.approx(expected["delta_aicc"], abs=5e-4)
    logliks = {c.family: c.loglik for c in result.candidates}
    assert logliks["Weibull"] == pytest.approx(expected["weibull"], abs=1e-8)
    assert logliks["Lognormal"] == pytest.approx(expected["lognormal"], abs=1e-8)
    for one in result.reported:
        assert [life.family for life in one.record.lives] == ["Lognormal", "Weibull"]
    assert "not told apart" in _said(result)


def test_low_percentiles_take_the_lowest_bound_of_both() -> None:
    result = _plain()
    for one in result.reported:
        bounds = [life.lower_one_sided for life in one.record.lives]
        assert None not in bounds
        assert one.lower == (min(b for b in bounds if b) if one.p <= 0.1 else bounds[0])


def test_bearing_cages_have_the_published_likelihood_ratio_bounds() -> None:
    rows = _entry_rows("meeker_escobar_bearing_cage", "lifetime_fit")
    result = _computed(rows, method="likelihood-ratio")
    b10 = _life(result, "Weibull", 0.1)
    assert b10.estimate == pytest.approx(3903, abs=1)
    assert b10.lower == pytest.approx(2093, rel=1e-3)
    assert b10.upper == pytest.approx(22144, rel=1e-4)
    assert b10.approximate
    assert any(one.record.extrapolated for one in result.reported)


def test_shock_absorbers_have_the_published_weibull() -> None:
    result = _computed(_entry_rows("shock_absorber", "lifetime_fit"), families=("weibull",))
    (weibull,) = result.candidates
    told = {one.name: one for one in weibull.parameters}
    assert told["eta"].estimate == pytest.approx(np.exp(10.23), rel=1e-3)
    assert told["beta"].estimate == pytest.approx(1 / 0.3164, rel=1e-3)
    assert told["beta"].lower is not None
    assert told["beta"].lower < told["beta"].estimate
    assert result.verdict == "only"


def test_every_life_stands_with_its_interval() -> None:
    result = _computed(_bearings(), families=("all",), resamples=0)
    shown = [*result.lives, *result.by_shape, *(one.life for one in result.reported)]
    for life in shown:
        assert life.estimate is None or life.lower_one_sided is not None or life.upper is not None
    for one in result.candidates:
        assert one.life is None or one.lower is not None or one.upper is not None


def test_a_test_without_failures_leads_to_a_known_shape() -> None:
    idle = failures_and_suspensions([], [500.0] * 10)
    result = _computed(idle)
    assert (result.verdict, result.reported) == ("none", ())
    assert "No life is reported" in _said(result)
    assert "Weibayes" in result.without
    assert result.shapes_assumed
    given_shape = _computed(idle, shape=2.0)
    assert given_shape.verdict == "shape"
    b10 = next(one for one in given_shape.reported if one.p == 0.1)
    # Nelson (1985): eta is at least 913.5209, and B10 = eta (-ln 0.9) ** (1/2)
    assert b10.lower == pytest.approx(913.5209 * (-np.log(0.9)) ** 0.5, rel=1e-6)
    assert b10.life.estimate is None
    assert "the shape is given" in _said(given_shape)


def test_a_range_of_shapes_gives_a_credible_life_without_failures() -> None:
    result = _computed(failures_and_suspensions([], [500.0] * 10), shape_range=(1.5, 3.0))
    b10 = next(one for one in result.reported if one.p == 0.1)
    assert b10.life.method == "bayes"
    assert b10.lower is not None
    assert b10.life.estimate is not None
    assert b10.lower < b10.life.estimate


@pytest.mark.parametrize(
    ("failures", "suspensions"),
    [([100.0], [50.0] * 9), ([10.0] * 3, [5.0] * 5), ([], [100.0] * 10)],
)
def test_degenerate_tests_say_why_there_is_no_fit(
    failures: list[float], suspensions: list[float]
) -> None:
    result = _computed(failures_and_suspensions(failures, suspensions))
    assert result.verdict == "none"
    assert "no maximum-likelihood estimate exists" in result.without
    assert all(c.reason for c in result.candidates)
    assert LIFETIME_FIT.view(result).verdicts[0].level == "warn"


def _weibull_lives(n: int = 200) -> LifeData:
    p = (np.arange(n) + 0.5) / n
    return life_data(1000 * (-np.log1p(-p)) ** 0.5)


def test_a_mechanism_that_the_data_reject_needs_a_waiver() -> None:
    refused = _computed(_weibull_lives(), mechanism="electromigration")
    assert refused.verdict == "refused"
    assert refused.chosen == ("Weibull",)
    assert refused.override is not None
    assert refused.override > 10
    assert "no waiver is recorded" in _said(refused)
    nameless = _computed(_weibull_lives(), mechanism="electromigration", waiver="Sections show it.")
    assert nameless.verdict == "refused"
    waived = _computed(
        _weibull_lives(),
        mechanism="electromigration",
        waiver="Sections show it.",
        waived_by="R. Imhof",
        rationale="All 200 units were opened.",
    )
    assert (waived.verdict, waived.chosen) == ("waived", ("Lognormal",))
    record = waived.reported[0].record
    assert record.waiver == "Sections show it. (R. Imhof)"
    assert record.overridden == "Weibull"
    assert record.rationale[0].english() == "All 200 units were opened."


def test_the_document_names_the_mechanism_and_asking_lists_what_it_may_mean() -> None:
    document = {"mechanism": "intermetallic growth"}
    assert _computed(_bearings(), document=document).mechanism.code == "intermetallic_growth"
    asked = _computed(_bearings(), document=document, mechanism="ask")
    assert asked.mechanism.code == "unknown"
    assert "intermetallic_growth" in [m.code for m in asked.suggestions]
    with pytest.raises(BadData, match="no mechanism is named"):
        _computed(_bearings(), mechanism="bad luck")


def test_the_record_tells_extrapolation_censoring_and_rivals() -> None:
    result = LIFETIME_FIT.compute(sample_lives(), LIFETIME_FIT.example.params, silent)
    record = result.reported[0].record
    assert record.failures == result.failures
    assert record.censored_share == pytest.approx(1 - result.failures / result.units)
    assert record.extrapolation_probability == pytest.approx(0.01 / (1 - record.censored_share))
    assert [r.family for r in record.rivals] == ["Weibull"]
    assert all(r.delta is not None for r in record.rivals)
    assert record.approved_by is None


def _run_of(result: LifetimeFitResult, run_id: str, day: int) -> EarlierRun:
    as_of = datetime(2026, 6, day, tzinfo=UTC)
    return EarlierRun(run_id, as_of, result.model_dump(mode="json"))


def test_an_approved_life_that_no_longer_holds_is_bad_and_names_its_test() -> None:
    before = _computed(_bearings(3.0))
    approval = LifeApproval("r1", "R. Imhof", datetime(2026, 6, 2, tzinfo=UTC), "Reviewed.")
    now = _computed(_bearings(), earlier=(_run_of(before, "r1", 1),), approvals=(approval,))
    assert now.approval is not None
    assert now.approval.stands is False
    (bad,) = [v for v in LIFETIME_FIT.view(now).verdicts if v.level == "bad"]
    assert bad.subject is not None
    assert bad.subject.factors == {"life test": "T"}
    assert "no longer holds" in bad.sentence


def test_an_approved_life_that_is_reported_again_carries_its_approver() -> None:
    before = _plain()
    approval = LifeApproval("r1", "R. Imhof", datetime(2026, 6, 2, tzinfo=UTC), "Reviewed.")
    again = _computed(_bearings(), earlier=(_run_of(before, "r1", 1),), approvals=(approval,))
    assert [one.record.approved_by for one in again.reported] == ["R. Imhof"] * 3
    good = [v for v in LIFETIME_FIT.view(again).verdicts if v.level == "good"]
    assert good[0].settled


def test_how_the_life_moved_is_told_from_runs_of_the_same_question() -> None:
    runs = (
        _run_of(_computed(_bearings(1.5)), "new", 3),
        _run_of(_computed(_bearings(2.0)), "old", 2),
        _run_of(_computed(_bearings(), confidence=0.9), "other confidence", 1),
    )
    result = _computed(_bearings(), earlier=runs)
    assert [run.run_id for run in result.earlier] == ["old", "new"]
    assert "The lower bound of B10 was" in _said(result)


def test_one_failure_mode_censors_the_others_and_all_are_shown_beside_the_whole() -> None:
    rng = np.random.default_rng(3)
    wear, shock = 1000 * rng.weibull(6.0, 80), 3000 * rng.weibull(0.7, 80)
    rows = replace(
        life_data(np.minimum(wear, shock)),
        mode=np.where(wear < shock, 0, 1),
        modes=("wear", "shock"),
    )
    whole = _computed(rows)
    assert whole.modes is not None
    assert [m.mode for m in whole.modes.modes] == ["wear", "shock"]
    assert sum(m.failures for m in whole.modes.modes) == 80
    assert "competing risks" in _said(whole)
    alone = _computed(rows, mode="wear")
    assert alone.failures == whole.modes.modes[0].failures
    assert alone.modes is None
    with pytest.raises(BadData, match="the modes are: wear, shock"):
        _computed(rows, mode="rust")


def test_a_plateau_brings_in_a_defective_subpopulation() -> None:
    failures = np.exp(np.linspace(-1.2, 1.2, 25) + 3.0)
    rows = failures_and_suspensions(failures, [5000.0] * 300)
    result = _computed(rows, resamples=0, quantiles=(0.1,))
    assert any(d.kind == "plateau" and d.shown for d in result.departures)
    assert {"Weibull of a defective subpopulation", "Lognormal of a defective subpopulation"} <= {
        c.family for c in result.candidates
    }
    assert "Nothing has failed after" in _said(result)
    ignored = _computed(rows, departures="ignore")
    assert len(ignored.candidates) == 2


def test_old_reports_are_reproduced_and_labelled() -> None:
    result = _computed(_bearings(), as_in=("weibull++", "minitab", "jmp"))
    labels = [one.label for one in result.reproductions if one.family == "Weibull"]
    assert [label.split(":")[0] for label in labels] == [
        "as in Weibull++",
        "as in Minitab",
        "as in JMP",
    ]
    ml = next(one for one in result.reproductions if one.label.startswith("as in Minitab"))
    assert ml.printed[0].estimate == pytest.approx(81.87833402, rel=1e-6)  # R 4.2.2 survreg


def test_stresses_that_were_pooled_are_warned_of() -> None:
    rows = replace(
        _bearings(), stresses={"load": np.repeat([1.0, 2.0], [11, 12])}, stress_units={"load": "kN"}
    )
    assert "several levels of load" in _said(_computed(rows))


def test_survival_at_asked_times_is_bounded() -> None:
    result = _computed(_bearings(), times=(50.0,))
    assert [one.family for one in result.survivals] == ["Lognormal", "Weibull"]
    for one in result.survivals:
        assert one.lower_one_sided is not None
        assert one.lower_one_sided < one.estimate


def test_ten_thousand_units_fit_into_a_stored_result() -> None:
    rng = np.random.default_rng(5)
    lives = np.exp(rng.normal(7.0, 0.8, 10_000))
    rows = failures_and_suspensions(lives[lives < 1500], rng.uniform(100, 1500, 5000))
    result = _computed(rows)
    assert len(result.model_dump_json()) < BYTES
    assert len(LIFETIME_FIT.view(result).model_dump_json()) < BYTES


def test_every_family_can_be_asked_for_and_no_other() -> None:
    assert set(get_args(FamilyAsked)) == {"all", *CANDIDATES}


def test_no_rows_are_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="no units"):
        LIFETIME_FIT.compute(LifetimeData(), LifetimeFitParams(life_test="T"), silent)


def test_a_model_on_a_boundary_is_chosen_only_where_it_explains_more_than_chance() -> None:
    result = _computed(_bearings(), families=("weibull", "weibull_3p"), resamples=39)
    (ratio,) = [r for r in result.ratios if r.alternative == "Weibull with threshold"]
    chosen = "Weibull with threshold" in result.chosen
    assert chosen is (ratio.p_value < 0.05)


_ROW = st.tuples(st.integers(1, 60), st.sampled_from(["exact", "right", "left", "interval"]))


_ROWS = st.lists(_ROW, min_size=1, max_size=9)


@settings(max_examples=8, deadline=None)
@given(_ROWS)
def test_small_tests_of_any_censoring_give_a_page(rows: list[tuple[int, str]]) -> None:
    _gives_a_page(rows)


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(_ROWS)
def test_many_small_tests_of_any_censoring_give_a_page(rows: list[tuple[int, str]]) -> None:
    _gives_a_page(rows)


def _gives_a_page(rows: list[tuple[int, str]]) -> None:
    low = [0.0 if kind == "left" else float(t) for t, kind in rows]
    ends = {"exact": 0.0, "left": 0.0, "interval": 7.0, "right": np.inf}
    high = [t + ends[kind] for t, kind in rows]
    families = ("weibull", "lognormal", "exponential")
    result = _computed(life_data(low, high), families=families, quantiles=(0.1,))
    page = LIFETIME_FIT.view(result)
    assert page.verdicts
    assert LifetimeFitResult.model_validate_json(result.model_dump_json()) == result
    for one in result.reported:
        if one.lower is not None and one.life.estimate is not None:
            assert 0 < one.lower <= one.life.estimate * (1 + 1e-9)
