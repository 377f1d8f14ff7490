"""Verdicts of a watch: one for each mechanism, each with its number and what it is compared to."""

from ops.analyses.classifier_monitor_result import (
    CalibrationState,
    ChallengerLine,
    ClassifierMonitorResult,
    ColumnLine,
    MechanismLine,
)
from ops.analyses.classifier_words import SCORES
from ops.page import Subject, Verdict
from ops.page_value import Number, Phrase

WHAT = {
    "level": "level",
    "spread": "scatter",
    "shape": "shape",
    "levels": "shares of its levels",
    "missing": "missing values",
    "": "nothing that could be judged",
}
ADVICE = {
    "promote": "Promote the challenger",
    "keep": "Keep the version",
    "retrain": "Train the model anew on later rows",
    "measure more": "Measure more: labels of later rows decide",
}


def verdicts_of(result: ClassifierMonitorResult) -> tuple[Verdict, ...]:
    """Say how each mechanism stands, then what to do."""
    said = (_input, _calibration, _performance, _challenger)
    lines = zip(result.mechanisms, said, strict=True)
    return (*(_verdict(line, say(result), result) for line, say in lines), _advice(result))


def _verdict(
    line: MechanismLine, phrases: tuple[Phrase, ...], result: ClassifierMonitorResult
) -> Verdict:
    if line.runs:
        before = Phrase.of("bad in {n} runs in a row before", n=Number(value=line.runs))
        phrases = (*phrases, before)
    subject = Subject(
        site=result.site, factors={"model": result.model}, mechanism=line.mechanism, whole=True
    )
    return Verdict.of(line.level, *phrases, subject=subject, settled=line.settled)


def _advice(result: ClassifierMonitorResult) -> Verdict:
    return Verdict.of(
        "info",
        Phrase.of(ADVICE[result.recommendation]),
        Phrase.of(
            "version {n} of {model}, watched on {rows} later rows",
            n=Number(value=result.version),
            model=result.model,
            rows=Number(value=result.labels.later),
        ),
    )


