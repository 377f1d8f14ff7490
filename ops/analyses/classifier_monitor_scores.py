"""Scores of a watched version: by stretch, of the newest judged rows, beside the promise."""

from dataclasses import dataclass

import numpy as np

from ops.analyses.classifier_monitor_lines import LEAST, performance_state
from ops.analyses.classifier_monitor_params import ClassifierMonitorParams
from ops.analyses.classifier_monitor_result import PerformanceState
from ops.analyses.classifier_monitor_rows import WatchedRows
from ops.classifier_query import ModelPacket
from ops.classify.evaluation.estimate import Estimate
from ops.classify.monitoring.performance import LOWER_IS_BETTER, foretold, kept, realised
from ops.classify.monitoring.stretches import Stretch, Watched, estimate_record, stretches_of
from ops.classify.training.plan import Headline
from ops.classify.training.rows import LabelledRows
from ops.values import FloatArray, IntArray

HEADLINES: tuple[Headline, ...] = ("average_precision", "roc_auc", "brier", "log_loss")


@dataclass(frozen=True, slots=True)
class Told:
    """Scores: what they are, by stretch, and beside what was promised."""

    headline: Headline
    stretches: tuple[Stretch, ...]
    judged: IntArray  # places of the newest judged rows among the later ones
    performance: PerformanceState


def headline_of(
    params: ClassifierMonitorParams, rows: LabelledRows, packet: ModelPacket
) -> Headline:
    """Choose the score that is watched: the named one, or that by which the version was chosen."""
    named = packet.metrics.get("headline") if params.headline == "auto" else params.headline
    known: Headline | None = dict(zip(map(str, HEADLINES), HEADLINES, strict=True)).get(str(named))
    if known is not None and (rows.positive is not None or known in LOWER_IS_BETTER):
        return known
    return "log_loss" if rows.positive is None else "average_precision"


def told_of(
    packet: ModelPacket,
    rows: LabelledRows,
    cut: WatchedRows,
    watched: Watched,
    headline: Headline,
    params: ClassifierMonitorParams,
) -> Told:
    """Score stretches of the later rows, and the newest judged rows beside the promise."""
    seed, positive = params.seed, rows.positive
    stretches = stretches_of(watched, params.newest, headline, seed=seed)
    judged = np.flatnonzero(watched.judged)[-params.newest :]
    promised = _promised(packet, headline)
    found, base, before = None, None, None
    if judged.size >= LEAST:
        y, p = watched.y[judged], watched.probability[judged]
        found = realised(headline, y, p, positive, seed=seed)
        before = foretold(headline, p, positive)
        always = np.tile(_shares(rows, cut), (judged.size, 1))
        base = realised(headline, y, always, positive, seed=seed).value
    low = headline in LOWER_IS_BETTER
    both = None
    if promised is not None and found is not None:
        both = kept(promised, found, low=low)
    newest = watched.probability[-cut.newest.size :]
    state = performance_state(
        promised, found, both, base=base,
        foretold=(before, foretold(headline, newest, positive)),
        record=estimate_record(stretches),
        blind=_blind(before, found, promised, params.drop, low=low),
    )  # fmt: skip
    return Told(headline, stretches, judged, state)


def _shares(rows: LabelledRows, cut: WatchedRows) -> FloatArray:
    y = rows.y[cut.reference]
    counts = np.bincount(y[y >= 0], minlength=len(rows.classes)).astype(np.float64) + 0.5
    return np.asarray(counts / counts.sum())


def _promised(packet: ModelPacket, headline: Headline) -> Estimate | None:
    told = packet.metrics.get(headline)
    if not isinstance(told, dict) or not isinstance(told.get("value"), int | float):
        return None
    ends = [told.get(end) for end in ("lower", "upper")]
    lower, upper = (float(e) if isinstance(e, int | float) else None for e in ends)
    return Estimate(float(told["value"]), lower, upper)


def _blind(
    before: float | None,
    found: Estimate | None,
    promised: Estimate | None,
    drop: float,
    *,
    low: bool,
) -> bool:
    """Whether less than half of the loss was foretold by the probabilities of the same rows."""
    if before is None or found is None or found.value is None:
        return False
    if promised is None or promised.value is None:
        return False
    sign = 1.0 if low else -1.0
    lost = sign * (found.value - promised.value)
    return lost >= drop * abs(promised.value) and sign * (before - promised.value) < lost / 2.0
