"""Levels of verdicts: good only where the gain over the base rate lies beyond chance."""

import pytest

from ops.analyses.classifier_level import level_of
from ops.analyses.classifier_parts import PairedLine, ScoreLine


def score(name: str, value: float, lower: float, upper: float, better: str) -> ScoreLine:
    return ScoreLine(
        name=name, value=value, lower=lower, upper=upper, pooled=value, better=better, method=""
    )


def gain(verdict: str) -> PairedLine:
    return PairedLine(against="the best constant", score="log_loss", difference=-0.1, lower=-0.2,
                      upper=0.0, p=0.2, verdict=verdict)  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "level"), [("better", "good"), ("not told apart", "warn"), ("worse", "warn")]
)
def test_a_loss_is_good_only_if_the_rows_say_so(verdict: str, level: str) -> None:
    line = score("log_loss", 3.689, 3.688, 3.690, "low")
    assert level_of(line, 3.709, (), gain(verdict)) == level
    assert level_of(line, 3.6, (), gain(verdict)) == "bad"


@pytest.mark.parametrize(("lower", "level"), [(0.45, "warn"), (0.55, "good")])
def test_an_average_precision_is_good_only_if_events_are_ranked(lower: float, level: str) -> None:
    line = score("average_precision", 0.2, 0.15, 0.25, "high")
    auc = score("roc_auc", 0.6, lower, 0.7, "high")
    assert level_of(line, 0.1, (line, auc), None) == level
    assert level_of(line, 0.18, (line, auc), None) == "warn"
    assert level_of(line, None, (line, auc), None) == "info"
