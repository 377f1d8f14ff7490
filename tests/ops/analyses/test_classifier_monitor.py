"""The watch over a served classifier against planted changes of the world."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

import numpy as np
import pytest

from ops.analyses.classifier_monitor import CLASSIFIER_MONITOR, compute
from ops.analyses.classifier_monitor_page import view
from ops.analyses.classifier_monitor_params import ClassifierMonitorParams
from ops.analyses.classifier_monitor_result import ClassifierMonitorResult, MechanismLine
from ops.analyses.classifier_monitor_sample import sample_watch
from ops.analyses.trace_classifier_train import TRACE_CLASSIFIER_TRAIN
from ops.analyses.trace_classifier_train_sample import sample_traces
from ops.analysis import silent
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.draft import ModelDraft
from ops.classify.table import NO_TIME
from ops.errors import BadData, NotEnoughData
from ops.forecast_query import EarlierRun
from ops.values import Factor, FloatArray, IntArray

LATER, DRIFTS = 700, 960  # rows: first that is later than training, first that drifts


@cache
def watched(change: str = "", newest: int = 150, shift: float = 0.25) -> ClassifierMonitorResult:
    data = {"": sample_watch, "steady": steady, "concept": concept, "hidden": hidden}[change]()
    return compute(data, params(newest=newest, shift=shift), silent)


def params(**changed: object) -> ClassifierMonitorParams:
    return CLASSIFIER_MONITOR.example.params.model_copy(update=changed)


def with_columns(
    data: ClassifierData, numbers: dict[str, FloatArray], codes: IntArray | None = None
) -> ClassifierData:
    table = data.table
    label = table.categories["label"]
    categories = dict(table.categories)
    if codes is not None:
        categories["label"] = Factor(codes, label.levels)
    return replace(
        data, table=replace(table, numbers={**table.numbers, **numbers}, categories=categories)
    )


def steady() -> ClassifierData:
    """Take the planted drift back: 0.8 standard deviations of 3 mA."""
    data = sample_watch()
    current = data.table.numbers["ultrasonic_current"].copy()
    current[DRIFTS:] -= 0.8 * 3.0
    return with_columns(data, {"ultrasonic_current": current})


def concept() -> ClassifierData:
    """Signals as ever, but they say nothing of the defects of later bonds any more."""
    data = steady()
    codes = data.table.categories["label"].codes.copy()
    known = np.flatnonzero(codes >= 0)
    later = known[known >= LATER]
    codes[later] = codes[np.random.default_rng(1).permutation(later)]
    return with_columns(data, {}, codes)


def hidden() -> ClassifierData:
    """No later label is known."""
    data = sample_watch()
    codes = data.table.categories["label"].codes.copy()
    codes[LATER:] = -1
    return with_columns(data, {}, codes)


def line(result: ClassifierMonitorResult, mechanism: str) -> MechanismLine:
    return next(m for m in result.mechanisms if m.mechanism == mechanism)


def test_the_planted_drift_is_found_first_with_its_size_and_date() -> None:
    result = watched()
    first = result.columns[0]
    assert (first.name, first.matters, first.what) == ("ultrasonic_current", True, "level")
    assert [c.name for c in result.columns if c.matters] == ["ultrasonic_current"]
    assert first.shift.lower is not None
    assert first.shift.upper is not None
    assert first.shift.lower < 0.8 * 3.0 < first.shift.upper
    times = sample_watch().table.times["bonded_at"]
    assert first.since is not None
    assert abs(first.since - int(times[DRIFTS])) < 40 * 2_000_000
    assert line(result, "input drift").level == "bad"


def test_alerts_are_one_for_the_model_and_the_mechanism() -> None:
    subjects = [v.subject for v in view(watched()).verdicts if v.subject is not None]
    said = [(s.site, s.factors, s.mechanism, s.whole) for s in subjects]
    model = {"model": "bond-defects"}
    assert said == [
        ("PG1", model, mechanism, True)
        for mechanism in ("input drift", "calibration", "performance", "challenger")
    ]


def test_what_is_shown_to_be_steady_closes_its_alert() -> None:
    result = watched("steady", newest=400, shift=0.5)
    found = line(result, "input drift")
    assert (found.level, found.settled) == ("good", True)
    verdict = next(
        v
        for v in view(result).verdicts
        if v.subject is not None and v.subject.mechanism == "input drift"
    )
    assert verdict.settled
    assert not line(watched(), "input drift").settled


def test_few_rows_that_show_nothing_close_no_alert() -> None:
    found = line(watched("steady", newest=50), "input drift")
    assert (found.level, found.settled) == ("good", False)


def test_a_change_of_meaning_is_caught_by_labels_and_missed_without_and_said_so() -> None:
    result = watched("concept", newest=300)
    state = result.performance
    assert line(result, "performance").level == "bad"
    assert line(result, "input drift").level == "good"
    assert state.blind
    assert state.foretold_judged is not None
    assert state.realised.upper is not None
    assert state.foretold_judged > state.realised.upper
    said = " ".join(v.sentence for v in view(result).verdicts)
    assert "concept shift" in said
    assert result.recommendation == "retrain"


def test_labels_that_come_late_are_no_fair_sample_and_maturity_corrects_that() -> None:
    labels = watched().labels
    assert labels.known_rate is not None
    assert labels.mature_rate is not None
    assert labels.young > 100
    assert labels.known_rate < labels.mature_rate  # defects are heard of later than good bonds
    slow, quick = labels.delays
    assert (slow.name, quick.name) == ("defect", "good")
    assert labels.age == slow.mature
    assert slow.mature == pytest.approx(120.0 * np.log(20.0) / 3600.0, rel=0.25)


def test_without_labels_scores_are_foretold_and_no_more_is_claimed() -> None:
    result = watched("hidden")
    assert result.calibration is None
    assert result.performance.realised.value is None
    assert result.performance.foretold_newest is not None
    assert line(result, "calibration").level == "info"
    assert result.recommendation == "measure more"
    assert result.challengers[0].standing == "not compared"
    view(result)


def test_where_nothing_says_when_labels_came_that_is_told() -> None:
    data = sample_watch()
    columns = tuple(c for c in data.document.columns if c.role != "known_time")
    document = data.document.model_copy(update={"columns": columns})
    result = compute(replace(data, document=document), params(), silent)
    assert not result.labels.told
    assert result.labels.young == 0


def test_a_better_challenger_is_an_alert_and_promoted() -> None:
    data = concept_for_the_champion()
    result = compute(data, params(newest=300, versions=("champion", "challenger")), silent)
    assert result.challengers[0].standing == "better"
    assert line(result, "challenger").level == "bad"
    assert result.recommendation == "promote"


def concept_for_the_champion() -> ClassifierData:
    """Call the later bonds defective that the challenger thinks so of."""
    from ops.analyses.classifier_versions import answers_of  # noqa: PLC0415  (beside its use)

    data = steady()
    said = answers_of(data.models[1], data.table, ("defect", "good")).probability[:, 0]
    codes = data.table.categories["label"].codes.copy()
    known = np.flatnonzero(codes >= 0)
    later = known[known >= LATER]
    codes[later] = np.where(said[later] > np.quantile(said, 0.85), 0, 1)
    return with_columns(data, {}, codes)


def test_nights_in_a_row_are_counted() -> None:
    told = watched().model_dump(mode="json")
    runs = tuple(
        EarlierRun(run_id=str(i), as_of=datetime(2026, 9, 20 - i, tzinfo=UTC), result=told)
        for i in range(2)
    )
    result = compute(replace(sample_watch(), earlier=runs), params(), silent)
    assert line(result, "input drift").runs == 2
    assert "bad in 2 runs in a row before" in view(result).verdicts[0].sentence


def test_a_dataset_without_times_is_refused_with_the_mend() -> None:
    data = sample_watch()
    columns = tuple(c for c in data.document.columns if c.role != "time")
    document = data.document.model_copy(update={"columns": columns})
    with pytest.raises(BadData, match="when rows happened"):
        compute(replace(data, document=document), params(), silent)


def test_nothing_later_than_training_is_not_enough() -> None:
    data = sample_watch()
    early = replace(data, table=data.table.take(np.arange(LATER)))
    with pytest.raises(NotEnoughData, match="0 rows are later than"):
        compute(early, params(), silent)


def test_rows_without_a_time_are_left_out() -> None:
    data = sample_watch()
    times = data.table.times["bonded_at"].copy()
    times[-3:] = NO_TIME
    table = replace(data.table, times={**data.table.times, "bonded_at": times})
    result = compute(replace(data, table=table), params(), silent)
    assert result.labels.later == watched().labels.later - 3


def test_without_other_versions_the_challenger_alert_is_closed() -> None:
    data = sample_watch()
    result = compute(replace(data, models=data.models[:1]), params(), silent)
    found = line(result, "challenger")
    assert (found.level, found.settled) == ("good", True)
    assert result.challengers == ()


@cache
def trace_watch(lift: float = 0.0) -> ClassifierData:
    """A model of the first 300 traces, watched on 300 later ones.

    Parameters
    ----------
    lift
        Of the probability of a sag on the last 100 traces: those take the trace of a lifted bond.
    """
    data = sample_traces(600)
    drafts: list[ModelDraft] = []

    def progress(fraction: float, message: str, /, **more: object) -> bool:
        if isinstance(more.get("model"), ModelDraft):
            drafts.append(more["model"])  # type: ignore[arg-type]
        return False

    early = replace(data, table=data.table.take(np.arange(300)))
    asked = TRACE_CLASSIFIER_TRAIN.example.params.model_copy(update={"model": "lifted"})
    TRACE_CLASSIFIER_TRAIN.compute(early, asked, progress)
    draft = drafts[0]
    packet = ModelPacket(
        model="lifted", title="Lifted bonds", number=1, alias="champion", origin="own",
        task="trace", dataset=data.code, revision=1, fingerprint=draft.fingerprint,
        spec=draft.spec, metrics=draft.metrics, created_at=datetime(2026, 9, 21, tzinfo=UTC),
        artefact=draft.artefact, sha256=sha256(draft.artefact).hexdigest(),
    )  # fmt: skip
    models = (packet, replace(packet, number=2, alias="challenger"))
    if lift:
        bad = np.flatnonzero(data.table.categories["label"].codes == 1)
        traces = data.table.traces["us_current"].copy()
        moved = 500 + np.flatnonzero(np.random.default_rng(2).random(100) < lift)
        traces[moved] = traces[np.resize(bad, moved.size)]
        data = replace(data, table=replace(data.table, traces={"us_current": traces}))
    return replace(data, models=models)


def test_a_model_of_traces_is_watched_all_but_the_drift_of_its_traces() -> None:
    result = compute(trace_watch(), params(model="lifted", newest=100), silent)
    assert (result.columns, result.unwatched) == ((), ("us_current",))
    drift = line(result, "input drift")
    assert (drift.level, drift.settled) == ("info", False)
    assert not result.scores.found
    assert result.performance.realised.value is not None
    assert result.performance.realised.value > 0.5  # the sag is plain to see
    assert line(result, "performance").level == "good"
    (other,) = result.challengers
    assert (other.standing, other.failure) == ("not told apart", "")
    said = view(result)
    assert "drift of traces is not watched" in said.verdicts[0].sentence.lower()
    assert "us_current" in said.model_dump_json()


def test_answers_that_move_warn_also_where_the_drift_of_traces_is_not_watched() -> None:
    result = compute(trace_watch(lift=0.5), params(model="lifted", newest=100), silent)
    assert result.scores.found
    assert line(result, "input drift").level == "warn"
    assert line(result, "performance").level == "bad"


def test_a_model_of_numbers_is_refused_with_the_mend() -> None:
    data = sample_watch()
    numbers = replace(data, models=(replace(data.models[0], task="regress"),))
    with pytest.raises(BadData, match="predicts numbers; name a model that predicts") as refused:
        compute(numbers, params(), silent)
    assert [p.pointer for p in refused.value.problems] == ["/model"]


def test_models_and_rows_of_unlike_kinds_are_refused_by_the_column() -> None:
    traces, table = trace_watch(), sample_watch()
    with pytest.raises(BadData, match="us_current"):
        compute(replace(table, models=traces.models), params(), silent)
    spec = {**table.models[0].spec, "trained_until": traces.models[0].spec["trained_until"]}
    of_columns = replace(table.models[0], spec=spec)
    with pytest.raises(BadData, match="ultrasonic_current"):
        compute(replace(traces, models=(of_columns,)), params(), silent)
