"""Labels from events at the tool, from alerts, from what alerts were closed as."""

import numpy as np

from ops.classify.build.columns import NEVER, Alerts, RecipeData
from ops.classify.build.happened import event_facts
from ops.classify.build.label import NEGATIVE, POSITIVE, UNKNOWN, Labels, label_window, labelled
from ops.classify.build.levels import codes_among
from ops.classify.build.rows import Rows
from ops.classify.build.windows import Facts, Windows, facts_of, pairs, was_known
from ops.classify.recipe_labels import EventLabel, FindingLabel
from ops.classify.table import NO_TIME
from ops.values import BoolArray, IntArray

_STILL_OPEN = "an alert of its window is open or unclear"


def event_label(rule: EventLabel, rows: Rows, data: RecipeData) -> Labels:
    """Label rows by events of some kinds on their tool in the window."""
    window = label_window(
        rows, from_hours=rule.from_hours, horizon_hours=rule.horizon_hours,
        settle_hours=rule.settle_hours, as_of=data.as_of,
    )  # fmt: skip
    n = rows.moment.size
    event, known = np.full(n, NEVER), np.full(n, NEVER)
    keys = (rows.tool.codes, np.zeros(n, dtype=np.int64))
    for facts, key in zip(event_facts(data.events, rule.events, rows), keys, strict=True):
        windows = Windows(key, window.after, window.ends, np.full(n, data.as_of))
        _earliest(facts, windows, event, known)
    return labelled(window, _or_none(event), _or_none(known), {})


def finding_label(rule: FindingLabel, rows: Rows, data: RecipeData) -> Labels:
    """Label rows by alerts on their tool that began in the window."""
    window = label_window(
        rows, from_hours=rule.from_hours, horizon_hours=rule.horizon_hours,
        settle_hours=rule.settle_hours, as_of=data.as_of,
    )  # fmt: skip
    alerts = data.alerts
    n = rows.moment.size
    event, known = np.full(n, NEVER), np.full(n, NEVER)
    windows = Windows(rows.tool.codes, window.after, window.ends, np.full(n, data.as_of))
    on_tool = _about(rule, alerts, codes_among(alerts.tool, rows.tool.levels))
    if not rule.confirmed:
        _earliest(_facts(alerts, on_tool, alerts.known), windows, event, known)
        return labelled(window, _or_none(event), _or_none(known), {})
    closed = alerts.closed <= data.as_of
    confirmed = closed & _is(alerts, "confirmed")
    _earliest(
        _facts(alerts, np.where(confirmed, on_tool, -1), alerts.closed), windows, event, known
    )
    open_ = ~confirmed & ~(closed & _is(alerts, "false-alarm")) & (alerts.known <= data.as_of)
    doubt, ignored = np.full(n, NEVER), np.full(n, NEVER)
    _earliest(_facts(alerts, np.where(open_, on_tool, -1), alerts.known), windows, doubt, ignored)
    waiting = data.as_of - alerts.ts[open_ & ~closed & (on_tool >= 0)]
    doubts = {_STILL_OPEN: doubt != NEVER}
    return labelled(window, _or_none(event), _or_none(known), doubts, waiting=waiting)


def outcome_label(rows: Rows, data: RecipeData) -> Labels:
    """Label alerts by what they were closed as."""
    alerts, of = data.alerts, rows.alert
    closed = alerts.closed[of] <= data.as_of
    yes, no = (closed & _is(alerts, outcome)[of] for outcome in ("confirmed", "false-alarm"))
    code = np.where(yes, POSITIVE, np.where(no, NEGATIVE, UNKNOWN))
    told = code != UNKNOWN
    reasons = {"it is open": int((~closed).sum()), "it was closed as unclear or without a word":
        int((closed & ~told).sum())}  # fmt: skip
    return Labels(
        code=code,
        event=np.where(told, rows.moment, NO_TIME),
        known=np.where(told, alerts.closed[of], NO_TIME),
        ends=np.full(of.size, NO_TIME),
        unknown={why: n for why, n in reasons.items() if n},
        waiting=data.as_of - rows.moment[~closed],
    )


def _about(rule: FindingLabel, alerts: Alerts, key: IntArray) -> IntArray:
    if not rule.characteristics:
        return key
    about = codes_among(alerts.characteristic, rule.characteristics) >= 0
    return np.where(about, key, -1)


def _is(alerts: Alerts, outcome: str) -> BoolArray:
    found: BoolArray = codes_among(alerts.outcome, (outcome,)) == 0
    return found


def _facts(alerts: Alerts, key: IntArray, known: IntArray) -> Facts:
    return facts_of(key, alerts.ts, known, np.full(key.size, NEVER))


def _earliest(facts: Facts, windows: Windows, event: IntArray, known: IntArray) -> None:
    """Lower the time of the event, and the time at which the first one was known, of each row."""
    for found in pairs(facts, windows):
        seen = found.those(was_known(facts, windows, found))
        np.minimum.at(event, seen.row, facts.ts[seen.fact])
        np.minimum.at(known, seen.row, facts.known[seen.fact])


def _or_none(time: IntArray) -> IntArray:
    return np.where(time == NEVER, NO_TIME, time)
