"""Planted leaks: each is refused with the place, the number and the mend."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from ops.classify.build.columns import Readings, RecipeData
from ops.classify.build.dataset import build_dataset
from ops.classify.build.leaks import auc
from ops.classify.recipe import DatasetRecipe
from ops.errors import BadData
from tests.ops.classify.build.facts import below, data, measured, readings, recipe

N = 120
UNITS = [f"u{i:03}" for i in range(N)]
RNG = np.random.default_rng(3)
BAD = np.arange(N) % 4 == 0
PULL = np.where(BAD, 4.0, 7.0) + RNG.normal(0, 0.2, N)


def _read(code: str, hour: float, values: np.ndarray, late: float = 0.0) -> Readings:
    drawn = [(k + hour, float(v), u) for k, (u, v) in enumerate(zip(UNITS, values, strict=True))]
    return readings(code, drawn, known=[row[0] + late for row in drawn])


def _plant(*more: Readings) -> RecipeData:
    loop = _read("LOOP", 1.0, RNG.normal(40, 1, N))
    return data(500, loop, _read("PULL", 4.0, PULL), *more)


def _refused(wanted: DatasetRecipe, facts: RecipeData) -> tuple[str, str]:
    with pytest.raises(BadData) as refused:
        build_dataset(wanted, facts)
    problem = refused.value.problems[0]
    return problem.pointer, problem.detail


def test_without_a_leak_it_is_built() -> None:
    built = build_dataset(recipe(), _plant())
    assert built.report.labels == {"yes": int(BAD.sum()), "no": int((~BAD).sum())}


def test_a_window_past_the_moment_is_refused() -> None:
    pointer, detail = _refused(recipe(measured("LOOP"), measured("LOOP", until_hours=2)), _plant())
    assert pointer == "/features/1/until_hours"
    assert "ends 2 h after the moment" in detail
    assert "at most 0" in detail


def test_the_labels_own_characteristic_in_its_window_is_refused() -> None:
    label = {"kind": "value", "characteristics": ["PULL"], "lower": 5, "from_hours": -6,
             "horizon_hours": 10}  # fmt: skip
    pointer, detail = _refused(recipe(measured("PULL"), label=label), _plant())
    assert pointer == "/features/0/until_hours"
    assert "of PULL, which makes the label, reaches 6 h into the window" in detail
    assert "at most -6" in detail
    build_dataset(recipe(measured("LOOP", until_hours=-6, name="early"), label=label,
                         rows={"kind": "unit", "characteristics": ["LOOP"], "wait_hours": 7,
                               "pause_hours": 1}), _plant())  # fmt: skip


def test_what_arrives_after_the_moment_is_refused() -> None:
    lab = _read("LAB", 0.5, np.where(BAD, 1.0, 0.0), late=30.0)  # measured before, told after
    pointer, detail = _refused(recipe(measured("LOOP"), measured("LAB")), _plant(lab))
    assert pointer == "/features/1"
    assert f"of {N} rows with values in the window {N} (100 %) had none" in detail
    assert "29.5 h later" in detail
    assert "wait_hours" in detail
    built = build_dataset(recipe(measured("LAB"), waived=["LAB mean"]), _plant(lab))
    assert np.isnan(built.table.numbers["LAB mean"]).all()  # waived, and still not seen


def test_one_value_in_time_is_seen_though_it_has_no_scatter() -> None:
    lab = _read("LAB", 0.5, RNG.normal(0, 1, N), late=0.1)
    some = lab.take(np.arange(N) < 5)
    late = readings("LAB", [(0.5, 1.0, UNITS[7])], known=[300.0])
    built = build_dataset(recipe(measured("LAB", aggregates=["sd"])), _plant(below(some, late)))
    assert built.report.features[0].late == 1


def test_what_is_computed_from_the_label_is_refused() -> None:
    copied = _read("SORTED", 0.5, np.where(BAD, 1.0, 0.0))
    pointer, detail = _refused(recipe(measured("LOOP"), measured("SORTED")), _plant(copied))
    assert pointer == "/features/1"
    assert "'SORTED mean' alone tells the label by its value" in detail
    assert "1.0000" in detail
    assert "waived" in detail


def test_what_is_there_only_for_events_is_refused() -> None:
    drawn = [(k + 0.5, 1.0, u) for k, u in enumerate(UNITS) if BAD[k]]
    pointer, detail = _refused(recipe(measured("REWORK")), _plant(readings("REWORK", drawn)))
    assert pointer == "/features/0"
    assert "by being missing or not" in detail


def test_a_level_that_tells_the_label_is_refused_an_identifier_is_not() -> None:
    rows = [(k + 1.0, 40.0, u) for k, u in enumerate(UNITS)]
    for lot, wrong in ((["bad" if b else "good" for b in BAD], True), (UNITS, False)):
        facts = data(500, readings("LOOP", rows, lot=lot), _read("PULL", 4.0, PULL))
        wanted = recipe({"kind": "context", "factor": "lot"})
        if wrong:
            assert "'lot' alone tells the label by its level" in _refused(wanted, facts)[1]
        else:
            assert build_dataset(wanted, facts).report.rows == N


def test_the_number_itself_among_the_features_is_refused() -> None:
    label = {"kind": "number", "characteristics": ["PULL"], "horizon_hours": 10}
    copied = _read("COPY", 0.5, 3 * PULL + 1)
    pointer, detail = _refused(recipe(measured("COPY"), label=label), _plant(copied))
    assert pointer == "/features/0"
    assert "their correlation is 1.00000" in detail


def test_the_area_under_the_curve_is_that_of_scikit_learn() -> None:
    score = RNG.integers(0, 6, 200).astype(np.float64)
    positive = RNG.random(200) < 0.3
    assert auc(score, positive) == pytest.approx(roc_auc_score(positive, score), abs=1e-12)
