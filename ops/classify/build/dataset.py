"""The builder: a recipe and what it reads in; table, document and report out."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ops.classify.build.arrival import arrived
from ops.classify.build.assemble import document_of, table_of
from ops.classify.build.column import BuiltColumn
from ops.classify.build.columns import RecipeData
from ops.classify.build.delay import censored_delay, hours, truncated_delay
from ops.classify.build.features import columns_of
from ops.classify.build.label import NEGATIVE, POSITIVE, Labels
from ops.classify.build.labels import labels_of
from ops.classify.build.leaks import refuse_late, refuse_suspects, refuse_windows
from ops.classify.build.report import BuildReport, Built, FeatureNote, LabelDelay
from ops.classify.build.rows import Rows, rows_of
from ops.classify.recipe import DatasetRecipe
from ops.classify.table import NO_TIME
from ops.errors import NotEnoughData
from ops.values import BoolArray, Factor, IntArray

_RECENT = 24.0 * 7  # hours before the instant for which missing news is estimated by default


def build_dataset(recipe: DatasetRecipe, data: RecipeData, *, source: str = "") -> Built:
    """Make the rows of a recipe.

    Every feature is what was known at the moment of its row, every label what was known at the
    instant of the data.

    Raises
    ------
    BadData
        If the recipe lets the future in: with pointer, number and mend of each leak.
    NotEnoughData
        If there is no row.
    """
    refuse_windows(recipe)
    data = arrived(data, recipe.arrival)
    rows = rows_of(recipe, data)
    columns, labels = columns_of(recipe, rows, data), labels_of(recipe.label, rows, data)
    rows, columns, labels = _without_known(rows, columns, labels)
    refuse_late(recipe, columns)
    refuse_suspects(recipe, columns, labels)
    report = _report(recipe, rows, columns, labels, data.as_of)
    number = None if labels.number is None else _unit(recipe, data)
    table = table_of(recipe, rows, columns, labels, number or "")
    cautions = (*recipe.cautions, *_assumption(recipe), *report.warnings)
    document = document_of(
        recipe, rows, columns, number=number, source=source, cautions=cautions
    )  # fmt: skip
    return Built(table, document, report)


def _without_known(
    rows: Rows, columns: tuple[BuiltColumn, ...], labels: Labels
) -> tuple[Rows, tuple[BuiltColumn, ...], Labels]:
    """Leave out rows whose label was known before their moment: there is nothing to predict."""
    early = (labels.known != NO_TIME) & (labels.known <= rows.moment)
    if not early.any():
        return rows, columns, labels
    keep = np.flatnonzero(~early)
    if keep.size == 0:
        raise NotEnoughData("the label of every row was known before its moment")
    dropped = {**rows.dropped, "its label was known before its moment": int(early.sum())}
    kept = Rows(
        key=rows.key.take(keep), own=rows.own, name=tuple(rows.name[i] for i in keep),
        moment=rows.moment[keep], begins=rows.begins[keep], tool=rows.tool.take(keep),
        context={name: factor.take(keep) for name, factor in rows.context.items()},
        dropped=dropped, alert=rows.alert[keep] if rows.alert.size else rows.alert,
    )  # fmt: skip
    number = None if labels.number is None else labels.number[keep]
    cut = replace(
        labels, code=labels.code[keep], event=labels.event[keep], known=labels.known[keep],
        ends=labels.ends[keep], number=number,
    )  # fmt: skip
    return kept, tuple(_taken(column, keep) for column in columns), cut


def _taken(column: BuiltColumn, keep: IntArray) -> BuiltColumn:
    values = column.values
    return replace(
        column,
        values=values.take(keep) if isinstance(values, Factor) else values[keep],
        seen=None if column.seen is None else column.seen[keep],
        late=None if column.late is None else column.late[keep],
        late_hours=None if column.late_hours is None else column.late_hours[keep],
    )


def _report(
    recipe: DatasetRecipe,
    rows: Rows,
    columns: tuple[BuiltColumn, ...],
    labels: Labels,
    as_of: int,
) -> BuildReport:
    open_ = (labels.ends != NO_TIME) & (labels.ends > as_of)
    early = int((open_ & (labels.code == POSITIVE)).sum()) if labels.number is None else 0
    warnings = [
        f"{early} events are of rows whose window has not ended: among the rows of the last hours"
        " only those with an event have a label; let the recipe `end` earlier for fair shares"
    ] if early else []  # fmt: skip
    delay = _delay(recipe, rows, labels, as_of)
    if delay.unsettled is not None and delay.unsettled > 0.05:
        warnings.append(
            f"about {100 * delay.unsettled:.0f} % of the latest events are not known yet: 90 % are"
            f" known within {delay.quantiles['0.9']:.3g} h; give the label `settle_hours` of that"
        )
    return BuildReport(
        rows=rows.moment.size,
        labels=_counts(recipe, labels),
        unknown=labels.unknown,
        dropped=rows.dropped,
        features=tuple(map(_note, columns)),
        delay=delay,
        warnings=tuple(warnings),
    )


def _counts(recipe: DatasetRecipe, labels: Labels) -> Mapping[str, int]:
    if labels.number is not None:
        return {"number": int(np.isfinite(labels.number).sum())}
    names = {recipe.names.positive: POSITIVE, recipe.names.negative: NEGATIVE}
    return {name: int((labels.code == code).sum()) for name, code in names.items()}


def _delay(recipe: DatasetRecipe, rows: Rows, labels: Labels, as_of: int) -> LabelDelay:
    """Delay of distinct events: one that is in the windows of several rows counts once."""
    some = (labels.event != NO_TIME) & (labels.known != NO_TIME)
    if recipe.label.kind == "number" or not some.any():
        return LabelDelay()
    triple = np.stack([rows.tool.codes[some], labels.event[some], labels.known[some]])
    _, event, known = np.unique(triple, axis=1)
    delay = hours(known - event)
    if labels.waiting is not None:
        return censored_delay(delay, hours(labels.waiting))
    horizon = getattr(recipe.label, "horizon_hours", _RECENT)
    return truncated_delay(delay, hours(as_of - event), recent=max(horizon, _RECENT))


def _note(column: BuiltColumn) -> FeatureNote:
    values = column.values
    missing = values.codes < 0 if isinstance(values, Factor) else np.isnan(values)
    late = np.zeros(missing.size, dtype=np.bool_) if column.late is None else column.late
    when = _median_late(column, late)
    return FeatureNote(column.name, int(missing.sum()), int(late.sum()), when)


def _median_late(column: BuiltColumn, late: BoolArray) -> float | None:
    if column.late_hours is None or not late.any():
        return None
    return float(np.median(column.late_hours[late]))


def _unit(recipe: DatasetRecipe, data: RecipeData) -> str:
    rule = recipe.label
    return data.readings[rule.characteristics[0]].unit if rule.kind == "number" else ""


def _assumption(recipe: DatasetRecipe) -> tuple[str, ...]:
    rule = recipe.arrival
    if rule.rule == "committed":
        return ()
    which = "" if rule.until is None else f" of what was loaded up to {rule.until:%Y-%m-%d %H:%M}"
    return (
        f"When facts{which} were known is assumed: {rule.delay_minutes:g} min after they happened.",
    )
