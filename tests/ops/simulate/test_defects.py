"""Labelled defects have the shares, the shifts and the confusion that were planted."""

import numpy as np
import pytest

from ops.simulate.defects import CLASSES, DefectPlan, simulate_defects

PLAN = DefectPlan()
FOUND = simulate_defects(PLAN, seed=7, wires=6)


def _standard() -> np.ndarray:
    mean, sigma = (np.array([getattr(s, of) for s in PLAN.signals]) for of in ("mean", "sigma"))
    return (FOUND.signals - mean) / sigma


def test_equal_seeds_give_equal_tables() -> None:
    again, other = (simulate_defects(PLAN, seed=s, wires=6) for s in (7, 8))
    assert np.array_equal(again.signals, FOUND.signals)
    assert not np.array_equal(other.signals, FOUND.signals)


def test_classes_have_their_shares() -> None:
    n = PLAN.rows
    for index, share in enumerate(PLAN.share):
        seen = np.mean(FOUND.true == index)
        assert seen == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / n))


def test_each_defect_moves_its_signals() -> None:
    early = np.arange(PLAN.rows) < PLAN.drifted_from * PLAN.rows
    for index, name in enumerate(CLASSES[1:], start=1):
        mine = early & (FOUND.true == index)
        mean = _standard()[mine].mean(axis=0)
        assert mean == pytest.approx(PLAN.shifts[name], abs=4.5 / np.sqrt(mine.sum()))


def test_labels_are_confused_as_often_as_stated() -> None:
    wrong, p = np.mean(FOUND.label != FOUND.true), PLAN.confused
    assert wrong == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / PLAN.rows))


def test_the_current_drifts_for_every_bond() -> None:
    late = np.arange(PLAN.rows) >= PLAN.drifted_from * PLAN.rows
    good = FOUND.true == 0
    current = _standard()[:, [s.name for s in PLAN.signals].index("ultrasonic_current")]
    moved = current[late & good].mean() - current[~late & good].mean()
    error = np.sqrt(1 / (late & good).sum() + 1 / (~late & good).sum())
    assert moved == pytest.approx(PLAN.drift, abs=4 * error)
