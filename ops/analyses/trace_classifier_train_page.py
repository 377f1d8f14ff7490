"""The page of a training on traces: that of every training, with what only traces show."""

from collections.abc import Iterator

from ops.analyses.classifier_train_page import view as training_view
from ops.analyses.trace_classifier_train_result import (
    ClassTraceLine,
    StretchLine,
    TraceTrainResult,
    WrongTraceLine,
)
from ops.page import Block, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase


def view(result: TraceTrainResult) -> Page:
    """Show a training on traces."""
    page = training_view(result.training)
    head, *rest = page.sections
    return Page(
        title="Trace classifier training",
        verdicts=(*page.verdicts, *_weightiest(result)),
        sections=(head, Section(title="Traces", blocks=tuple(_traces(result))), *rest),
    )


def _weightiest(result: TraceTrainResult) -> Iterator[Verdict]:
    told = [s for s in result.stretches if s.loss is not None]
    if not told:
        return
    most = max(told, key=lambda s: s.loss or 0.0)
    said = Phrase.of(
        "The stretch from {start} to {end} of {column} matters most: without it the log-loss"
        " rises by {loss} ({lower} to {upper})",
        start=Number(value=most.start, percent=True, decimals=0),
        end=Number(value=most.end, percent=True, decimals=0),
        column=most.column,
        loss=Number(value=most.loss, decimals=3),
        lower=Number(value=most.lower, decimals=3),
        upper=Number(value=most.upper, decimals=3),
    )
    if most.lower is None or most.lower <= 0.0:
        yield Verdict.of("info", said, Phrase.of("no stretch alone matters beyond chance"))
    else:
        yield Verdict.of("info", said)


def _traces(result: TraceTrainResult) -> Iterator[Block]:
    yield _data_words(result)
    keys = dict.fromkeys((line.column, line.channel) for line in result.classes)
    for key in keys:
        yield _classes_chart([c for c in result.classes if (c.column, c.channel) == key])
    for column in dict.fromkeys(s.column for s in result.stretches):
        yield _stretch_chart([s for s in result.stretches if s.column == column])
    yield _stretch_words(result)
    if result.wrong:
        yield _wrong_table(result)
        for line in result.wrong:
            yield _wrong_chart(line, result)


def _data_words(result: TraceTrainResult) -> Text:
    how = (
        Phrase.of(
            "MiniRocket makes {n} features of each trace: shares of positive values of dilated"
            " convolutions; ridge regression weighs them, a logistic link makes probabilities.",
            n=Number(value=result.feature_count),
        )
        if result.method == "minirocket"
        else Phrase.of(
            "{n} summaries of the whole trace and of its stretches are the features; MiniRocket,"
            " with the extra [traces], often tells more.",
            n=Number(value=result.feature_count),
        )
    )
    size = Phrase.of(
        "Traces have {channels} channels and at most {points} points.",
        channels=Number(value=result.channels),
        points=Number(value=result.points),
    )
    if result.unequal:
        return Text.of(how, size, Phrase.of("Their lengths differ: they are drawn on one length."))
    return Text.of(how, size)


def _classes_chart(lines: list[ClassTraceLine]) -> Chart:
    first = lines[0]
    layers: list[Layer] = []
    for line in lines:
        layers.append(
            Layer(
                mark="band",
                label=f"{line.name}, 80 %",
                x=line.place,
                y=line.low,
                y2=line.high,
                role="fit",
            )
        )
        layers.append(Layer(mark="line", label=line.name, x=line.place, y=line.mean))
    return Chart(
        title="Mean trace of each class, with the middle 80 % of its rows",
        x=Axis(label="Share of the length"),
        y=Axis(label=first.column, unit=first.unit),
        layers=tuple(layers),
    )


def _stretch_chart(lines: list[StretchLine]) -> Chart:
    middle = tuple((s.start + s.end) / 2 for s in lines)
    return Chart(
        title="Which stretch matters: log-loss gained when it is replaced by the usual one",
        x=Axis(label="Share of the length"),
        y=Axis(label="Increase of the log-loss"),
        layers=(
            Layer(mark="band", label="95 %", x=middle, y=tuple(s.lower for s in lines),
                  y2=tuple(s.upper for s in lines), role="fit"),
            Layer(mark="line", label=lines[0].column, x=middle, y=tuple(s.loss for s in lines)),
        ),
    )  # fmt: skip


def _stretch_words(result: TraceTrainResult) -> Text:
    return Text.of(
        Phrase.of(
            "Measured on {rows} tested rows of the last split: the mean trace of the training rows"
            " takes the place of one stretch at a time; what two stretches tell together does not"
            " show.",
            rows=Number(value=result.stretch_rows),
        )
    )


def _wrong_table(result: TraceTrainResult) -> Table:
    return Table(
        title="Worst of the rows that were called wrongly, out of fold",
        columns=(
            Column(label="Row", decimals=0),
            Column(label="Name"),
            Column(label="True class"),
            Column(label="Called"),
            Column(label="Probability of the true class", decimals=4),
        ),
        rows=tuple((w.row, w.unit, w.label, w.called, w.probability) for w in result.wrong),
    )


def _wrong_chart(line: WrongTraceLine, result: TraceTrainResult) -> Chart:
    layers = [Layer(mark="line", label="this row", x=line.place, y=line.value, role="signal")]
    for of in (line.label, line.called):
        mean = next(
            (c for c in result.classes
             if c.name == of and c.column == line.column and c.channel == 1), None,
        )  # fmt: skip
        if mean is not None:
            layers.append(Layer(mark="line", label=f"mean of {of}", x=mean.place, y=mean.mean))
    return Chart(
        title="Called wrongly",
        x=Axis(label="Share of the length"),
        y=Axis(label=line.column),
        layers=tuple(layers),
    )
