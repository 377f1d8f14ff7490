"""Labels from a life test: whether the unit of a row failed before an age."""

import numpy as np

from ops.classify.build.columns import Lives, RecipeData
from ops.classify.build.label import NEGATIVE, POSITIVE, UNKNOWN, Labels
from ops.classify.build.levels import codes_among
from ops.classify.build.rows import Rows
from ops.classify.recipe_labels import LifeLabel
from ops.classify.table import NO_TIME
from ops.values import IntArray

_ABSENT = "its unit is not in the life test"
_SPANS = "its unit was taken off, or not read out, before the age"


def life_label(rule: LifeLabel, rows: Rows, data: RecipeData) -> Labels:
    """Label units by their life; known since the first revision from which on it says so."""
    lives = data.lives
    said = _said(rule, lives)
    unit = codes_among(lives.unit, rows.key.levels)
    kept = np.flatnonzero((unit >= 0) & (lives.known <= data.as_of))
    order = kept[np.lexsort((said[kept], lives.known[kept], unit[kept]))]
    code, known = _in_force(unit[order], said[order], lives.known[order], len(rows.key.levels))
    of = rows.key.codes
    told = (of >= 0) & (code[of] >= 0)
    label = np.where(told, code[of], UNKNOWN)
    in_test = (of >= 0) & (known[of] != NO_TIME)
    reasons = {_ABSENT: int((~in_test).sum()), _SPANS: int((in_test & ~told).sum())}
    when = np.where(told, known[of], NO_TIME)
    return Labels(
        code=label,
        event=np.where(label == POSITIVE, when, NO_TIME),
        known=when,
        ends=np.full(of.size, NO_TIME),
        unknown={why: n for why, n in reasons.items() if n},
    )


def _said(rule: LifeLabel, lives: Lives) -> IntArray:
    """Tell what each row of the test says: failed before the age, lasted beyond it, or neither."""
    early = lives.upper <= rule.before
    if rule.modes:
        early &= codes_among(lives.mode, rule.modes) >= 0
    return np.where(early, POSITIVE, np.where(lives.lower >= rule.before, NEGATIVE, UNKNOWN))


def _in_force(
    unit: IntArray, said: IntArray, known: IntArray, units: int
) -> tuple[IntArray, IntArray]:
    """Newest saying of each unit, and since when it has been said without a break.

    Rows are in the order of unit and revision.
    """
    code, since = np.full(units, UNKNOWN), np.full(units, NO_TIME)
    if unit.size == 0:
        return code, since
    last = np.append(unit[1:] != unit[:-1], True)
    begins = np.concatenate([[True], (unit[1:] != unit[:-1]) | (said[1:] != said[:-1])])
    run = np.maximum.accumulate(np.where(begins, np.arange(unit.size), 0))
    code[unit[last]] = said[last]
    since[unit[last]] = known[run[last]]
    return code, since
