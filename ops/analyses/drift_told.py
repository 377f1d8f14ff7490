"""What was found of a drift, told as the parts of a result."""

from collections.abc import Iterable
from math import isfinite

import numpy as np

from ops.analyses.drift_past import Past
from ops.analyses.drift_record import JudgedRecord
from ops.analyses.drift_result import (
    DriftBacktest,
    DriftChange,
    DriftCrossing,
    DriftEffect,
    DriftEvidence,
    DriftFan,
    DriftForecast,
    DriftGroup,
    DriftGroupMember,
    DriftMemory,
    DriftRemark,
    DriftRevisit,
)
from ops.drift.crossing import CrossingForecast, Fan
from ops.drift.crossing_backtest import CrossingBacktest, HorizonScore
from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.drift.group_drift import GroupDrift
from ops.drift.revisit import Recurrence
from ops.values import FloatArray

_DIGITS = 6
_MORE = 3  # rejected look-alikes that are shown


def six(value: float | None) -> float | None:
    """Six digits of a number; None if there is none, or it is not finite."""
    if value is None or not isfinite(value):
        return None
    return float(f"{value:.{_DIGITS}g}")


def sixes(values: Iterable[float] | FloatArray) -> tuple[float, ...]:
    """Six digits of each of some finite numbers."""
    return tuple(float(f"{value:.{_DIGITS}g}") for value in values)


def told_evidence(found: Iterable[Evidence], unit: str) -> tuple[DriftEvidence, ...]:
    """Tell every piece of evidence with its unit."""
    named = {"value": unit, "value/day": f"{unit}/d", "ratio": "", "share": "", "share/day": "1/d",
             "1/day": "1/d", "distance": ""}  # fmt: skip
    return tuple(
        DriftEvidence(
            mechanism=one.mechanism,
            method=one.method,
            estimate=six(one.estimate),
            unit=named[one.measure],
            lower=six(one.lower),
            upper=six(one.upper),
            p_value=six(one.p_value),
            margin=six(one.margin) or 0.0,
            n=one.n,
            effective=six(one.effective),
            since=one.since,
            present=one.present,
            absent=one.absent,
        )
        for one in found
    )


def told_changes(judged: JudgedRecord) -> tuple[DriftChange, ...]:
    """Tell the steps of the record."""
    origin = int(judged.record.ts[0])

    def at(days: float) -> int:
        return origin + round(days * MICROS_PER_DAY)

    return tuple(
        DriftChange(
            at=at(match.change.t),
            lower=at(match.change.lower),
            upper=at(match.change.upper),
            size=match.change.size,
            size_lower=match.change.size_lower,
            size_upper=match.change.size_upper,
            p_value=match.change.p_value,
            event="" if match.event is None else match.event.kind,
            title="" if match.event is None else match.event.title,
            lag_minutes=None if match.lag_days is None else match.lag_days * 1440.0,
            chance=match.chance,
            convincing=match.is_convincing,
        )
        for match in judged.changes
    )


def told_remarks(judged: JudgedRecord, past: Past) -> tuple[DriftRemark, ...]:
    """Tell what is wrong with the record, and with its baseline."""
    flaws = (
        DriftRemark(id=flaw.kind, count=flaw.count, at=flaw.at, amount=six(flaw.amount))
        for flaw in judged.flaws
    )
    about = (
        DriftRemark(id=remark.flaw, name=remark.name, said=remark.said)
        for remark in judged.baseline.remarks
    )
    anchor = None if past.recurrence is None else past.recurrence.anchor
    back = (
        ()
        if anchor is None
        else (
            DriftRemark(
                id="re-anchored", count=anchor.n, at=anchor.start, amount=six(anchor.level)
            ),
        )
    )
    return (*flaws, *about, *back)


