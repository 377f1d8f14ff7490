"""Features from measurements in a window before the moment, and the windows themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ops.classify.build.aggregates import aggregated
from ops.classify.build.column import BuiltColumn
from ops.classify.build.columns import HOUR_US, Readings, RecipeData
from ops.classify.build.levels import codes_among, joined, of_positions
from ops.classify.build.rows import Rows
from ops.classify.build.windows import Facts, Windows, facts_of
from ops.classify.recipe_features import Aggregate, MeasuredFeature
from ops.errors import BadData, Problem
from ops.values import IntArray

MOST_POSITIONS = 64
_SMALLEST = np.iinfo(np.int64).min
_NEEDS_LIMITS = "has no specification limits"


def measured(
    rule: MeasuredFeature, place: int, rows: Rows, data: RecipeData
) -> Iterator[BuiltColumn]:
    """Columns of a feature: one for each aggregate, and for each position if they are told apart.

    Raises
    ------
    BadData
        If it needs limits that the characteristic does not have, or there are too many positions.
    """
    read = of_positions(joined([data.readings[c] for c in rule.characteristics]), rule.positions)
    read = _scaled(rule, place, read)
    for label, part in _parts(rule, place, read):
        facts = facts_among(rows, part, rule.match)
        seen = aggregated(part, facts, feature_windows(rule, rows), rule.aggregates)
        begin = f"{rule.name or rule.characteristics[0]}{label}"
        for aggregate in rule.aggregates:
            yield BuiltColumn(
                name=f"{begin} {aggregate.replace('_', ' ')}",
                rule=place,
                values=seen.columns[aggregate],
                unit=_unit(aggregate, "" if rule.scale == "limits" else read.unit),
                description=_said(rule, aggregate),
                seen=seen.any,
                late=seen.late,
                late_hours=seen.late_hours,
            )


def feature_windows(rule: MeasuredFeature, rows: Rows) -> Windows:
    """Window in which each row looks at a feature."""
    until = rows.moment + round(rule.until_hours * HOUR_US)
    if rule.hours is not None:
        after = rows.moment - round(rule.hours * HOUR_US)
    elif rule.match == "row":
        after = rows.begins
    else:
        after = np.full(rows.moment.size, _SMALLEST)
    own = rows.key.codes if rule.match == "row" else rows.tool.codes
    return Windows(own, after, until, rows.moment)


def facts_among(rows: Rows, readings: Readings, match: str) -> Facts:
    """Sort readings as facts of the rows' keys (``row``) or of their tools (``tool``)."""
    if match == "row" and rows.own:
        key = codes_among(readings.level, rows.key.levels)
    else:
        key = codes_among(readings.tool, rows.tool.levels)
    return facts_of(key, readings.ts, readings.known, readings.until, readings.value)


def _parts(rule: MeasuredFeature, place: int, read: Readings) -> Iterator[tuple[str, Readings]]:
    if not rule.each_position:
        yield "", read
        return
    wanted: Sequence[str] = rule.positions or [
        read.position.levels[c] for c in np.unique(read.position.codes) if c >= 0
    ]
    if len(wanted) > MOST_POSITIONS:
        detail = f"has {len(wanted)} positions, at most {MOST_POSITIONS} become columns; name some"
        raise BadData(detail, (Problem(f"/features/{place}/positions", detail),))
    codes = codes_among(read.position, wanted)
    for i, position in enumerate(wanted):
        yield f" {position}", read.take(codes == i)


def _scaled(rule: MeasuredFeature, place: int, read: Readings) -> Readings:
    limited = np.isfinite(read.lower) | np.isfinite(read.upper)
    if "share_beyond" in rule.aggregates and read.ts.size and not limited.any():
        raise _lacking(rule, f"/features/{place}/aggregates", "leave out share_beyond")
    if rule.scale == "value":
        return read
    both = np.isfinite(read.lower) & np.isfinite(read.upper)
    if read.ts.size and not both.any():
        raise _lacking(rule, f"/features/{place}/scale", "take the scale 'value'")
    read = read.take(both)
    half = (read.upper - read.lower) / 2
    middle = read.lower + half
    return replace(
        read,
        value=(read.value - middle) / half,
        lower=np.full(half.size, -1.0),
        upper=np.full(half.size, 1.0),
    )


def _lacking(rule: MeasuredFeature, pointer: str, mend: str) -> BadData:
    detail = f"{', '.join(rule.characteristics)} {_NEEDS_LIMITS}; {mend}"
    return BadData(detail, (Problem(pointer, detail),))


def _unit(aggregate: Aggregate, unit: str) -> str:
    if aggregate in ("count", "share_beyond"):
        return ""
    return f"{unit or '1'}/h" if aggregate == "slope" else unit


def _said(rule: MeasuredFeature, aggregate: Aggregate) -> str:
    of = ", ".join(rule.characteristics[:3]) + (" ..." if len(rule.characteristics) > 3 else "")
    window = "all before" if rule.hours is None else f"the {rule.hours:g} h before"
    end = f"{-rule.until_hours:g} h before the moment" if rule.until_hours else "the moment"
    whose = "of the row" if rule.match == "row" else "of its tool"
    return f"{aggregate.replace('_', ' ')} of {of} {whose}, {window} {end}"[:400]


def key_of(rows: Rows, match: str) -> IntArray:
    """Code of what each row's facts are of."""
    return rows.key.codes if match == "row" else rows.tool.codes
