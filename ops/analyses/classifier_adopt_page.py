"""The page of an adoption; the card of the new version is the same page."""

from collections.abc import Iterator

from ops.analyses.classifier_adopt_result import ClassifierAdoptResult
from ops.analyses.classifier_level import level_of
from ops.analyses.classifier_train_lines import score_of
from ops.analyses.classifier_words import MAPS, SCORES, no_gain, range_of
from ops.page import Block, Page, Section, Text, Verdict
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase


def view(result: ClassifierAdoptResult) -> Page:
    """Show an adoption."""
    return Page(
        title="Classifier adoption",
        verdicts=tuple(_verdicts(result)),
        sections=(Section(title="What it is worth", blocks=tuple(_blocks(result))),),
    )


def _verdicts(result: ClassifierAdoptResult) -> Iterator[Verdict]:
    told = score_of(result.scores, result.headline)
    said = Phrase.of(
        "Version {n}, from outside, is calibrated and decided on {rows} rows",
        n=Number(value=result.adopted),
        rows=Number(value=result.rows),
    )
    if told is None or told.value is None:
        yield Verdict.of("warn", said, Phrase.of("its score cannot be told on these rows"))
    else:
        base = Phrase.of(
            "who always says the base rate gets {base}",
            base=Number(value=result.base_score, decimals=3),
        )
        level = level_of(told, result.base_score, result.scores, result.gain)
        more = (no_gain(),) if level == "warn" else ()
        yield Verdict.of(level, said, range_of(told), base, *more)
    before, after = score_of(result.raw, "log_loss"), score_of(result.scores, "log_loss")
    if before is not None and after is not None:
        yield Verdict.of(
            "info",
            Phrase.of(
                "Log-loss {after} as it will be served, {before} as it came",
                after=Number(value=after.value, decimals=4),
                before=Number(value=before.value, decimals=4),
            ),
            Phrase.of("map of probabilities: {map}", map=MAPS[result.calibration]),
        )
    if not result.in_time:
        yield Verdict.of(
            "warn",
            Phrase.of("It is not known that these rows are later than what the model learned from"),
            Phrase.of("the scores may flatter it"),
        )


def _blocks(result: ClassifierAdoptResult) -> Iterator[Block]:
    yield _scores(result)
    if result.threshold is not None:
        yield Text.of(
            Phrase.of(
                "The event is called from a probability of {threshold} on.",
                threshold=Number(value=result.threshold, decimals=4),
            )
        )
    yield Table(
        title="Rows by true class (down) and class called (across)",
        columns=(
            Column(label="True class"),
            *(Column(label=name, decimals=0) for name in result.classes),
        ),
        rows=tuple((n, *row) for n, row in zip(result.classes, result.confusion, strict=True)),
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
        rows=tuple((c.name, c.rows, c.conditional, c.lower, c.upper) for c in result.covered),
    )
    yield Text.of(
        Phrase.of(
            "{rows} labelled rows of {dataset}, revision {revision}; {left} left out since the"
            " model may have learned from them. Map, threshold and sets were scored on parts of the"
            " rows that they were not fitted on.",
            rows=Number(value=result.rows),
            dataset=result.title or result.dataset,
            revision=Number(value=result.revision),
            left=Number(value=result.left_out),
        )
    )


def _scores(result: ClassifierAdoptResult) -> Table:
    rows: list[tuple[str | float | None, ...]] = []
    for line in result.scores:
        raw = score_of(result.raw, line.name)
        came = None if raw is None else raw.value
        rows.append((SCORES[line.name], came, line.value, line.lower, line.upper))
    return Table(
        title="Scores as it came and as it will be served",
        columns=(
            Column(label="Score"),
            Column(label="As it came", decimals=4),
            Column(label="As served", decimals=4),
            Column(label="Lower", decimals=4),
            Column(label="Upper", decimals=4),
        ),
        rows=tuple(rows),
    )
