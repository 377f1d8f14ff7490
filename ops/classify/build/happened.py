"""Features from events on the tool: hours since the last one, how many, age of a part."""

import numpy as np

from ops.classify.build.columns import HOUR_US, NEVER, Events, RecipeData
from ops.classify.build.levels import codes_among
from ops.classify.build.measured import facts_among
from ops.classify.build.rows import Rows
from ops.classify.build.windows import Facts, Windows, facts_of, last_known, pairs, was_known
from ops.classify.recipe_features import EventCountFeature, PartAgeFeature
from ops.values import FloatArray, IntArray

NO_EVENT = np.iinfo(np.int64).min


def event_facts(events: Events, kinds: tuple[str, ...], rows: Rows) -> tuple[Facts, Facts]:
    """Events of some kinds on the rows' tools, and those of no tool (key 0: they concern all)."""
    wanted = codes_among(events.kind, kinds) >= 0
    until = np.full(events.ts.size, NEVER)
    on_tool = np.where(wanted, codes_among(events.tool, rows.tool.levels), -1)
    of_all = np.where(wanted & (events.tool.codes < 0), 0, -1)
    return tuple(facts_of(key, events.ts, events.known, until) for key in (on_tool, of_all))  # type: ignore[return-value]  # two keys, two facts


def last_event(kinds: tuple[str, ...], rows: Rows, data: RecipeData) -> IntArray:
    """Time of the last event of some kinds that was known at each moment; `NO_EVENT`: none."""
    n = rows.moment.size
    after = np.full(n, NO_EVENT)
    found = np.full(n, NO_EVENT)
    keys = (rows.tool.codes, np.zeros(n, dtype=np.int64))
    for facts, key in zip(event_facts(data.events, kinds, rows), keys, strict=True):
        at = last_known(facts, Windows(key, after, rows.moment, rows.moment))
        some = at >= 0
        found[some] = np.maximum(found[some], facts.ts[at[some]])
    return found


def hours_since(kinds: tuple[str, ...], rows: Rows, data: RecipeData) -> FloatArray:
    """Hours since the last event; NaN where none is known."""
    last = last_event(kinds, rows, data)
    some = last != NO_EVENT
    hours: FloatArray = np.full(last.size, np.nan)
    hours[some] = (rows.moment[some] - last[some]) / HOUR_US
    return hours


def counted(rule: EventCountFeature, rows: Rows, data: RecipeData) -> FloatArray:
    """How many events there were in the window, as known at the moment."""
    n = rows.moment.size
    after = rows.moment - round(rule.hours * HOUR_US)
    count = np.zeros(n)
    keys = (rows.tool.codes, np.zeros(n, dtype=np.int64))
    for facts, key in zip(event_facts(data.events, rule.events, rows), keys, strict=True):
        windows = Windows(key, after, rows.moment, rows.moment)
        for found in pairs(facts, windows):
            seen = found.those(was_known(facts, windows, found))
            count += np.bincount(seen.row, minlength=n)
    return count


def part_age(rule: PartAgeFeature, rows: Rows, data: RecipeData) -> FloatArray:
    """Hours or uses since the part was changed, as known at the moment; NaN where it is not."""
    if rule.counter is None:
        return hours_since(rule.events, rows, data) * (rule.per_hour or 1.0)
    changed = last_event(rule.events, rows, data)
    read = data.readings[rule.counter]
    facts = facts_among(rows, read, "tool")
    value = read.value[facts.order]
    after = np.full(changed.size, NO_EVENT)
    now, then = (
        last_known(facts, Windows(rows.tool.codes, after, at, rows.moment))
        for at in (rows.moment, changed)
    )
    some = (now >= 0) & (then >= 0) & (changed != NO_EVENT)
    uses: FloatArray = np.full(changed.size, np.nan)
    uses[some] = value[now[some]] - value[then[some]]
    return uses
