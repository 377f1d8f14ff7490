"""Honesty ledger: every forecast, finding and interval, held against what happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from pydantic import Field

from ops.analyses.honesty_ledger_page import view
from ops.analyses.honesty_ledger_result import (
    FindingRecord,
    HonestyLedgerResult,
    IntervalRecord,
    MissedPrediction,
)
from ops.analyses.honesty_ledger_sample import sample_ledger
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import NotEnoughData
from ops.ledger.coverage import share_of
from ops.ledger.finding import Fate, KeptFinding, fate
from ops.ledger.repeated import repeated
from ops.ledger.score import Kept, Scored, Stream, actions_on, score
from ops.ledger.thin import thinned
from ops.ledger_query import LedgerData, LedgerQuery
from ops.timing.window import LastDuration, Window
from ops.values import BoolArray, Series

SHOWN = 30  # predictions that missed


class HonestyLedgerParams(AnalysisParams):
    """Parameters of the honesty ledger."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="90d"),
        description="When predictions were due and findings were seen: absolute, or relative.",
    )
    analyses: tuple[str, ...] = Field(
        default=(), max_length=50, description="Names of analyses to judge; empty means all."
    )
    false_share: float = Field(
        default=0.1, gt=0, lt=1, description="Share of false findings that is promised."
    )


def needs(params: HonestyLedgerParams) -> LedgerQuery:
    """Ask for what was due, what was found, and what was measured since."""
    return LedgerQuery(analyses=params.analyses, site=params.site)


def compute(
    data: LedgerData, params: HonestyLedgerParams, progress: Progress
) -> HonestyLedgerResult:
    """Hold predictions and findings against what happened.

    Raises
    ------
    NotEnoughData
        If nothing was due and nothing was found in the window.
    """
    if not data.predictions and not data.findings:
        raise NotEnoughData(
            "nothing that was predicted came due in the window, and nothing was found in it; widen"
            " it, or wait: forecasts are checked once their time has come"
        )
    streams = _Streams(data)
    scored = _scored(data, streams)
    progress(0.7, f"{len(data.predictions)} predictions")
    found = tuple(_findings(data, streams))
    progress(1.0, f"{len(data.findings)} findings")
    return HonestyLedgerResult(
        false_share=params.false_share,
        intervals=tuple(_intervals(data.predictions, scored)),
        findings=found,
        missed=_missed(scored),
        left_out=data.left_out,
    )


class _Streams:
    """What was measured of a subject: values of a characteristic, of some levels."""

    def __init__(self, data: LedgerData) -> None:
        self._until = data.until
        self._series = {
            (s.characteristic.site, s.characteristic.code): s for s in data.measurements.series
        }
        self._cut: dict[tuple[object, ...], Stream] = {}

    def of(self, site: str, characteristic: str, where: Mapping[str, str]) -> Stream:
        """Values of a subject; empty where nothing was measured of it."""
        key = (site, characteristic, *sorted(where.items()))
        if key not in self._cut:
            self._cut[key] = self._of(self._series.get((site, characteristic)), where)
        return self._cut[key]

    def _of(self, series: Series | None, where: Mapping[str, str]) -> Stream:
        nothing = Stream(np.zeros(0, dtype=np.int64), np.zeros(0), 0)
        if series is None or series.ts.size == 0:
            return nothing
        until = min(self._until, int(series.ts[-1]))  # later nothing is known
        kept = np.ones(series.value.size, dtype=np.bool_)
        for name, level in where.items():
            factor = series.factors.get(name)
            if factor is None or level not in factor.levels:
                return replace(nothing, until=until)
            kept &= factor.codes == factor.levels.index(level)
        return Stream(series.ts[kept], series.value[kept], until, _tools(series, kept))


def _tools(series: Series, kept: BoolArray) -> frozenset[str]:
    """Codes of the tools that some values come from."""
    factor = series.factors.get("tool")
    if factor is None:
        return frozenset()
    codes = np.unique(factor.codes[kept])
    return frozenset(factor.levels[code] for code in codes if code >= 0)


def _scored(data: LedgerData, streams: _Streams) -> list[Scored]:
    indices = [k for k in data.predictions if k.prediction.quantity == "index"]
    others = [k for k in data.predictions if k.prediction.quantity != "index"]
    checked = []
    for kept in thinned(others):
        said = kept.prediction
        stream = streams.of(said.site, said.characteristic, said.where)
        checked.append(score(kept, stream, data.events))
    return [*checked, *repeated(indices)]


def _intervals(due: Sequence[Kept], scored: Sequence[Scored]) -> Iterator[IntervalRecord]:
    def kind(one: Scored) -> tuple[str, str]:
        return one.kept.analysis, one.kept.prediction.quantity

    for (analysis, quantity), group in groupby(sorted(scored, key=kind), kind):
        of = list(group)
        all_due = sum((k.analysis, k.prediction.quantity) == (analysis, quantity) for k in due)
        for level in sorted({level for one in of for level in one.held}):
            found = share_of(one.held[level] for one in of if level in one.held)
            yield IntervalRecord(
                analysis=analysis,
                quantity=quantity,
                level=level,
                due=all_due,
                n=found.n,
                held=found.held,
                undetermined=found.undetermined,
                share=found.share,
                lower=found.lower,
                upper=found.upper,
            )


def _findings(data: LedgerData, streams: _Streams) -> Iterator[FindingRecord]:
    def source(finding: KeptFinding) -> str:
        return finding.source

    for name, group in groupby(sorted(data.findings, key=source), source):
        fates = [_fate(finding, data, streams) for finding in group]
        settled = [f == "false-alarm" for f in fates if f in ("confirmed", "false-alarm")]
        share = share_of(settled)
        yield FindingRecord(
            source=name,
            findings=len(fates),
            confirmed=fates.count("confirmed"),
            false_alarms=fates.count("false-alarm"),
            acted_on=fates.count("acted-on"),
            still_open=fates.count("open"),
            share=share.share,
            lower=share.lower,
            upper=share.upper,
        )


def _fate(finding: KeptFinding, data: LedgerData, streams: _Streams) -> Fate:
    stream = streams.of(finding.site, finding.characteristic, finding.where)
    acts = actions_on(finding.site, finding.characteristic, stream, data.events)
    return fate(finding, stream, [event.ts for event in acts])


def _missed(scored: Sequence[Scored]) -> tuple[MissedPrediction, ...]:
    missed = [one for one in scored if any(held is False for held in one.held.values())]
    missed.sort(key=lambda one: (-one.kept.prediction.end, one.kept.run_id))
    return tuple(_shown(one) for one in missed[:SHOWN])


def _shown(one: Scored) -> MissedPrediction:
    said = one.kept.prediction
    band = max((b for b in said.bands if one.held[b.level] is False), key=lambda b: b.level)
    return MissedPrediction(
        analysis=one.kept.analysis,
        run_id=one.kept.run_id,
        subject=", ".join(part for part in said.subject[1:] if part),
        level=band.level,
        lower=band.lower,
        upper=band.upper,
        actual=one.actual,
        due=said.end,
        is_time=said.quantity == "crossing",
    )


HONESTY_LEDGER = Analysis(
    name="honesty-ledger",
    title="Honesty ledger",
    summary="Holds every forecast, finding and interval of the service against what happened.",
    version=1,
    params=HonestyLedgerParams,
    result=HonestyLedgerResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(params=HonestyLedgerParams(site="PG1"), data=sample_ledger),
)