def _input(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    if result.unwatched and not result.columns:
        return (Phrase.of("drift of traces is not watched"), *_scores(result))
    mattering = [line for line in result.columns if line.matters]
    counted = Phrase.of(
        "{found} of {tested} columns moved beyond chance",
        found=Number(value=result.found),
        tested=Number(value=result.tested),
    )
    scores = _scores(result)
    if mattering:
        return (_column(mattering[0]), counted, *scores)
    large = [line for line in result.columns if line.found and line.size >= 1.0]
    if large:
        little = Phrase.of("the model hardly lives by what moved")
        return (_column(large[0]), counted, little, *scores)
    return (counted, Phrase.of("none by enough to matter to the model"), *scores)


def _column(line: ColumnLine) -> Phrase:
    if line.what == "level" and line.shift.value is not None:
        return Phrase.of(
            "{column} moved by {shift} {unit} ({lower} to {upper}), {size} times what is worth a"
            " word; the column is {worth} of what moves the answers",
            column=line.name,
            shift=Number(value=line.shift.value, decimals=3),
            unit=line.unit,
            lower=Number(value=line.shift.lower, decimals=3),
            upper=Number(value=line.shift.upper, decimals=3),
            size=Number(value=line.size, decimals=1),
            worth=Number(value=line.worth, percent=True, decimals=0),
        )
    return Phrase.of(
        "{column}: its {what} changed, {size} times what is worth a word; the column is {worth} of"
        " what moves the answers",
        column=line.name,
        what=WHAT[line.what],
        size=Number(value=line.size, decimals=1),
        worth=Number(value=line.worth, percent=True, decimals=0),
    )


def _scores(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    if not result.scores.found:
        return ()
    return (
        Phrase.of(
            "the mean probability said is {now}, before it was {before}",
            now=Number(value=result.scores.now, decimals=4),
            before=Number(value=result.scores.before, decimals=4),
        ),
    )


def _calibration(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    state = result.calibration
    if state is None or state.ratio.value is None:
        return (_few_labels(result, "calibration cannot be judged"),)
    return (
        Phrase.of(
            "{events} events in {rows} judged rows, {said} were promised: {ratio} times as many"
            " ({lower} to {upper})",
            events=Number(value=state.events),
            rows=Number(value=state.rows),
            said=Number(value=state.said, decimals=1),
            ratio=Number(value=state.ratio.value, decimals=2),
            lower=Number(value=state.ratio.lower, decimals=2),
            upper=Number(value=state.ratio.upper, decimals=2),
        ),
        *_slope(state),
        *_bias(result),
    )


def _slope(state: CalibrationState) -> tuple[Phrase, ...]:
    if state.slope.value is None:
        return ()
    return (
        Phrase.of(
            "calibration slope {slope} ({lower} to {upper}), 1 is right",
            slope=Number(value=state.slope.value, decimals=2),
            lower=Number(value=state.slope.lower, decimals=2),
            upper=Number(value=state.slope.upper, decimals=2),
        ),
    )


def _bias(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    labels = result.labels
    if not labels.young or labels.known_rate is None or labels.mature_rate is None:
        return ()
    return (
        Phrase.of(
            "rows younger than {age} h are left out, since their labels are no fair sample: with"
            " them {known} of the known labels are events, without them {mature}",
            age=Number(value=labels.age, decimals=2),
            known=Number(value=labels.known_rate, percent=True, decimals=1),
            mature=Number(value=labels.mature_rate, percent=True, decimals=1),
        ),
    )


def _few_labels(result: ClassifierMonitorResult, what: str) -> Phrase:
    return Phrase.of(
        "{what}: {judged} later rows have a label and are old enough, 20 are needed",
        what=what,
        judged=Number(value=result.labels.judged),
    )


def _performance(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    state = result.performance
    if state.realised.value is None:
        return (_few_labels(result, "the score cannot be told"), *_foretold(result))
    said = Phrase.of(
        "{score} {value} ({lower} to {upper}) on the newest judged rows",
        score=SCORES[result.headline],
        value=Number(value=state.realised.value, decimals=3),
        lower=Number(value=state.realised.lower, decimals=3),
        upper=Number(value=state.realised.upper, decimals=3),
    )
    return (said, *_promise(result), *_hidden(result), *_foretold(result))


def _promise(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    promised = result.performance.promised
    if promised.value is None:
        return (
            Phrase.of(
                "the version promises none; who says the base rate gets {base}",
                base=Number(value=result.performance.base, decimals=3),
            ),
        )
    return (
        Phrase.of(
            "{value} ({lower} to {upper}) was promised",
            value=Number(value=promised.value, decimals=3),
            lower=Number(value=promised.lower, decimals=3),
            upper=Number(value=promised.upper, decimals=3),
        ),
    )


def _hidden(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    state = result.performance
    line = next(m for m in result.mechanisms if m.mechanism == "performance")
    if line.level != "bad" or state.foretold_judged is None:
        return ()
    told = Number(value=state.foretold_judged, decimals=3)
    if state.blind:
        return (
            Phrase.of(
                "the probabilities of the same rows foretold {told}: the loss is not seen without"
                " labels, the features mean something else for the label now (concept shift)",
                told=told,
            ),
        )
    return (
        Phrase.of(
            "the probabilities of the same rows foretold {told}: these rows are harder to answer"
            " (covariate shift)",
            told=told,
        ),
    )


def _foretold(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    told = result.performance.foretold_newest
    if told is None:
        return ()
    return (
        Phrase.of(
            "without labels {told} is expected of the newest {rows} rows, if their probabilities"
            " are true",
            told=Number(value=told, decimals=3),
            rows=Number(value=result.newest),
        ),
    )


def _challenger(result: ClassifierMonitorResult) -> tuple[Phrase, ...]:
    if not result.challengers:
        return (Phrase.of("no other version is held against it"),)
    return tuple(_against(line, result) for line in result.challengers)


def _against(line: ChallengerLine, result: ClassifierMonitorResult) -> Phrase:
    test = next((t for t in line.tests if t.score == result.headline), None)
    if test is None or test.difference is None:
        return Phrase.of(
            "version {n} ({alias}) was not compared: {why}",
            n=Number(value=line.version),
            alias=line.alias,
            why=line.failure.rstrip(".") or "the score does not exist on these rows",
        )
    return Phrase.of(
        "{score} of version {n} ({alias}) less that of the watched one: {difference} ({lower} to"
        " {upper}) on {rows} rows, {standing}",
        score=SCORES[result.headline],
        n=Number(value=line.version),
        alias=line.alias,
        difference=Number(value=test.difference, decimals=4),
        lower=Number(value=test.lower, decimals=4),
        upper=Number(value=test.upper, decimals=4),
        rows=Number(value=line.rows),
        standing=line.standing,
    )
