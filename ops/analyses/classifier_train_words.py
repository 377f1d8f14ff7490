"""Sentences of the page of a training."""

from collections.abc import Iterator

from ops.analyses.champion_words import champion_verdict
from ops.analyses.classifier_coverage import coverage_verdicts
from ops.analyses.classifier_level import level_of
from ops.analyses.classifier_train_lines import score_of
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.analyses.classifier_words import KINDS, SCORES, SPLITS, no_gain, range_of
from ops.page import Text, Verdict
from ops.page_value import Number, Phrase

WORTH = 0.05  # share of what a perfect model gains: below it there is nothing to lose
WIDE_GAP = 0.25  # share of what random splits promise beyond the base rate that is not kept


def verdicts(result: ClassifierTrainResult) -> Iterator[Verdict]:
    """Say what the training comes to."""
    yield _worth(result)
    if result.random_score is not None and result.honest_score is not None:
        yield _gap(result, result.random_score, result.honest_score)
    if result.champion is not None:
        yield champion_verdict(
            result.champion, result.against_champion, result.headline, SCORES[result.headline]
        )
    yield from coverage_verdicts(result.covered, result.off_level, result.coverage)
    doubts = [w for w in result.warnings if w.severity == "warn"]
    if doubts:
        counted = Phrase.of("Doubts about the data: {n}", n=Number(value=len(doubts)))
        yield Verdict.of("warn", counted, Phrase.of("the table of warnings names them"))


def _worth(result: ClassifierTrainResult) -> Verdict:
    line = score_of(result.scores, result.headline)
    if line is None or line.value is None:
        return Verdict.of(
            "warn", Phrase.of("{score} cannot be told", score=SCORES[result.headline])
        )
    said = Phrase.of(
        "{kind} foretells {label}",
        kind=KINDS.get(result.kind, result.kind),
        label=_foretold(result),
    )
    base = Phrase.of(
        "who always says the base rate gets {base}",
        base=Number(value=result.base_score, decimals=3),
    )
    level = level_of(line, result.base_score, result.scores, result.gain)
    if level == "warn":
        return Verdict.of(level, said, range_of(line), base, no_gain())
    return Verdict.of(level, said, range_of(line), base)


def _foretold(result: ClassifierTrainResult) -> str:
    """Label, and the event of it: an event that is called 1 says nothing alone."""
    return result.label if result.positive is None else f"{result.label} = {result.positive}"


def _gap(result: ClassifierTrainResult, random: float, honest: float) -> Verdict:
    promised = _promised(result, random, honest)
    lost = _lost(result, random, honest)
    if lost is not None and lost > WIDE_GAP:
        share = Phrase.of(
            "{lost} of the gain over the base rate does not last in time or across groups",
            lost=Number(value=lost, percent=True, decimals=0),
        )
        return Verdict.of("warn", promised, share)
    return Verdict.of("info", promised, Phrase.of("the difference is small"))


def _promised(result: ClassifierTrainResult, random: float, honest: float) -> Phrase:
    """Say both scores, and why the honest one is not the one that is told first."""
    line = score_of(result.scores, result.headline)
    said: dict[str, Number | str] = {
        "score": SCORES[result.headline],
        "random": Number(value=random, decimals=3),
        "honest": Number(value=honest, decimals=3),
    }
    served = None if line is None else line.value
    if served is None or round(served, 3) == round(honest, 3):
        return Phrase.of("Random splits would promise {score} {random} instead of {honest}", **said)
    return Phrase.of(
        "Random splits would promise {score} {random} instead of {honest}, both before the"
        " calibration that makes the latter {served}",
        **said,
        served=Number(value=served, decimals=3),
    )


def _lost(result: ClassifierTrainResult, random: float, honest: float) -> float | None:
    """Share of the gain of random splits over their base rate that is not kept; None: no gain."""
    line = score_of(result.scores, result.headline)
    sign = 1.0 if line is None or line.better == "high" else -1.0
    bases = result.random_base or 0.0, result.base_score or 0.0
    promised, kept = sign * (random - bases[0]), sign * (honest - bases[1])
    most = 1.0 - bases[0] if sign > 0 else bases[0]
    if promised <= WORTH * most or sign * (random - honest) <= 0:
        return None
    return min(1.0, 1.0 - kept / promised)