def told_forecast(forecast: CrossingForecast, judged: JudgedRecord) -> DriftForecast:
    """Tell where the level goes."""
    crossings = (
        DriftCrossing(
            target=one.target,
            side=one.side,
            limit=one.limit,
            median=six(one.median),
            lower80=six(one.lower80),
            upper80=six(one.upper80),
            lower95=six(one.lower95),
            upper95=six(one.upper95),
            probability=one.probability,
            now=one.now,
        )
        for one in forecast.crossings
    )
    return DriftForecast(
        method=forecast.method,
        level=forecast.level,
        level_lower=forecast.level_lower,
        level_upper=forecast.level_upper,
        slope=forecast.slope,
        slope_lower=forecast.slope_lower,
        slope_upper=forecast.slope_upper,
        sigma=forecast.sigma,
        day_sd=_day_sd(judged),
        drifting=forecast.drifting,
        spread=forecast.spread,
        fan=_fan(forecast.days, forecast.mean),
        crossings=tuple(crossings),
    )


def _fan(days: tuple[float, ...], fan: Fan) -> DriftFan:
    return DriftFan(
        days=sixes(days),
        lower95=sixes(fan.lower95),
        lower80=sixes(fan.lower80),
        median=sixes(fan.median),
        upper80=sixes(fan.upper80),
        upper95=sixes(fan.upper95),
    )


def _day_sd(judged: JudgedRecord) -> float:
    """Scatter of the means of days about a line through them."""
    t, y = judged.stretch_values
    days, of = np.unique(np.floor(t), return_inverse=True)
    if days.size < 4:
        return float(np.std(y))
    mean = np.bincount(of, y) / np.bincount(of)
    centred = days - days.mean()
    slope = float(centred @ mean) / float(centred @ centred)
    left = mean - mean.mean() - slope * centred
    return float(np.sqrt(left @ left / (days.size - 2)))


def told_backtest(found: CrossingBacktest | None) -> tuple[DriftBacktest, ...]:
    """Tell how forecasts from earlier origins did."""
    return () if found is None else tuple(_scored(score) for score in found.scores)


def _scored(score: HorizonScore) -> DriftBacktest:
    return DriftBacktest(
        horizon_days=score.horizon_days,
        origins=score.origins,
        held80=six(score.covered80),
        held95=six(score.covered95),
        skill=six(1.0 - score.crps / score.naive_crps) if score.naive_crps > 0 else None,
    )


def told_memory(found: Recurrence | None) -> DriftMemory | None:
    """Tell whether this happened before."""
    if found is None:
        return None
    shown = (*found.verified, *found.rejected[:_MORE])
    anchor = found.anchor
    return DriftMemory(
        candidates=found.candidates,
        stretches=found.stretches,
        revisits=tuple(
            DriftRevisit(
                tool=one.tool,
                start=one.start,
                end=one.end,
                kind=one.kind,
                verified=one.verified,
                reason=one.reason,
                p_chance=one.p_chance,
                p_difference=one.p_difference,
                causes=", ".join(one.causes),
                action=one.action,
                outcome="unknown" if one.outcome is None else one.outcome.judged,
            )
            for one in shown
        ),
        anchor_start=None if anchor is None else anchor.start,
        anchor_end=None if anchor is None else anchor.end,
        anchor_level=None if anchor is None else anchor.level,
    )


def told_effects(past: Past) -> tuple[DriftEffect, ...]:
    """Tell what past actions did."""
    return tuple(
        DriftEffect(
            action=one.kind,
            n=one.n,
            jump=one.jump,
            lower=one.jump_lower,
            upper=one.jump_upper,
            improved=one.improved,
        )
        for one in past.pooled
    )


def told_group(found: GroupDrift | None) -> DriftGroup | None:
    """Tell what a group did together."""
    if found is None:
        return None
    return DriftGroup(
        pattern=found.pattern,
        common=found.common,
        lower=six(found.lower),
        upper=six(found.upper),
        members=tuple(
            DriftGroupMember(
                name=one.name,
                shift=one.shift,
                lower=six(one.lower),
                upper=six(one.upper),
                own=one.own,
                own_p=six(one.own_p),
                responsible=one.name in found.responsible,
            )
            for one in found.members
        ),
    )
