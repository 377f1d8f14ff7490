"""Charts of classifiers: reliability, curves, costs, importance, dependence."""

from collections.abc import Sequence

from ops.analyses.classifier_parts import ReliabilityLine
from ops.analyses.classifier_train_result import ClassifierTrainResult, DependenceLine
from ops.page_chart import Axis, Chart, Layer

MOST_BARS = 15


def reliability_chart(lines: Sequence[ReliabilityLine]) -> Chart:
    """Draw what was said against what happened."""
    bins = [b for b in lines if b.share is not None]
    x = tuple(b.mean for b in bins)
    top = max((*x, *(b.upper or 0.0 for b in bins)), default=1.0)
    return Chart(
        title="Reliability: probability said, share that happened",
        x=Axis(label="Probability said"),
        y=Axis(label="Share that happened"),
        layers=(
            Layer(mark="line", label="said = happened", x=(0.0, top), y=(0.0, top), role="center"),
            Layer(
                mark="band",
                label="95 %",
                x=x,
                y=tuple(b.lower for b in bins),
                y2=tuple(b.upper for b in bins),
                role="fit",
            ),
            Layer(mark="points", label="rows of like probability", x=x,
                  y=tuple(b.share for b in bins)),
        ),
    )  # fmt: skip


def curve_charts(result: ClassifierTrainResult) -> tuple[Chart, ...]:
    """Draw precision against recall and the ROC curve, out of fold."""
    if result.roc is None or result.precision_recall is None:
        return ()
    tested = sum(s.test for s in result.splits)
    base = sum(s.events for s in result.splits) / max(tested, 1)
    return (
        Chart(
            title="Precision against recall, all tested rows",
            x=Axis(label="Recall: share of events called"),
            y=Axis(label="Precision: share of calls that are events"),
            layers=(
                Layer(mark="line", label="classifier", x=result.precision_recall.x,
                      y=result.precision_recall.y),
                Layer(mark="line", label="base rate", x=(0.0, 1.0), y=(base, base), role="center"),
            ),
        ),
        Chart(
            title="ROC curve, all tested rows",
            x=Axis(label="Share of others called"),
            y=Axis(label="Recall: share of events called"),
            layers=(
                Layer(mark="line", label="classifier", x=result.roc.x, y=result.roc.y),
                Layer(mark="line", label="chance", x=(0.0, 1.0), y=(0.0, 1.0), role="center"),
            ),
        ),
    )  # fmt: skip


def cost_chart(result: ClassifierTrainResult) -> Chart:
    """Draw the mean cost of a row against the threshold."""
    assert result.costs is not None
    marks = () if result.threshold is None else (result.threshold,)
    trivial = min(result.cost_never or 0.0, result.cost_always or 0.0)
    return Chart(
        title="Mean cost of a row against the threshold",
        x=Axis(label="Threshold"),
        y=Axis(label="Mean cost of a row"),
        layers=(
            Layer(mark="line", label="classifier", x=result.costs.x, y=result.costs.y),
            Layer(mark="line", label="never or always called", x=(0.0, 1.0),
                  y=(trivial, trivial), role="center"),
            Layer(mark="rule", label="threshold", x=marks, role="limit"),
        ),
    )  # fmt: skip


def importance_chart(result: ClassifierTrainResult) -> Chart:
    """Draw the weightiest columns."""
    shown = result.importance[:MOST_BARS]
    names = tuple(i.column for i in shown)
    return Chart(
        title="Importance of columns",
        x=Axis(label="Column", scale="category"),
        y=Axis(label="Increase of the log-loss"),
        layers=(
            Layer(mark="spans", label="95 %", x=names, y=tuple(i.lower for i in shown),
                  y2=tuple(i.upper for i in shown), role="fit"),
            Layer(mark="points", label="increase", x=names, y=tuple(i.loss for i in shown)),
        ),
    )  # fmt: skip


def dependence_chart(one: DependenceLine, result: ClassifierTrainResult) -> Chart:
    """Draw how the probability goes with one column, which names the axis and the line."""
    del result
    return Chart(
        title="Partial dependence",
        x=Axis(label=one.column, unit=one.unit),
        y=Axis(label="Mean probability of the event"),
        layers=(
            Layer(mark="band", label="80 % of the rows", x=one.grid, y=one.low, y2=one.high,
                  role="fit"),
            Layer(mark="line", label=one.column, x=one.grid, y=one.mean),
        ),
    )  # fmt: skip


def splits_chart(result: ClassifierTrainResult) -> Chart:
    """Draw the share of events in each tested stretch of time."""
    lines = [s for s in result.splits if s.start is not None and s.end is not None and s.test]
    middle = tuple(float(((s.start or 0) + (s.end or 0)) // 2) for s in lines)
    return Chart(
        title="Share of events in each tested stretch",
        x=Axis(label="Middle of the stretch", scale="time"),
        y=Axis(label="Share of events"),
        layers=(
            Layer(mark="line", label="events", x=middle, y=tuple(s.events / s.test for s in lines)),
        ),
    )
