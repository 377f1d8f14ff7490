"""The page of a watch: what stands, what moved, what came true, what is expected."""

from ops.analyses.classifier_monitor_charts import (
    drift_chart,
    ratio_chart,
    reliability_chart,
    score_chart,
)
from ops.analyses.classifier_monitor_result import ClassifierMonitorResult
from ops.analyses.classifier_monitor_tables import (
    challenger_tables,
    columns_table,
    delay_table,
    scores_table,
    stretches_table,
)
from ops.analyses.classifier_monitor_words import verdicts_of
from ops.analyses.classifier_words import SCORES
from ops.page import Block, Page, Section, Text
from ops.page_value import Number, Phrase


def view(result: ClassifierMonitorResult) -> Page:
    """Show a watch."""
    return Page(
        title="Classifier monitor",
        verdicts=verdicts_of(result),
        sections=(
            Section(title="What it reads", blocks=_inputs(result)),
            Section(title="What it says", blocks=(scores_table(result),)),
            Section(title="Whether it comes true", blocks=_calibration(result)),
            Section(title="What its answers are worth", blocks=_performance(result)),
            Section(title="Other versions", blocks=_others(result)),
            Section(title="Method", blocks=(_method(result),)),
        ),
    )


def _inputs(result: ClassifierMonitorResult) -> tuple[Block, ...]:
    counted = Text.of(
        Phrase.of(
            "{newest} newest rows beside {reference} that it has learned from.",
            newest=Number(value=result.newest),
            reference=Number(value=result.reference),
        ),
        Phrase.of(
            "Of all alarms of {nights} nights at most {fdr} are false on average.",
            nights=Number(value=result.nights),
            fdr=Number(value=result.fdr, percent=True),
        ),
    )
    left_out = tuple(
        Text.of(
            Phrase.of(
                "Drift of the traces {column} is not watched: what the model says of them is.",
                column=name,
            )
        )
        for name in result.unwatched
    )
    if not result.columns:
        return (*left_out, counted)
    return (*drift_chart(result), columns_table(result), *left_out, counted)


def _calibration(result: ClassifierMonitorResult) -> tuple[Block, ...]:
    return (
        *reliability_chart(result),
        *ratio_chart(result),
        *delay_table(result),
        _labels(result),
    )


def _labels(result: ClassifierMonitorResult) -> Text:
    labels = result.labels
    counted = Phrase.of(
        "Of {later} later rows {labelled} have a label; {mature} are old enough that their label"
        " would be known, {judged} of these have one.",
        later=Number(value=labels.later),
        labelled=Number(value=labels.labelled),
        mature=Number(value=labels.mature),
        judged=Number(value=labels.judged),
    )
    if labels.told:
        return Text.of(counted)
    return Text.of(
        counted,
        Phrase.of(
            "The dataset does not say when labels became known: all that are known are judged by,"
            " and where one class is heard of sooner than another, the newest rows flatter or"
            " slander the model."
        ),
    )


def _performance(result: ClassifierMonitorResult) -> tuple[Block, ...]:
    return (*score_chart(result), stretches_table(result), _record(result))


def _record(result: ClassifierMonitorResult) -> Text:
    state = result.performance
    assumed = Phrase.of(
        "What is expected without labels holds if the probabilities are true: it sees rows that are"
        " harder to answer (covariate shift), and is blind to features that mean something else"
        " for the label (concept shift)."
    )
    if not state.stretches:
        return Text.of(assumed, Phrase.of("It could not be held against labels yet."))
    return Text.of(
        assumed,
        Phrase.of(
            "In {n} stretches labels came later: {score} was off by {typical} (root mean square;"
            " realised less expected {bias} on average), and the interval by labels held the"
            " estimate in {held} of them.",
            n=Number(value=state.stretches),
            score=SCORES[result.headline],
            typical=Number(value=state.typical, decimals=3),
            bias=Number(value=state.bias, decimals=3),
            held=Number(value=state.held),
        ),
    )


def _others(result: ClassifierMonitorResult) -> tuple[Block, ...]:
    tables = challenger_tables(result)
    if tables:
        return tables
    return (Text.of(Phrase.of("No other version was asked for, or none is there.")),)


def _method(result: ClassifierMonitorResult) -> Text:
    return Text.of(
        Phrase.of(
            "Each column is compared in level, spread and shape, or in the shares of its levels,"
            " and in what is missing, with the memory of neighbouring rows allowed for; the share"
            " of false columns is held (Benjamini and Hochberg) at {level} a night.",
            level=Number(value=result.level, percent=True, decimals=2),
        ),
        Phrase.of(
            "A column matters where it is also moved by more than what is worth a word and is worth"
            " at least half of an equal share in what moves the answers."
        ),
        Phrase.of(
            "Only rows are judged by their labels that are older than nearly every delay of every"
            " class; delays are corrected for labels that are still to come."
        ),
        Phrase.of(
            "Evidence against the probabilities is a likelihood ratio that may be looked at every"
            " night."
        ),
    )
