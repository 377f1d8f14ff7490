"""Tables of classifiers."""

from ops.analyses.classifier_train_lines import score_of
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.analyses.classifier_words import KINDS, SCORES
from ops.page_table import Column, Table


def scores(result: ClassifierTrainResult) -> Table:
    """Show every score as served."""
    return Table(
        title="Scores out of fold, as served",
        columns=(
            Column(label="Score"),
            Column(label="Value", decimals=4),
            Column(label="Lower", decimals=4),
            Column(label="Upper", decimals=4),
            Column(label="All rows at once", decimals=4),
            Column(label="Better"),
        ),
        rows=tuple(
            (SCORES[s.name], s.value, s.lower, s.upper, s.pooled, s.better) for s in result.scores
        ),
    )


def candidates(result: ClassifierTrainResult) -> Table:
    """Show kinds of models beside each other."""
    rows: list[tuple[str | float | bool | None, ...]] = []
    for one in result.candidates:
        line = score_of(one.scores, result.headline)
        loss = score_of(one.scores, "log_loss")
        test = next((t for t in one.against if t.score == "log_loss"), None)
        rows.append(
            (
                KINDS.get(one.kind, one.kind),
                "kept" if one.kept else "" if test is None else test.verdict,
                None if line is None else line.value,
                None if line is None else line.lower,
                None if line is None else line.upper,
                one.random,
                None if loss is None else loss.value,
                None if test is None else test.p,
            )
        )
    return Table(
        title="Kinds beside each other, before calibration",
        columns=(
            Column(label="Kind"),
            Column(label="Against the one kept"),
            Column(label=SCORES[result.headline], decimals=4),
            Column(label="Lower", decimals=4),
            Column(label="Upper", decimals=4),
            Column(label="On random splits", decimals=4),
            Column(label="Log-loss", decimals=4),
            Column(label="p of the log-loss", decimals=4),
        ),
        rows=tuple(rows),
    )


def trials(result: ClassifierTrainResult) -> Table:
    """Show maps of probabilities, and which one is used."""
    return Table(
        title="Calibration: gain on rows that a map was not fitted on",
        columns=(
            Column(label="Map"),
            Column(label="Used"),
            Column(label="Brier score gained", decimals=5),
            Column(label="Lower", decimals=5),
            Column(label="Upper", decimals=5),
            Column(label="Log-loss gained", decimals=5),
            Column(label="Lower", decimals=5),
            Column(label="Upper", decimals=5),
        ),
        rows=tuple(
            (t.kind, t.kept, t.brier_gain, t.brier_lower, t.brier_upper, t.log_loss_gain,
             t.log_loss_lower, t.log_loss_upper)
            for t in result.trials
        ),
    )  # fmt: skip


def confusion(result: ClassifierTrainResult) -> Table:
    """Show rows by true class and class called."""
    return Table(
        title="Rows by true class (down) and class called (across)",
        columns=(
            Column(label="True class"),
            *(Column(label=name, decimals=0) for name in result.classes),
        ),
        rows=tuple(
            (name, *row) for name, row in zip(result.classes, result.confusion, strict=True)
        ),
    )


def mistakes(result: ClassifierTrainResult) -> Table:
    """Show what each mistake costs."""
    return Table(
        title="Cost by true class (down) and class called (across)",
        columns=(Column(label="True class"), *(Column(label=name) for name in result.classes)),
        rows=tuple(
            (name, *row) for name, row in zip(result.classes, result.cost_matrix, strict=True)
        ),
    )


def coverage(result: ClassifierTrainResult) -> Table:
    """Show what conformal sets cover."""
    return Table(
        title="Share of rows whose conformal set holds their class",
        columns=(
            Column(label="Class"),
            Column(label="Rows", decimals=0),
            Column(label="Quantile of its own", decimals=3),
            Column(label="Lower", decimals=3),
            Column(label="Upper", decimals=3),
            Column(label="One quantile for all", decimals=3),
        ),
        rows=tuple(
            (c.name, c.rows, c.conditional, c.lower, c.upper, c.marginal) for c in result.covered
        ),
    )


def odds(result: ClassifierTrainResult) -> Table:
    """Show odds ratios in the features' own units."""
    return Table(
        title="Odds ratios",
        columns=(
            Column(label="Feature"),
            Column(label="Class"),
            Column(label="Against"),
            Column(label="One unit more"),
            Column(label="Factor on the odds", decimals=4),
            Column(label="Lower", decimals=4),
            Column(label="Upper", decimals=4),
            Column(label="One standard deviation more", decimals=3),
        ),
        rows=tuple(
            (o.feature, o.of, o.against, o.unit, o.per_unit, o.lower, o.upper, o.per_sd)
            for o in result.odds
        ),
    )


def strata(result: ClassifierTrainResult) -> Table:
    """Show scores by stratum."""
    return Table(
        title="Scores by stratum, out of fold",
        columns=(
            Column(label="Column"),
            Column(label="Level"),
            Column(label="Rows", decimals=0),
            Column(label="Events", decimals=0),
            Column(label="ROC AUC", decimals=3),
            Column(label="Lower", decimals=3),
            Column(label="Upper", decimals=3),
            Column(label="Average precision", decimals=3),
            Column(label="Brier score", decimals=4),
            Column(label="Recall", decimals=3),
            Column(label="Precision", decimals=3),
            Column(label="Too few events"),
        ),
        rows=tuple(
            (s.column, s.level, s.rows, s.events, s.auc, s.auc_lower, s.auc_upper,
             s.average_precision, s.brier, s.recall, s.precision, s.few)
            for s in result.strata
        ),
    )  # fmt: skip


def warnings(result: ClassifierTrainResult) -> Table:
    """Show doubts about the data."""
    return Table(
        title="Warnings about the data",
        columns=(Column(label="Where"), Column(label="What, and what to do")),
        rows=tuple((w.pointer, w.detail) for w in result.warnings),
    )


def splits(result: ClassifierTrainResult) -> Table:
    """Show the splits."""
    return Table(
        title="Splits",
        columns=(
            Column(label="Split", decimals=0),
            Column(label="Learned from", decimals=0),
            Column(label="Tested on", decimals=0),
            Column(label="Events tested", decimals=0),
        ),
        rows=tuple((i + 1, s.train, s.test, s.events) for i, s in enumerate(result.splits)),
    )
