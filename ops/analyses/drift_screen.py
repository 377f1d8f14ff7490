"""Nightly drift screen: which tools of a site drift, by which mechanism, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.analyses.drift_screen_events import drift_over, nearest, of_stream
from ops.analyses.drift_screen_evidence import SHOWN as TOLD
from ops.analyses.drift_screen_evidence import counted, told_of, with_evidence
from ops.analyses.drift_screen_page import view
from ops.analyses.drift_screen_params import DriftScreenParams
from ops.analyses.drift_screen_points import Prepared, ScreenedStream, prepare
from ops.analyses.drift_screen_result import (
    DriftFinding,
    DriftOver,
    DriftScreenResult,
    Kind,
    Mechanism,
)
from ops.analyses.drift_screen_sample import sample_drifts
from ops.analysis import Analysis, Example, Progress
from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.low_frequency import LEAST
from ops.drift.night_control import NightFindings, night_findings, night_level, simes_of
from ops.drift.screen_batch import FEATURES, BatchEvidence, ScreenMargins, screen_batch
from ops.errors import NotEnoughData
from ops.query import MeasurementQuery, ProcessData, ProcessQuery
from ops.timing.window import LastDuration
from ops.values import FloatArray, IntArray, PlantEvent

SHOWN = 100  # findings, and streams left out, that are kept in full
CLASSES = 20  # of p-values
KINDS: tuple[Kind, ...] = ("trend", "step", "level")


def needs(params: DriftScreenParams) -> ProcessQuery:
    """Ask for values, the factors of streams and points, events, and baselines."""
    factors = (params.stream,) if params.point[0].isdigit() else (params.stream, params.point)
    return ProcessQuery(
        measurements=MeasurementQuery(
            characteristics=params.characteristics,
            site=params.site,
            where=dict(params.where),
            factors=tuple(dict.fromkeys(factors)),
            columns=frozenset({"n"}),
        ),
        events=params.events or None,
        baselines=params.baselines,
    )


def compute(data: ProcessData, params: DriftScreenParams, progress: Progress) -> DriftScreenResult:
    """Judge every stream, then keep the promise over tools, mechanisms, nights and shards.

    Raises
    ------
    NotEnoughData
        If no stream has enough points.
    """
    prepared = _prepared(data, params, progress)
    streams = prepared.streams
    progress(0.5, f"{len(streams)} streams: tests")
    margins = ScreenMargins(spread=params.delta_spread, near=params.delta_near)
    evidence = screen_batch([s.judged for s in streams], margins=margins)
    progress(0.9, f"{len(streams)} streams: findings")
    tested = _tested(streams, evidence, params)
    over = _over(streams, margins, data.events)
    settled = {(o.site, o.level, o.characteristic, o.mechanism): o.event for o in over}
    found = _findings(streams, evidence, tested, data.events, margins)
    findings = [f.model_copy(update={"over": settled.get(_key(f), "")}) for f in found]
    rows = tested.moved()
    wanted = range(len(streams)) if params.evidence == "all" else rows[:TOLD]
    told = told_of(streams, evidence, wanted)
    findings = with_evidence(findings, rows, told)
    night = tested.night
    progress(1.0, f"{night.tool.size} findings of {night.tested}")
    return DriftScreenResult(
        stream=params.stream,
        streams=len(streams),
        tools=tested.tools,
        values=int(sum(s.points.count.sum() for s in streams)),
        points=int(np.median([s.judged.y.size for s in streams])),
        tested=night.tested,
        found=int(night.tool.size),
        standing=len({(f.site, f.level, f.mechanism) for f in findings if not f.over}),
        expected_false=night.expected_false,
        fdr=params.fdr,
        nights=params.nights,
        shard=params.shard,
        shards=params.shards,
        night_level=night.level,
        findings=tuple(findings[:SHOWN]),
        methods=counted(told, rows) if params.evidence == "all" else (),
        over=tuple(over[:SHOWN]),
        left_out=tuple(prepared.left_out[:SHOWN]),
        left_out_more=max(0, len(prepared.left_out) - SHOWN),
        p_counts=_classes(tested),
    )


def _prepared(data: ProcessData, params: DriftScreenParams, progress: Progress) -> Prepared:
    series = data.measurements.series
    newest = max((int(s.ts[-1]) for s in series if s.ts.size), default=0)
    prepared = Prepared()
    for done, each in enumerate(series):
        progress(0.5 * done / len(series), f"{each.characteristic.code}: points")
        of_it = [b for b in data.baselines if b.characteristic_id == each.characteristic.id]
        prepare(each, of_it, params, newest, prepared)
    if not prepared.streams:
        raise NotEnoughData(
            f"a drift screen needs a stream with {LEAST} points that differ, got none"
            f" ({len(prepared.left_out)} left out); widen the window or take shorter points"
        )
    return prepared


@dataclass(frozen=True, slots=True)
class _Tested:
    """What was tested, one entry for each stream and mechanism, and what stands of it."""

    stream: IntArray
    feature: IntArray
    tool: IntArray
    tools: int
    p_value: FloatArray
    night: NightFindings

    def standing(self) -> IntArray:
        """Order the entries that stand, the smallest p-value first."""
        stands = np.flatnonzero(self.night.stands)
        return stands[np.argsort(self.p_value[stands], kind="stable")]

    def moved(self) -> list[int]:
        """List the stream of each entry that stands, in that order."""
        found: list[int] = self.stream[self.standing()].tolist()
        return found


def _tested(
    streams: Sequence[ScreenedStream], evidence: BatchEvidence, params: DriftScreenParams
) -> _Tested:
    names, of_tool = np.unique([s.tool for s in streams], return_inverse=True)
    level = night_level(params.fdr, nights=params.nights, shards=params.shards)
    rows, features = np.nonzero(~np.isnan(evidence.p_value))
    p, tool = evidence.p_value[rows, features], of_tool[rows]
    night = night_findings(p, tool=tool, mechanism=features, level=level)
    return _Tested(rows, features, tool, len(names), p, night)


def _findings(
    streams: Sequence[ScreenedStream],
    evidence: BatchEvidence,
    tested: _Tested,
    events: Sequence[PlantEvent],
    margins: ScreenMargins,
) -> list[DriftFinding]:
    """Streams that moved within findings, the smallest p-value first."""
    night = tested.night
    pairs = zip(night.tool.tolist(), night.mechanism.tolist(), strict=True)
    p_of = dict(zip(pairs, night.p_value.tolist(), strict=True))
    found: list[DriftFinding] = []
    for k in tested.standing().tolist():
        i, f = int(tested.stream[k]), int(tested.feature[k])
        stream = streams[i]
        since = int(stream.points.ts[0] + evidence.since[i, f] * MICROS_PER_DAY)
        event = nearest(of_stream(events, stream), since)
        made = _finding(stream, (i, f), evidence, margins, since)
        beside = {
            "p_finding": p_of[int(tested.tool[k]), f],
            "event": "" if event is None else event.title or event.kind,
            "event_at": None if event is None else event.ts,
        }
        found.append(made.model_copy(update=beside))
    return found


def _key(finding: DriftFinding) -> tuple[str, str, str, Mechanism]:
    return finding.site, finding.level, finding.characteristic, finding.mechanism


def _over(
    streams: Sequence[ScreenedStream], margins: ScreenMargins, events: Sequence[PlantEvent]
) -> list[DriftOver]:
    """Drift that is over, whether it still stands out in the window or not."""
    found: list[DriftOver] = []
    for stream in streams:
        own = of_stream(events, stream)
        each = [drift_over(stream, feature, margins, own) for feature in FEATURES]
        found += [over for over in each if over is not None]
    return found


def _finding(
    stream: ScreenedStream,
    at: tuple[int, int],
    evidence: BatchEvidence,
    margins: ScreenMargins,
    since: int,
) -> DriftFinding:
    about, feature = stream.about, FEATURES[at[1]]
    kind = KINDS[int(evidence.move[at])] if feature == "mean" else feature
    size, still = float(evidence.size[at]), 1.0 if feature == "spread" else 0.0
    return DriftFinding(
        site=about.site,
        level=stream.level,
        characteristic=about.code,
        title=about.title,
        unit=about.unit,
        mechanism=feature,
        kind=kind,
        sign=1 if size > still else -1,
        size=size,
        lower=float(evidence.lower[at]),
        upper=float(evidence.upper[at]),
        delta=(stream.judged.margin, 1 + margins.spread, margins.near)[at[1]],
        slope=float(evidence.slope[at[0]]),
        since=since,
        p=float(evidence.p_value[at]),
        n=int(stream.judged.y.size),
        autocorrelation=float(evidence.memory[at[0]]),
    )


def _classes(tested: _Tested) -> tuple[int, ...]:
    """Pairs of a tool and a mechanism by p-value."""
    pair = tested.tool * len(FEATURES) + tested.feature
    _, of_pair = np.unique(pair, return_inverse=True)
    each = simes_of(tested.p_value, of_pair, tested.night.tested)
    return tuple(int(c) for c in np.histogram(each, bins=CLASSES, range=(0.0, 1.0))[0])


DRIFT_SCREEN = Analysis(
    name="drift-screen",
    title="Drift screen",
    summary="Which tools of a site drift, by which mechanism and since when, over all of its"
    " characteristics.",
    version=1,
    params=DriftScreenParams,
    result=DriftScreenResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=DriftScreenParams(site="PG1", point="2h", window=LastDuration(last="28d")),
        data=sample_drifts,
    ),
)
