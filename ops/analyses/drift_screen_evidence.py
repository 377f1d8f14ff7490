"""What the other methods say of the streams of a drift screen: of findings, or of all."""

from collections.abc import Sequence

import numpy as np

from ops.analyses.drift_screen_points import ScreenedStream
from ops.analyses.drift_screen_result import BesideFinding, DriftFinding, MethodCount
from ops.drift.evidence import Evidence
from ops.drift.full_evidence import full_evidence
from ops.drift.screen_batch import BatchEvidence

SHOWN = 20  # findings whose evidence is kept
LEVEL = 0.05  # of each method by itself

Told = dict[int, tuple[Evidence, ...]]  # by number of the stream


def told_of(streams: Sequence[ScreenedStream], found: BatchEvidence, wanted: Sequence[int]) -> Told:
    """Further evidence of some streams; of many, a trend of times that no other has is left out."""
    rows = list(dict.fromkeys(wanted))
    made = full_evidence(
        [streams[i].judged for i in rows],
        memory=found.memory[np.array(rows, dtype=np.int64)],
        starts=[int(streams[i].points.ts[0]) for i in rows],
        level=LEVEL,
        alone=len(rows) <= SHOWN,
    )
    return dict(zip(rows, made, strict=True))


def with_evidence(
    findings: Sequence[DriftFinding], rows: Sequence[int], told: Told
) -> list[DriftFinding]:
    """Give the first findings what the other methods say of their stream."""
    return [
        finding.model_copy(update={"beside": tuple(_beside(one) for one in told[row])})
        if place < SHOWN
        else finding
        for place, (finding, row) in enumerate(zip(findings, rows, strict=True))
    ]


def counted(told: Told, rows: Sequence[int]) -> tuple[MethodCount, ...]:
    """Of how many streams each method finds drift, and of how many within findings."""
    within = set(rows)
    counts: dict[str, list[int]] = {}
    for row, own in told.items():
        for one in own:
            if one.present is not None:
                each = counts.setdefault(_name(one), [0, 0, 0])
                each[0] += 1
                each[1] += one.present
                each[2] += one.present and row in within
    return tuple(
        MethodCount(method=name, told=told_of_it, present=present, within=inside)
        for name, (told_of_it, present, inside) in counts.items()
    )


def _name(one: Evidence) -> str:
    """Name of a method without the number of the step."""
    return "step, mean cost" if one.mechanism == "step" else one.method


def _beside(one: Evidence) -> BesideFinding:
    return BesideFinding(
        method=one.method,
        measure=one.measure,
        estimate=one.estimate,
        lower=one.lower,
        upper=one.upper,
        p=one.p_value,
        since=one.since,
        present=one.present,
    )
