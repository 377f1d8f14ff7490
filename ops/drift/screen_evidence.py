"""What the nightly screen found of one stream, as evidence beside that of other methods."""

import numpy as np

from ops.drift.evidence import MICROS_PER_DAY, Evidence, Measure, Mechanism
from ops.drift.screen_batch import FEATURES, MEAN, BatchEvidence, PointStream, ScreenMargins
from ops.drift.series_test import MOVES

_OF_MEAN: tuple[Mechanism, ...] = ("trend", "step", "level")
_OF_FEATURE: tuple[Mechanism, ...] = ("level", "spread", "near-limit")
_MEASURES: tuple[Measure, ...] = ("value", "ratio", "share")


def screen_evidence(
    found: BatchEvidence,
    i: int,
    stream: PointStream,
    *,
    start: int,
    margins: ScreenMargins,
    level: float,
) -> tuple[Evidence, ...]:
    """Evidence of each feature of a stream that was tested.

    Parameters
    ----------
    found, i
        What was found, and which of its streams is meant.
    stream
        The stream itself.
    start
        Microseconds since 1970 UTC of day 0 of the stream.
    margins
        As the screen was run with.
    level
        p-value up to which a drift counts as present.
    """
    bands = (stream.margin, 1 + margins.spread, margins.near)
    made: list[Evidence] = []
    for f in np.flatnonzero(~np.isnan(found.p_value[i])).tolist():
        move = int(found.move[i, f])
        p = float(found.p_value[i, f])
        made.append(
            Evidence(
                mechanism=_OF_MEAN[move] if f == MEAN else _OF_FEATURE[f],
                method=f"low-frequency {FEATURES[f]}, {MOVES[move]}",
                estimate=float(found.size[i, f]),
                measure=_MEASURES[f],
                n=int(stream.y.size),
                lower=float(found.lower[i, f]),
                upper=float(found.upper[i, f]),
                p_value=p,
                margin=bands[f],
                since=start + round(float(found.since[i, f]) * MICROS_PER_DAY),
                effective=_worth(stream.y.size, float(found.memory[i])) if f == MEAN else None,
                present=p <= level,
                absent=f == MEAN and _is_within(found, i, stream.margin),
            )
        )
    return tuple(made)


def _worth(n: int, phi: float) -> float:
    """Independent points that n points of an AR(1) are worth, for a mean."""
    return n * (1 - phi) / (1 + phi)


def _is_within(found: BatchEvidence, i: int, margin: float) -> bool:
    """Whether the level after the split is shown to be that before it (two one-sided tests)."""
    return bool(found.level_lower[i] > -margin and found.level_upper[i] < margin)
