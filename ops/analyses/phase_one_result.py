"""Result of phase I: the proposed design, and how far it can be trusted."""

from typing import Any

import numpy as np
from pydantic import Field
from scipy.special import bdtrc, ndtr

from ops.analyses.chart_drawn import DrawnChart, StreamRow
from ops.analyses.chart_marks import MarkRow
from ops.analysis import AnalysisResult
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, PageValue, Phrase
from ops.spc.autocorrelation import Autocorrelation as SerialCorrelation
from ops.spc.phase_effect import PhaseEffect
from ops.values import Series

SURELY = 1e-3  # probability of so many by chance, below which they are a signal
TOO_SHORT = 0.25  # of the designed ARL: a baseline of this effect is called short


class ShortPhase(PageValue):
    """Run lengths in control of a chart whose limits come from so few points."""

    level: str = Field(description="Stream with the fewest points; empty: all of it.")
    points: int = Field(description="Its points.")
    arl_known: float = Field(description="Mean run length with known centre and sigma, points.")
    median_known: float = Field(description="Median run length with known ones, points.")
    arl_lower: float = Field(description="Conditional mean run length that 10 % fall short of.")
    arl_median: float = Field(description="Conditional mean run length that half fall short of.")
    arl_upper: float = Field(description="Conditional mean run length that 90 % fall short of.")
    median: float = Field(description="Median run length over all baselines, points.")

    @classmethod
    def of(cls, level: str, points: int, effect: PhaseEffect) -> "ShortPhase":
        """Take over the effect on a stream."""
        return cls(
            level=level,
            points=points,
            arl_known=effect.arl_known,
            median_known=effect.median_known,
            arl_lower=effect.arl_lower,
            arl_median=effect.arl_median,
            arl_upper=effect.arl_upper,
            median=effect.median,
        )


class Autocorrelation(PageValue):
    """Lag-1 correlation of neighbouring points within streams."""

    value: float = Field(description="Correlation, -1 to 1.")
    lower: float = Field(description="Lower bound at 95 %.")
    upper: float = Field(description="Upper bound at 95 %.")
    points: int = Field(description="Points inside the limits that it was taken from.")

    @classmethod
    def of(cls, found: SerialCorrelation) -> "Autocorrelation":
        """Take over what was found."""
        return cls(value=found.phi, lower=found.lower, upper=found.upper, points=found.n)


class PhaseOneResult(AnalysisResult):
    """Limits from a qualified window, with all that was left out of it."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    unit: str = Field(description="Its unit.")
    design: dict[str, Any] = Field(
        description="The proposed design as a document: limits by stream, rules, points left out."
    )
    points: int = Field(description="Plotted points of the window.")
    beyond: int = Field(description="Points beyond the final limits, marked ones not counted.")
    expected: float = Field(description="Points that chance alone puts beyond them.")
    streams: tuple[StreamRow, ...] = Field(description="Limits and signals of each stream.")
    without: tuple[str, ...] = Field(description="Streams that got no limits: too few points.")
    short: ShortPhase | None = Field(
        description="Effect of the short phase I; null for attribute charts and unknown sigma."
    )
    autocorrelation: Autocorrelation | None = Field(
        description="Lag-1 autocorrelation; null with fewer than 12 points."
    )
    charts: tuple[DrawnChart, ...] = Field(description="Some streams, worst first.")
    marks: tuple[MarkRow, ...] = Field(description="Marks of points of the window.")
    verdict: Verdict = Field(description="The answer in one sentence.")


def chance_beyond(width: float) -> float:
    """Probability that a normal point is beyond limits of this width."""
    return 2.0 * float(ndtr(-width))


def surely_more(count: int, points: int, width: float) -> bool:
    """Whether chance alone would hardly put so many points beyond the limits."""
    if count == 0:
        return False
    return float(bdtrc(count - 1, points, chance_beyond(width))) < SURELY


def phase_verdict(
    series: Series,
    counts: tuple[int, int, int],
    *,
    streams: int,
    width: float,
    short: ShortPhase | None,
    correlated: SerialCorrelation | None,
) -> Verdict:
    """Say whether the window can carry limits.

    Parameters
    ----------
    counts
        Points, points beyond the limits, points left out.
    """
    points, beyond, out = counts
    values: dict[str, Number | str] = {
        "name": series.characteristic.title,
        "n": Number(value=points),
        "streams": Number(value=streams),
        "out": Number(value=out),
        "beyond": Number(value=beyond),
        "expected": Number(value=chance_beyond(width) * points, decimals=1),
    }
    unstable = surely_more(beyond, points, width)
    said = [Phrase.of(_STABLE[unstable], **values)]
    level: Level = "bad" if unstable else "good"
    if out:
        said.append(Phrase.of("{out} of {n} points were left out of the limits", **values))
    if correlated is not None and correlated.lower > 0:
        level = "warn" if level == "good" else level
        said.append(_correlated(correlated))
    if short is not None and short.arl_lower < TOO_SHORT * short.arl_known:
        level = "warn" if level == "good" else level
        said.append(_too_short(short))
    about = Subject(site=series.characteristic.site, characteristic=series.characteristic.code)
    return Verdict.of(level, *said, subject=about)


_STABLE = {
    True: "{name} is not stable: {beyond} of {n} points are beyond the limits of {streams} streams,"
    " where chance alone makes {expected}",
    False: "{name}: limits of {streams} streams from {n} points; {beyond} are beyond them, which"
    " chance alone can make ({expected} expected)",
}


def _correlated(found: SerialCorrelation) -> Phrase:
    return Phrase.of(
        "neighbouring points are correlated by {r} (95 % {lower} to {upper}), above 0: limits from"
        " moving ranges are too narrow, take the overall sigma",
        r=Number(value=found.phi, decimals=2),
        lower=Number(value=found.lower, decimals=2),
        upper=Number(value=found.upper, decimals=2),
    )


def _too_short(short: ShortPhase) -> Phrase:
    return Phrase.of(
        "with only {n} points in {level} the mean distance of false alarms lies between {low} and"
        " {high} points in 80 % of such windows, where known parameters give {known}",
        n=Number(value=short.points),
        level=short.level or "the window",
        low=_rounded(short.arl_lower),
        high=_rounded(short.arl_upper),
        known=_rounded(short.arl_known),
    )


def _rounded(value: float) -> Number:
    return Number(value=float(np.format_float_positional(value, 3, unique=False, fractional=False)))