def split_words(result: ClassifierTrainResult) -> Text:
    """Say how rows were split and what intervals mean."""
    told = [
        Phrase.of(SPLITS[result.split]),
        Phrase.of(
            "Intervals are 95 % intervals over {n} splits, which share training rows: they are"
            " approximate.",
            n=Number(value=len(result.splits)),
        ),
    ]
    if result.purged:
        told.append(
            Phrase.of(
                "{n} times a training row was left out, counted over the splits: its label was not"
                " known yet when the tested rows began, or its group was tested.",
                n=Number(value=result.purged),
            )
        )
    return Text.of(*told)


def map_words() -> Text:
    """Say what maps of stretches of time are learned from."""
    return Text.of(
        Phrase.of(
            "The map of a stretch of time is learned from all other stretches, later ones too: what"
            " changes with time shows in the monitor, not here."
        )
    )


def decision_words(result: ClassifierTrainResult) -> Text:
    """Say what the event is called by."""
    if result.cost_matrix:
        return Text.of(Phrase.of("The class whose expected cost is the least is called."))
    if result.threshold is None:
        return Text.of(Phrase.of("The likeliest class is called."))
    threshold = Number(value=result.threshold, decimals=4)
    if result.goal == "cost":
        return Text.of(
            Phrase.of(
                "The event is called from a probability of {threshold} on: a false alarm costs"
                " {alarm}, a miss {miss}.",
                threshold=threshold,
                alarm=Number(value=result.false_alarm),
                miss=Number(value=result.miss),
            ),
            *_others_words(result),
        )
    return Text.of(
        Phrase.of(
            "The event is called from a probability of {threshold} on; {reached} was reached out"
            " of fold.",
            threshold=threshold,
            reached=Number(value=result.reached, percent=True, decimals=1),
        ),
        *_others_words(result),
    )


def _others_words(result: ClassifierTrainResult) -> tuple[Phrase, ...]:
    if len(result.classes) == 2:
        return ()
    return (Phrase.of("Below it the likeliest of the other classes is called."),)


def set_words(result: ClassifierTrainResult) -> Text:
    """Say what a conformal set is."""
    return Text.of(
        Phrase.of(
            "A conformal set holds the classes that cannot be ruled out: it is to hold the true one"
            " in {coverage} of the rows of each class, and has {size} classes on average. Sets of"
            " one threshold for all classes cover the rare ones far less.",
            coverage=Number(value=result.coverage, percent=True),
            size=Number(value=result.set_size, decimals=2),
        )
    )


def weights_words() -> Text:
    """Say why class weights are off."""
    return Text.of(
        Phrase.of(
            "Rows are not weighted by class: weights move probabilities away from what happens, and"
            " the costs of errors belong to the threshold."
        )
    )


def odds_words(result: ClassifierTrainResult) -> Text:
    """Say how odds ratios are read, and why they have no intervals."""
    told = Phrase.of(
        "An odds ratio is the factor on the odds of the class for one unit more of the feature, all"
        " other features unchanged."
    )
    if not result.odds_note:
        return Text.of(told)
    return Text.of(told, Phrase.of("There are no intervals: {reason}", reason=result.odds_note))


def note_words(result: ClassifierTrainResult) -> Iterator[Text]:
    """Say what the last fit had to say."""
    for note in result.notes:
        yield Text.of(Phrase.of("Of the fit: {note}", note=note))


def importance_words(result: ClassifierTrainResult) -> Text:
    """Say how importance was measured."""
    return Text.of(
        Phrase.of(
            "Importance is the increase of the log-loss when a column is shuffled, on {n} rows of"
            " the last split that the model has not seen; its intervals tell the chance of the"
            " shuffles, not that of the rows. Columns that say the same share it.",
            n=Number(value=result.importance_rows),
        )
    )


def data_words(result: ClassifierTrainResult) -> Text:
    """Say what was learned from."""
    told = Phrase.of(
        "{rows} rows of {dataset}, revision {revision}; {unlabelled} without a label are not"
        " learned from. {features} features of {columns} columns.",
        rows=Number(value=result.rows),
        dataset=result.title or result.dataset,
        revision=Number(value=result.revision),
        unlabelled=Number(value=result.unlabelled),
        features=Number(value=len(result.features)),
        columns=Number(value=result.columns),
    )
    if result.base_rate is None:
        return Text.of(told)
    share = Phrase.of(
        "{share} of the labelled rows are {event}.",
        share=Number(value=result.base_rate, percent=True, decimals=2),
        event=result.positive or "",
    )
    return Text.of(told, share)
