"""The page of a training; the card of the model is the same page."""

from collections.abc import Iterator

from ops.analyses.classifier_charts import (
    cost_chart,
    curve_charts,
    dependence_chart,
    importance_chart,
    reliability_chart,
    splits_chart,
)
from ops.analyses.classifier_tables import (
    candidates,
    confusion,
    coverage,
    mistakes,
    odds,
    scores,
    splits,
    strata,
    trials,
    warnings,
)
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.analyses.classifier_train_words import (
    data_words,
    decision_words,
    importance_words,
    map_words,
    note_words,
    odds_words,
    set_words,
    split_words,
    verdicts,
    weights_words,
)
from ops.page import Block, Page, Section, Text

IN_TIME = ("time-ordered", "chronological")


def view(result: ClassifierTrainResult) -> Page:
    """Show a training."""
    return Page(
        title="Classifier training",
        verdicts=tuple(verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _sections(result: ClassifierTrainResult) -> Iterator[Section]:
    yield Section(
        title="What it is worth",
        blocks=(scores(result), *curve_charts(result), split_words(result)),
    )
    yield Section(title="Kinds of models that were tried", blocks=(candidates(result),))
    yield Section(title="Probabilities and calls", blocks=tuple(_calls(result)))
    if result.importance:
        yield Section(title="What moves it", blocks=tuple(_moves(result)))
    if result.strata:
        yield Section(title="Scores by stratum", blocks=(strata(result),))
    yield Section(title="Data", blocks=tuple(_data(result)))


def _calls(result: ClassifierTrainResult) -> Iterator[Block]:
    if result.reliability:
        yield reliability_chart(result.reliability)
    if result.trials:
        yield trials(result)
        if result.split in IN_TIME:
            yield map_words()
    if result.costs is not None:
        yield cost_chart(result)
    yield decision_words(result)
    if result.cost_matrix:
        yield mistakes(result)
    yield confusion(result)
    yield coverage(result)
    yield set_words(result)


def _moves(result: ClassifierTrainResult) -> Iterator[Block]:
    yield importance_chart(result)
    yield importance_words(result)
    if result.odds:
        yield odds(result)
        yield odds_words(result)
    yield from (dependence_chart(one, result) for one in result.dependence)


def _data(result: ClassifierTrainResult) -> Iterator[Block]:
    yield data_words(result)
    yield weights_words()
    yield from note_words(result)
    if result.intended_use:
        yield Text(text=result.intended_use)
    yield from (Text(text=caution) for caution in result.cautions)
    if result.warnings:
        yield warnings(result)
    yield splits(result)
    if result.splits[0].start is not None:
        yield splits_chart(result)
