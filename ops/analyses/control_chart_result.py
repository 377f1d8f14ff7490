"""Result of the control-chart report: limits, signals and drawn charts of each characteristic."""

import numpy as np
from pydantic import Field

from ops.analyses.chart_drawn import DrawnChart, FlaggedPoint, StreamRow
from ops.analyses.chart_marks import MarkRow
from ops.analyses.phase_one_result import chance_beyond, surely_more
from ops.analysis import AnalysisResult
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, PageValue, Phrase
from ops.spc.design import ChartKind
from ops.spc.designed import Judged
from ops.values import Series


class RuleCount(PageValue):
    """How many points break one rule."""

    name: str = Field(description="Name of the rule.")
    points: int = Field(description="Points that break it.")


class RuleSentence(PageValue):
    """A rule that judged."""

    name: str = Field(description="Name of the rule.")
    sentence: str = Field(description="What it looks for.")


class ControlChartOfCharacteristic(PageValue):
    """The chart of one characteristic."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    unit: str = Field(description="Its unit.")
    kind: ChartKind = Field(description="Kind of chart.")
    probability: bool = Field(description="Whether limits are of equal tail probability.")
    source: str = Field(description="Where the limits come from.")
    points: int = Field(description="Plotted points of the window.")
    judged: int = Field(description="Points that were judged.")
    beyond: int = Field(description="Points beyond the limits.")
    expected: float = Field(description="Points that chance alone puts beyond them.")
    left_out: int = Field(description="Points left out of limits of the window itself.")
    stages: int = Field(description="Stages that begin in the window.")
    rules: tuple[RuleCount, ...] = Field(description="Rules that are broken, and how often.")
    streams: tuple[StreamRow, ...] = Field(description="Some streams, worst first.")
    streams_left_out: int = Field(description="Streams beyond those shown.")
    flagged: tuple[FlaggedPoint, ...] = Field(description="Newest points that break a rule.")
    charts: tuple[DrawnChart, ...] = Field(description="Some streams, worst first.")
    marks: tuple[MarkRow, ...] = Field(description="Newest marks of points of the window.")
    verdict: Verdict = Field(description="The answer in one sentence.")


class NotCharted(PageValue):
    """A characteristic that was left out, and why."""

    code: str = Field(description="Code of the characteristic.")
    reason: str = Field(description="Why it has no chart, with the mend.")


class ControlChartResult(AnalysisResult):
    """The charts of every characteristic with data, worst first."""

    characteristics: tuple[ControlChartOfCharacteristic, ...] = Field(description="Worst first.")
    rules: tuple[RuleSentence, ...] = Field(description="The rules that judged.")
    not_charted: tuple[NotCharted, ...] = Field(description="Characteristics left out, and why.")


def rule_counts(judged: Judged) -> tuple[RuleCount, ...]:
    """Rules that are broken, and by how many points."""
    counts = [int(np.count_nonzero(judged.flags & (1 << bit))) for bit in range(len(judged.rules))]
    return tuple(
        RuleCount(name=rule.name, points=count)
        for rule, count in zip(judged.rules, counts, strict=True)
        if count
    )


def chart_verdict(
    series: Series, counts: tuple[int, int, int], *, width: float, source: str
) -> Verdict:
    """Say whether the characteristic is in control.

    Parameters
    ----------
    counts
        Points that were judged, points beyond the limits, points that break another rule.
    """
    judged, beyond, broken = counts
    about = Subject(site=series.characteristic.site, characteristic=series.characteristic.code)
    name = series.characteristic.title
    if judged == 0:
        nothing = Phrase.of("{name}: no stream has limits ({source})", name=name, source=source)
        return Verdict.of("info", nothing, subject=about)
    surely = surely_more(beyond, judged, width)
    values: dict[str, Number | str] = {
        "name": name,
        "beyond": Number(value=beyond),
        "n": Number(value=judged),
        "expected": Number(value=chance_beyond(width) * judged, decimals=1),
        "source": source,
    }
    said = [Phrase.of(_BEYOND[surely], **values)]
    if broken:
        said.append(Phrase.of("{broken} more break another rule", broken=Number(value=broken)))
    level: Level = "bad" if surely else "warn" if beyond or broken else "good"
    return Verdict.of(level, *said, subject=about)


_BEYOND = {
    True: "{name} is out of control: {beyond} of {n} points are beyond the limits of {source},"
    " where chance alone makes {expected}",
    False: "{name}: {beyond} of {n} points are beyond the limits of {source}, which chance alone"
    " can make ({expected} expected)",
}
