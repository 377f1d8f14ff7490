"""Labels of rows: what happened, when, from when one knew it, and why one does not know."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.classify.build.columns import HOUR_US
from ops.classify.build.rows import Rows
from ops.classify.table import NO_TIME
from ops.values import BoolArray, FloatArray, IntArray

POSITIVE, NEGATIVE, UNKNOWN = 1, 0, -1
OPEN = "its window has not ended"


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of all rows.

    Parameters
    ----------
    code : shape (n,)
        1 for an event, 0 for none, -1 for unknown.
    event, known : shape (n,)
        When the event happened and when the label was known, microseconds since 1970 UTC;
        `NO_TIME` where there is none.
    ends : shape (n,)
        End of the label's window; `NO_TIME` where it has none.
    unknown
        Why labels are unknown: reason to rows.
    number : shape (n,)
        The value to be predicted, NaN where it is unknown; None for classes.
    waiting : shape (k,)
        How long one has waited, in microseconds, for news that is known to come.
    """

    code: IntArray
    event: IntArray
    known: IntArray
    ends: IntArray
    unknown: Mapping[str, int]
    number: FloatArray | None = None
    waiting: IntArray | None = None


@dataclass(frozen=True, slots=True)
class LabelWindow:
    """Half-open window ``(after, ends]`` of each row, and whether it is over and settled."""

    after: IntArray
    ends: IntArray
    settled: IntArray  # when it counts as over
    over: BoolArray


def label_window(
    rows: Rows, *, from_hours: float, horizon_hours: float, settle_hours: float, as_of: int
) -> LabelWindow:
    """Window of a label behind each moment."""
    after = rows.moment + round(from_hours * HOUR_US)
    ends = after + round(horizon_hours * HOUR_US)
    settled = ends + round(settle_hours * HOUR_US)
    return LabelWindow(after, ends, settled, settled <= as_of)


def labelled(
    window: LabelWindow,
    event: IntArray,
    known: IntArray,
    doubts: Mapping[str, BoolArray],
    last_news: IntArray | None = None,
    waiting: IntArray | None = None,
) -> Labels:
    """Labels of rows of which some have an event in their window.

    Parameters
    ----------
    event, known : shape (n,)
        Of rows with an event; `NO_TIME` for the others.
    doubts
        Reason to the rows without event that it makes unknown although their window is over.
    last_news : shape (n,)
        When the last fact was known that says that there was none.
    """
    happened = event != NO_TIME
    code = np.where(happened, POSITIVE, np.where(window.over, NEGATIVE, UNKNOWN))
    reasons = {OPEN: int((code == UNKNOWN).sum())}
    for why, rows in doubts.items():
        doubted = rows & (code == NEGATIVE)
        code[doubted] = UNKNOWN
        reasons[why] = int(doubted.sum())
    news = window.settled if last_news is None else np.maximum(window.settled, last_news)
    return Labels(
        code=code,
        event=event,
        known=np.where(happened, known, np.where(code == NEGATIVE, news, NO_TIME)),
        ends=window.ends,
        unknown={why: n for why, n in reasons.items() if n},
        waiting=waiting,
    )
