"""Which rows a watch looks at: what was learned from, what came later, what can be judged."""

from dataclasses import dataclass, replace

import numpy as np

from ops.analyses.classifier_monitor_params import ClassifierMonitorParams
from ops.analyses.classifier_versions import VersionAnswers
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.monitoring.maturity import Maturity, maturity
from ops.classify.monitoring.score_drift import Said
from ops.classify.monitoring.stretches import Watched
from ops.classify.table import NO_TIME
from ops.classify.training.rows import LabelledRows
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import IntArray

LEAST = 20


@dataclass(frozen=True, slots=True)
class WatchedRows:
    """Rows of a dataset in the order of time, cut where the watched version stopped learning.

    Parameters
    ----------
    times : shape (rows of the table,)
    reference, later
        Row numbers, in time order.
    newest
        Rows of the newest window, the last of `later`.
    mature
        Of the later rows.
    until
        Last instant of the reference, microseconds since 1970 UTC.
    """

    times: IntArray
    reference: IntArray
    later: IntArray
    newest: IntArray
    mature: Maturity
    until: int


def learned_until(packet: ModelPacket) -> int:
    """Last row that a version learned from; where that is unknown, when it was registered."""
    told = packet.spec.get("trained_until")
    if isinstance(told, int):
        return told
    return int(packet.created_at.timestamp() * 1e6)


def watched_rows(
    data: ClassifierData, rows: LabelledRows, params: ClassifierMonitorParams
) -> WatchedRows:
    """Cut the rows.

    Raises
    ------
    BadData
        If the dataset has no column of times.
    NotEnoughData
        With fewer than 20 rows on either side.
    """
    name = data.document.one("time")
    times = None if name is None else data.table.times.get(name)
    if times is None:
        problem = Problem("/document/columns", "give the column of times the role 'time'")
        raise BadData("a watch needs to know when rows happened, no column says it", (problem,))
    until = learned_until(data.models[0])
    order = np.argsort(times, kind="stable")
    order = order[times[order] != NO_TIME]
    at = int(np.searchsorted(times[order], until, side="right"))
    reference, later = order[:at], order[at:]
    for said, found in (("up to", reference), ("later than", later)):
        if found.size < LEAST:
            raise NotEnoughData(
                f"{found.size} rows are {said} the last one that version"
                f" {data.models[0].number} learned from, a watch needs {LEAST}; widen the dataset,"
                " or wait"
            )
    known_name = data.document.one("known_time")
    known = None if known_name is None else data.table.times.get(known_name)
    every = maturity(
        times, known, rows.y, rows.classes, now=_now(times, known), share=params.mature
    )
    mature = replace(every, mature=every.mature[later])
    return WatchedRows(times, reference, later, later[-params.newest :], mature, until)


def _now(times: IntArray, known: IntArray | None) -> int:
    """Latest instant that the rows tell of: no clock is read."""
    return max(int(times.max()), NO_TIME if known is None else int(known.max()))


def watched_answers(cut: WatchedRows, rows: LabelledRows, answers: VersionAnswers) -> Watched:
    """Answers for the later rows, with what is known of their labels.

    Parameters
    ----------
    answers
        For the later rows.
    """
    y = rows.y[cut.later]
    judged = (y >= 0) & cut.mature.mature
    return Watched(cut.times[cut.later], y, answers.probability, judged, rows.positive)


def said_of(answers: VersionAnswers, positive: int | None, part: slice) -> Said:
    """Gather what is said of some of the rows; without an event, of the likeliest class."""
    if positive is None:
        score = answers.probability[part].max(axis=1)
        called = answers.possible[part].sum(axis=1) == 1
        return Said(score, called, answers.unusual[part])
    return Said(
        answers.probability[part][:, positive],
        answers.decided[part] == positive,
        answers.unusual[part],
    )
