"""Doubts about columns that know too much."""

from collections.abc import Iterator

from ops.classify.column_doubts import LabelledColumns
from ops.classify.doubt import DataWarning, Severity
from ops.classify.leakage import Suspect, of_numbers, of_texts, rank_correlation

TOO_GOOD = 0.99  # area under the ROC curve of one column alone
_PERFECT = 1.0 - 1e-9


def of_leakage(columns: LabelledColumns, named: frozenset[str]) -> Iterator[DataWarning]:
    """Doubts about columns that alone tell the label; `named`: those that the spec names."""
    label = columns.label
    if label is None:
        yield from _of_copies(columns)
        return
    suspects = {n: of_numbers(x, label) for n, x in columns.numbers.items()}
    suspects |= {n: of_texts(f, label) for n, f in columns.texts.items()}
    for name, suspect in suspects.items():
        if suspect is not None and suspect.auc > TOO_GOOD:
            perfect = suspect.auc >= _PERFECT and name not in named
            severity: Severity = "refuse" if perfect else "warn"
            yield DataWarning(severity, f"/columns/{name}", _told(name, suspect), "leakage")


def _of_copies(columns: LabelledColumns) -> Iterator[DataWarning]:
    """Find columns that are nearly the number to be predicted."""
    for name, x in columns.numbers.items():
        r = 0.0 if columns.value is None else rank_correlation(x, columns.value)
        if abs(r) > TOO_GOOD:
            text = f"{name!r} alone orders the rows as the label does, rank correlation {r:.4f}:"
            said = f"{text} if it is known only after the event, give it the role 'ignore'"
            yield DataWarning("warn", f"/columns/{name}", said, "leakage")


def _told(name: str, suspect: Suspect) -> str:
    how = "whether it is missing" if suspect.how == "missing" else f"its {suspect.how}"
    return (
        f"{name!r} alone tells {suspect.label!r} by {how} with an area under the ROC curve of"
        f" {suspect.auc:.4f}, above {TOO_GOOD}: if it is known only after the event, give it the"
        " role 'ignore'; if it is known before, name it in the spec"
    )
