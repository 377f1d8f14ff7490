"""Other versions of a watched model, on the same later rows."""

import numpy as np

from ops.analyses.classifier_monitor_result import ChallengerLine
from ops.analyses.classifier_monitor_rows import WatchedRows, learned_until
from ops.analyses.classifier_train_lines import paired_lines
from ops.analyses.classifier_versions import answers_of
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.evaluation.model_comparison import compare_models
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.paired import Comparison
from ops.classify.evaluation.splits import Split
from ops.classify.monitoring.recommendation import Standing
from ops.classify.monitoring.stretches import Watched
from ops.classify.training.rows import LabelledRows
from ops.errors import BadData
from ops.values import FloatArray, IntArray

FEWEST = 20  # judged rows, of which some are events


def challenger_line_of(
    packet: ModelPacket,
    data: ClassifierData,
    rows: LabelledRows,
    cut: WatchedRows,
    champion: Watched,
    *,
    headline: str,
    level: float,
    seed: int,
) -> ChallengerLine:
    """Hold a version against the watched one on rows that neither has learned from.

    Parameters
    ----------
    level
        p-value of the headline score from which it counts as better, or worse.
    """
    both = champion.judged & (champion.times > learned_until(packet))
    place = np.flatnonzero(both)
    if place.size < FEWEST or np.unique(champion.y[place]).size < 2:
        why = "too few rows of each class are later than what both learned from and judged"
        return _not_compared(packet, place.size, why)
    taken = cut.later[place]
    try:
        answer = answers_of(packet, data.table, rows.classes, _present(rows))
    except BadData as error:
        return _not_compared(packet, place.size, str(error))
    first = _found(taken, champion.y[place], answer.probability[taken], cut.reference)
    second = _found(taken, champion.y[place], champion.probability[place], cut.reference)
    tests = compare_models(first, second, positive=rows.positive, seed=seed)
    named = next((t for t in tests if t.score == headline), None)
    return ChallengerLine(
        version=packet.number,
        alias=packet.alias,
        kind=answer.kind,
        rows=int(place.size),
        standing=_standing(named, level),
        tests=paired_lines("watched", tests),
    )


def _standing(test: Comparison | None, level: float) -> Standing:
    if test is None or test.difference is None:
        return "not compared"
    if test.p is None or test.p > level or test.verdict == "not told apart":
        return "not told apart"
    return test.verdict


def _not_compared(packet: ModelPacket, rows: int, why: str) -> ChallengerLine:
    return ChallengerLine(
        version=packet.number,
        alias=packet.alias,
        kind=str(packet.spec.get("kind", packet.origin)),
        rows=int(rows),
        standing="not compared",
        tests=(),
        failure=why,
    )


def _found(rows: IntArray, y: IntArray, probability: FloatArray, before: IntArray) -> OutOfFold:
    fold = np.zeros(rows.size, dtype=np.int64)
    return OutOfFold(rows, y, probability, fold, (Split(before, rows, "later rows"),))


def _present(rows: LabelledRows) -> tuple[str, ...]:
    """Classes that rows have: those that only the champion knows are not asked of others."""
    return tuple(name for name, n in zip(rows.classes, rows.counts, strict=True) if n)
