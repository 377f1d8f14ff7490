"""What a chart of each kind plots, and where its limits come from, in words."""

from ops.page_value import Phrase
from ops.spc.design import ChartKind

MEASURED = frozenset({
    "individuals", "xbar-r", "xbar-s", "three-way", "moving-average", "ewma", "short-run-nominal",
})  # fmt: skip

PLOTTED: dict[ChartKind, str] = {
    "individuals": "Individual values; limits are centre and width times sigma.",
    "xbar-r": "Means of subgroups; limits are centre and width times sigma over root n, the ranges"
    " beside them have limits from d2 and d3.",
    "xbar-s": "Means of subgroups; limits are centre and width times sigma over root n, the"
    " standard deviations beside them have limits from c4.",
    "three-way": "Means of subgroups as individuals, with sigma from their moving ranges; beside"
    " them the moving ranges of means and the spread within subgroups.",
    "moving-average": "Moving averages; limits narrow while the span fills.",
    "ewma": "Exponentially weighted averages with exact limits from the first point on.",
    "cusum": "The greater of the two tabular sums in sigmas, the lower one with a minus sign;"
    " limits are the decision interval.",
    "short-run-nominal": "Deviations from the target of each part.",
    "short-run-standardized": "Deviations from the target of each part over its sigma.",
    "p": "Shares of nonconforming items; limits are binomial and step with the sample size.",
    "np": "Numbers of nonconforming items; limits are binomial and step with the sample size.",
    "c": "Numbers of defects; limits are Poisson and step with the area.",
    "u": "Defects per unit of area; limits are Poisson and step with the area.",
    "laney-p": "Shares of nonconforming items; binomial limits times sigma z (Laney).",
    "laney-u": "Defects per unit of area; Poisson limits times sigma z (Laney).",
    "g": "Units between two events; limits are geometric.",
    "t": "Times between two events, judged as their power 1/3.6 or as exponential times.",
}
CONVENTION = (
    "A point is beyond a limit only if it is strictly beyond; a rule flags a point that completes"
    " its pattern and takes part in it. Patterns are counted within one stream and one stage, on"
    " distances standardized by the size of the sample. On charts with memory (moving average,"
    " EWMA, CUSUM) only rules of one point count."
)


def method(kind: ChartKind, *, probability: bool) -> tuple[Phrase, ...]:
    """Sentences on the method of a chart."""
    tails = (Phrase.of("Limits are of equal tail probability."),) if probability else ()
    return (Phrase.of(PLOTTED[kind]), *tails, Phrase.of(CONVENTION))


def unit_of(kind: ChartKind, unit: str) -> str:
    """Name the unit of what is plotted; empty for shares, counts and standardized values."""
    return unit if kind in MEASURED or kind == "t" else ""
