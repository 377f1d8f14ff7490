"""Charts of a watch."""

from ops.analyses.classifier_monitor_result import ClassifierMonitorResult
from ops.analyses.classifier_words import SCORES
from ops.page_chart import Axis, Chart, Layer

_BARS = 20


def drift_chart(result: ClassifierMonitorResult) -> tuple[Chart, ...]:
    """Draw the change of each column, those that matter first."""
    shown = result.columns[:_BARS]
    if not shown:
        return ()
    names = tuple(c.name for c in shown)
    found = tuple(c.size if c.found else None for c in shown)
    rest = tuple(None if c.found else c.size for c in shown)
    return (
        Chart(
            title="Change of each column, in the smallest one worth a word",
            x=Axis(label="Column", scale="category"),
            y=Axis(label="Change over the smallest worth a word"),
            layers=(
                Layer(mark="bars", label="beyond chance", x=names, y=found, role="signal"),
                Layer(mark="bars", label="within chance", x=names, y=rest, role="data"),
                Layer(mark="rule", label="worth a word", y=(1.0,), role="limit"),
            ),
        ),
    )


def reliability_chart(result: ClassifierMonitorResult) -> tuple[Chart, ...]:
    """Draw what was said and what happened."""
    if result.calibration is None:
        return ()
    bins = [b for b in result.calibration.reliability if b.share is not None]
    x = tuple(b.mean for b in bins)
    top = max((*x, *(b.upper or 0.0 for b in bins)), default=1.0)
    return (
        Chart(
            title="Reliability: probability said, share that happened",
            x=Axis(label="Probability said"),
            y=Axis(label="Share that happened"),
            layers=(
                Layer(
                    mark="line", label="said = happened", x=(0.0, top), y=(0.0, top), role="center"
                ),
                Layer(
                    mark="band",
                    label="95 %",
                    x=x,
                    y=tuple(b.lower for b in bins),
                    y2=tuple(b.upper for b in bins),
                    role="fit",
                ),
                Layer(
                    mark="points",
                    label="rows of like probability",
                    x=x,
                    y=tuple(b.share for b in bins),
                ),
            ),
        ),
    )


def ratio_chart(result: ClassifierMonitorResult) -> tuple[Chart, ...]:
    """Draw events over promised ones, over time."""
    told = [s for s in result.stretches if s.ratio.value is not None]
    if not told:
        return ()
    x = tuple(s.end for s in told)
    return (
        Chart(
            title="Events over promised ones",
            x=Axis(label="End of the stretch", scale="time"),
            y=Axis(label="Events over promised ones"),
            layers=(
                Layer(
                    mark="spans",
                    label="95 %",
                    x=x,
                    y=tuple(s.ratio.lower for s in told),
                    y2=tuple(s.ratio.upper for s in told),
                    role="fit",
                ),
                Layer(mark="points", label="stretch", x=x, y=tuple(s.ratio.value for s in told)),
                Layer(mark="rule", label="as promised", y=(1.0,), role="center"),
            ),
        ),
    )


def score_chart(result: ClassifierMonitorResult) -> tuple[Chart, ...]:
    """Draw scores by labels and those foretold without, over time."""
    x = tuple(s.end for s in result.stretches)
    judged = [s for s in result.stretches if s.realised.value is not None]
    layers = [
        Layer(
            mark="line",
            label="expected without labels",
            x=x,
            y=tuple(s.foretold for s in result.stretches),
            role="fit",
        )
    ]
    if judged:
        at = tuple(s.end for s in judged)
        layers += [
            Layer(
                mark="spans",
                label="95 %",
                x=at,
                y=tuple(s.realised.lower for s in judged),
                y2=tuple(s.realised.upper for s in judged),
                role="data",
            ),
            Layer(
                mark="points", label="by labels", x=at, y=tuple(s.realised.value for s in judged)
            ),
        ]
    promised = result.performance.promised.value
    if promised is not None:
        layers.append(Layer(mark="rule", label="promised", y=(promised,), role="center"))
    return (
        Chart(
            title="Score over time",
            x=Axis(label="End of the stretch", scale="time"),
            y=Axis(label=SCORES[result.headline]),
            layers=tuple(layers),
        ),
    )
