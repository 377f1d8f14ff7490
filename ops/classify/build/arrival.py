"""When a fact counts as known, by the rule of the recipe."""

from dataclasses import replace

import numpy as np

from ops.classify.build.columns import NEVER, RecipeData
from ops.classify.recipe import Arrival
from ops.values import IntArray

MINUTE_US = 60_000_000
_EPOCH_US = 1_000_000


def arrived(data: RecipeData, rule: Arrival) -> RecipeData:
    """Set the known times by the rule; a correction is known when it was committed, always."""
    if rule.rule == "committed":
        return data
    readings = {
        code: replace(r, known=np.where(r.original, known_at(r.known, r.ts, rule), r.known))
        for code, r in data.readings.items()
    }
    events = replace(data.events, known=known_at(data.events.known, data.events.ts, rule))
    alerts = replace(data.alerts, known=known_at(data.alerts.known, data.alerts.ts, rule))
    return replace(data, readings=readings, events=events, alerts=alerts)


def known_at(committed: IntArray, ts: IntArray, rule: Arrival) -> IntArray:
    """Known times of facts that happened at `ts`, by a rule that assumes a delay."""
    last = NEVER if rule.until is None else round(rule.until.timestamp() * _EPOCH_US)
    assumed = np.minimum(committed, ts + round(rule.delay_minutes * MINUTE_US))
    known: IntArray = np.where(committed <= last, assumed, committed)
    return known
