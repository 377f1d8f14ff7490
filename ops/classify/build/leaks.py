"""What the future lets into a dataset, refused with the place, the number and the mend."""

from collections.abc import Iterator

import numpy as np

from ops.classify.build.column import BuiltColumn
from ops.classify.build.label import NEGATIVE, POSITIVE, Labels
from ops.classify.leakage import auc_of_ranks, midranks
from ops.classify.recipe import DatasetRecipe
from ops.classify.recipe_features import MeasuredFeature, PartAgeFeature
from ops.classify.recipe_labels import LifeLabel, NumberLabel, OutcomeLabel, ValueLabel
from ops.errors import BadData, Problem
from ops.values import BoolArray, Factor, FloatArray, IntArray

SUSPECT = 0.99  # area under the curve of one column alone
SAME = 0.999  # correlation of one column with the number that is predicted
FEWEST = 10  # rows of a class before one column can be suspected
MOST_LATE = 0.5  # share of the rows whose values had not arrived


def refuse_windows(recipe: DatasetRecipe) -> None:
    """Refuse feature windows that reach past the moment, or into the window of the label.

    Raises
    ------
    BadData
        With a problem for each such window.
    """
    problems = [p for i, rule in enumerate(recipe.features) for p in _window(recipe, i, rule)]
    if problems:
        raise BadData(f"the recipe lets the future in: {problems[0].detail}", tuple(problems))


def refuse_late(recipe: DatasetRecipe, columns: tuple[BuiltColumn, ...]) -> None:
    """Refuse features whose values mostly arrive after the moment.

    Raises
    ------
    BadData
        With a problem for each such feature.
    """
    found = dict[int, Problem]()
    for column in columns:
        if column.seen is None or column.late is None or column.late_hours is None:
            continue
        if column.name in recipe.waived:
            continue
        late = int(column.late.sum())
        with_values = late + int(column.seen.sum())
        if late and late > MOST_LATE * with_values:
            median = float(np.median(column.late_hours[column.late]))
            found.setdefault(column.rule, _late(column, late, with_values, median))
    if found:
        problems = tuple(found.values())
        raise BadData(f"the recipe lets the future in: {problems[0].detail}", problems)


def refuse_suspects(
    recipe: DatasetRecipe, columns: tuple[BuiltColumn, ...], labels: Labels
) -> None:
    """Refuse columns that tell the label alone: they are made of it, or come after it.

    Raises
    ------
    BadData
        With a problem for each such column.
    """
    problems = [
        problem for column in columns if column.name not in recipe.waived
        for problem in _suspect(column, labels)
    ]  # fmt: skip
    if problems:
        raise BadData(f"the label leaks: {problems[0].detail}", tuple(problems))


def auc(score: FloatArray, positive: BoolArray) -> float:
    """Area under the ROC curve by midranks; ties count half (Mann and Whitney 1947)."""
    return auc_of_ranks(midranks(score), positive)


def _window(recipe: DatasetRecipe, place: int, rule: object) -> Iterator[Problem]:
    label, pointer = recipe.label, f"/features/{place}/until_hours"
    until = rule.until_hours if isinstance(rule, MeasuredFeature) else 0.0
    if until > 0:
        detail = (
            f"the window of feature {place} ends {until:g} h after the moment of its row: what was"
            " measured by then cannot be known; give `until_hours` at most 0"
        )
        yield Problem(pointer, detail)
        return
    if isinstance(label, LifeLabel | OutcomeLabel) or until <= label.from_hours:
        return
    judged = label.characteristics if isinstance(label, ValueLabel | NumberLabel) else ()
    own = _codes_of(rule) & set(judged)
    whose = f"of {', '.join(sorted(own))}, which makes the label, " if own else ""
    detail = (
        f"feature {place} {whose}reaches {until - label.from_hours:g} h into the window of the"
        f" label, which begins {-label.from_hours:g} h before the moment; give `until_hours` at"
        f" most {label.from_hours:g}, or the label's `from_hours` at least {until:g}"
    )
    yield Problem(pointer if isinstance(rule, MeasuredFeature) else "/label/from_hours", detail)


def _codes_of(rule: object) -> set[str]:
    if isinstance(rule, MeasuredFeature):
        return set(rule.characteristics)
    return {rule.counter} if isinstance(rule, PartAgeFeature) and rule.counter else set()


def _late(column: BuiltColumn, late: int, rows: int, median: float) -> Problem:
    detail = (
        f"{column.name!r}: of {rows} rows with values in the window {late}"
        f" ({100 * late / rows:.0f} %) had none that had arrived at the moment; the median came"
        f" {median:.3g} h later; let rows wait so long (`wait_hours`), end the window earlier, or"
        " leave it out"
    )
    return Problem(f"/features/{column.rule}", detail)


def _suspect(column: BuiltColumn, labels: Labels) -> Iterator[Problem]:
    if labels.number is not None:
        yield from _same(column, labels.number)
        return
    told = labels.code >= 0
    positive = labels.code[told] == POSITIVE
    if min(positive.sum(), (labels.code[told] == NEGATIVE).sum()) < FEWEST:
        return
    for what, area in _areas(column, told, positive):
        if area > SUSPECT:
            detail = (
                f"{column.name!r} alone tells the label by {what}: its area under the curve is"
                f" {area:.4f}, more than {SUSPECT:g}; is it computed from the label, or written"
                " after the event? Leave it out, or name the column in `waived`"
            )
            yield Problem(f"/features/{column.rule}", detail)
            return


def _areas(
    column: BuiltColumn, told: BoolArray, positive: BoolArray
) -> Iterator[tuple[str, float]]:
    missing = _missing(column)[told]
    if missing.any() and not missing.all():
        area = auc(missing.astype(np.float64), positive)
        yield "being missing or not", max(area, 1 - area)
    there = ~missing
    if min(positive[there].sum(), (~positive[there]).sum()) < FEWEST:
        return
    if isinstance(column.values, Factor):
        yield (
            "its level",
            auc(_rates(column.values.codes[told][there], positive[there]), positive[there]),
        )
        return
    area = auc(column.values[told][there], positive[there])
    yield "its value", max(area, 1 - area)


def _rates(level: IntArray, positive: BoolArray) -> FloatArray:
    """Share of events among the other rows of the same level; an identifier tells nothing."""
    count = np.bincount(level)[level] - 1
    events = np.bincount(level, weights=positive)[level] - positive
    base = float(positive.mean())
    rates: FloatArray = np.where(count > 0, events / np.maximum(count, 1), base)
    return rates


def _same(column: BuiltColumn, number: FloatArray) -> Iterator[Problem]:
    if isinstance(column.values, Factor):
        return
    there = np.isfinite(column.values) & np.isfinite(number)
    if there.sum() < FEWEST:
        return
    x, y = column.values[there], number[there]
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x**2).sum() * (y**2).sum()))
    if scale > 0 and abs(float((x * y).sum())) > SAME * scale:
        detail = (
            f"{column.name!r} is the number that is to be predicted: their correlation is"
            f" {(x * y).sum() / scale:.5f}; leave it out, or name the column in `waived`"
        )
        yield Problem(f"/features/{column.rule}", detail)


def _missing(column: BuiltColumn) -> BoolArray:
    values = column.values
    return values.codes < 0 if isinstance(values, Factor) else np.isnan(values)
