"""The page of an evaluation."""

from collections.abc import Iterator

from ops.analyses.classifier_charts import reliability_chart
from ops.analyses.classifier_evaluate_result import ClassifierEvaluateResult, VersionLine
from ops.analyses.classifier_level import level_of
from ops.analyses.classifier_train_lines import score_of
from ops.analyses.classifier_words import KINDS, SCORES, no_gain, range_of
from ops.page import Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase


def view(result: ClassifierEvaluateResult) -> Page:
    """Show an evaluation."""
    return Page(
        title="Classifier evaluation",
        verdicts=tuple(_verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _verdicts(result: ClassifierEvaluateResult) -> Iterator[Verdict]:
    for line in result.versions:
        yield _failed(line) if line.failure else _of_version(line, result)
    for line in result.versions[1:]:
        test = next((t for t in line.against if t.score == result.headline), None)
        if test is not None and test.difference is not None:
            yield _against(line, result, test.verdict, test.difference, test.lower, test.upper)
    if not result.in_time:
        yield Verdict.of(
            "warn",
            Phrase.of(
                "It is not known that these rows are later than what the versions learned from"
            ),
            Phrase.of("the scores may flatter them"),
        )


def _failed(line: VersionLine) -> Verdict:
    return Verdict.of(
        "bad",
        Phrase.of("Version {n} could not answer", n=Number(value=line.version)),
        Phrase.of("{reason}", reason=line.failure.rstrip(".")),
    )


def _of_version(line: VersionLine, result: ClassifierEvaluateResult) -> Verdict:
    told = score_of(line.scores, result.headline)
    said = Phrase.of(
        "Version {n} ({alias}), {kind}",
        n=Number(value=line.version),
        alias=line.alias,
        kind=KINDS.get(line.kind, line.kind),
    )
    if told is None or told.value is None:
        return Verdict.of("warn", said, Phrase.of("its score cannot be told on these rows"))
    base = Phrase.of(
        "who always says the base rate gets {base}",
        base=Number(value=result.base_score, decimals=3),
    )
    level = level_of(told, result.base_score, line.scores, line.gain)
    if level == "warn":
        return Verdict.of(level, said, range_of(told), base, no_gain())
    return Verdict.of(level, said, range_of(told), base)


def _against(
    line: VersionLine,
    result: ClassifierEvaluateResult,
    verdict: str,
    difference: float,
    lower: float | None,
    upper: float | None,
) -> Verdict:
    said = Phrase.of(
        "{score} of version {n} less that of version {first}: {difference} ({lower} to {upper})",
        score=SCORES[result.headline],
        n=Number(value=line.version),
        first=Number(value=result.versions[0].version),
        difference=Number(value=difference, decimals=4),
        lower=Number(value=lower, decimals=4),
        upper=Number(value=upper, decimals=4),
    )
    told = {
        "better": Phrase.of("better beyond chance"),
        "worse": Phrase.of("worse beyond chance"),
    }.get(verdict, Phrase.of("the two are not told apart"))
    return Verdict.of("info", said, told)


def _sections(result: ClassifierEvaluateResult) -> Iterator[Section]:
    yield Section(
        title="Versions beside each other",
        blocks=(_scores(result), *_curves(result), _rows(result)),
    )
    for line in result.versions:
        if line.failure:
            continue
        yield Section(
            title=f"Version {line.version}",
            blocks=tuple(_of_one(line, result)),
        )


def _of_one(line: VersionLine, result: ClassifierEvaluateResult) -> Iterator[Table | Chart]:
    if line.reliability:
        yield reliability_chart(line.reliability)
    yield Table(
        title="Rows by true class (down) and class called (across)",
        columns=(
            Column(label="True class"),
            *(Column(label=name, decimals=0) for name in result.classes),
        ),
        rows=tuple((n, *row) for n, row in zip(result.classes, line.confusion, strict=True)),
    )
    yield Table(
        title="Share of rows whose conformal set holds their class",
        columns=(
            Column(label="Class"),
            Column(label="Rows", decimals=0),
            Column(label="Share", decimals=3),
            Column(label="Lower", decimals=3),
            Column(label="Upper", decimals=3),
        ),
        rows=tuple((c.name, c.rows, c.conditional, c.lower, c.upper) for c in line.covered),
    )


def _scores(result: ClassifierEvaluateResult) -> Table:
    names = [s.name for line in result.versions for s in line.scores]
    shown = tuple(dict.fromkeys(names))
    rows: list[tuple[str | float | None, ...]] = []
    for name in shown:
        found = [score_of(line.scores, name) for line in result.versions]
        rows.append((SCORES[name], *(None if s is None else s.value for s in found)))
    rows.append(("Share of unusual rows", *(line.unusual for line in result.versions)))
    return Table(
        title="Scores on the same rows",
        columns=(
            Column(label="Score"),
            *(
                Column(label=f"{line.version} ({line.alias})", decimals=4)
                for line in result.versions
            ),
        ),
        rows=tuple(rows),
    )


def _curves(result: ClassifierEvaluateResult) -> Iterator[Chart]:
    drawn = [line for line in result.versions if line.precision_recall is not None]
    if drawn:
        yield Chart(
            title="Precision against recall",
            x=Axis(label="Recall: share of events called"),
            y=Axis(label="Precision: share of calls that are events"),
            layers=tuple(
                Layer(
                    mark="line",
                    label=f"{line.version} ({line.alias})",
                    x=line.precision_recall.x,
                    y=line.precision_recall.y,
                    role="data" if at == 0 else "fit",
                )
                for at, line in enumerate(drawn)
                if line.precision_recall is not None
            ),
        )


def _rows(result: ClassifierEvaluateResult) -> Text:
    counted = Phrase.of(
        "{rows} labelled rows of {dataset}, revision {revision}; {left} left out since a version"
        " learned from them, {unlabelled} without a label.",
        rows=Number(value=result.rows),
        dataset=result.title or result.dataset,
        revision=Number(value=result.revision),
        left=Number(value=result.left_out),
        unlabelled=Number(value=result.unlabelled),
    )
    return Text.of(counted)
