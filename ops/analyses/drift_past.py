"""What was here before: earlier episodes of the tools, what was done, and what it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_record import JudgedRecord, family_points
from ops.drift.action_effect import ActionEffect, action_effect
from ops.drift.crow_amsaa import CrowAmsaa, crow_amsaa
from ops.drift.effect_pool import PooledEffect, pooled_effects
from ops.drift.episode import CONTROLLED, Episode, ToolHistory, episodes, family_episodes
from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.past_action import PastAction, past_actions
from ops.drift.policy import ActionKind, ActionPolicy
from ops.drift.recurrence import LEAST_VALUES, revisits
from ops.drift.revisit import Recurrence
from ops.drift.rule_match import Remembered
from ops.errors import NotEnoughData
from ops.query import ProcessData
from ops.values import FloatArray, IntArray

KINDS = CONTROLLED - {"correction"}  # corrections are many: they are counted within episodes
MOST_TOOLS, LEAST_ACTIONS = 60, 3


@dataclass(frozen=True, slots=True)
class Past:
    """What is remembered.

    Parameters
    ----------
    actions
        What was done to the tool, oldest first; routine is left out.
    attempts
        Those of them that were against the present drift: taken since it began, or that surely
        moved the level home, from where it drifted again.
    effects, pooled
        Before and after of each action that could be measured, and of each kind.
    crow
        Growth of the corrections or, without them, of all actions; None with fewer than 3.
    recurrence
        Answer to whether this happened before; None where it was not asked, or cannot be told.
    """

    actions: tuple[PastAction, ...]
    attempts: tuple[PastAction, ...]
    effects: tuple[ActionEffect, ...]
    pooled: tuple[PooledEffect, ...]
    crow: CrowAmsaa | None
    recurrence: Recurrence | None

    def remembered(self, kinds: Mapping[str, ActionKind]) -> tuple[Remembered, ...]:
        """Say what was done in the episodes that this one repeats, and whether it held."""
        if self.recurrence is None:
            return ()
        return tuple(
            Remembered(kinds[r.closed], r.outcome.judged in ("fixed", "better"))
            for r in self.recurrence.verified
            if r.closed in kinds and r.outcome is not None and r.outcome.judged != "unknown"
        )


def find_past(
    data: ProcessData,
    judged: JudgedRecord,
    params: DriftParams,
    policy: ActionPolicy,
    began: int | None,
    rng: np.random.Generator,
) -> Past:
    """Look back at what happened to this tool, and to its like.

    Parameters
    ----------
    began
        When the present drift began, microseconds since 1970 UTC; None where there is none.
    """
    origin = int(judged.record.ts[0])
    since = (e for e in judged.events if e.ts >= origin)
    actions, neighbours = past_actions(since, policy, tool=params.tool, origin=origin)
    t = (judged.points.ts - origin) / MICROS_PER_DAY
    measured = (
        action_effect(t, judged.points.value, a, neighbours, home=judged.home) for a in actions
    )
    effects = tuple(e for e in measured if e is not None)
    meant = tuple(a for a in actions if a.event not in policy.routine)
    return Past(
        actions=meant,
        attempts=() if began is None else _attempts(meant, effects, began - origin),
        effects=effects,
        pooled=pooled_effects(effects) if effects else (),
        crow=_growth(judged, meant),
        recurrence=_recurrence(data, judged, params, rng) if params.recurrence else None,
    )


def _attempts(
    actions: Sequence[PastAction], effects: Sequence[ActionEffect], began: int
) -> tuple[PastAction, ...]:
    """Actions since it began, and those before that moved the level home for sure."""
    helped = {e.action for e in effects if _helped(e)}
    day = began / MICROS_PER_DAY
    return tuple(a for a in actions if a.t >= day or a in helped)


def _helped(effect: ActionEffect) -> bool:
    """Whether the jump is surely towards home."""
    return effect.jump_upper < 0 if effect.offset > 0 else effect.jump_lower > 0


def _growth(judged: JudgedRecord, actions: Sequence[PastAction]) -> CrowAmsaa | None:
    """Growth of corrections with time: of the events of that kind, else of all that is meant.

    What is done on schedule says nothing of the tool, and is left out.
    """
    corrected = [a.t for a in actions if a.event == "correction"]
    times = np.array(corrected if len(corrected) >= LEAST_ACTIONS else [a.t for a in actions])
    times = np.unique(times[times > 0])
    end = max(float(judged.record.t[-1]), float(times[-1]) if times.size else 0.0)
    return crow_amsaa(times, end=end) if times.size >= LEAST_ACTIONS and end > 0 else None


def _recurrence(
    data: ProcessData, judged: JudgedRecord, params: DriftParams, rng: np.random.Generator
) -> Recurrence | None:
    current, past = _episodes(data, judged, params)
    if current is None or current.y.size < LEAST_VALUES:
        return None
    try:
        return revisits(current, past, rng=rng, margin=judged.margin, spec=judged.spec)
    except NotEnoughData:
        return None


def _episodes(
    data: ProcessData, judged: JudgedRecord, params: DriftParams
) -> tuple[Episode | None, tuple[Episode, ...]]:
    """Episode that is running at the judged tool, and all that went before at its like."""
    family = family_points(data, params) if params.tool else {}
    own = _history(data, judged, params.tool, judged.points.ts, judged.points.value)
    mine = episodes(own, kinds=KINDS, margin=judged.margin)
    if not mine:
        return None, ()
    others = [
        _history(data, judged, tool, ts, y)
        for tool, (ts, y) in list(family.items())[:MOST_TOOLS]
        if tool != params.tool
    ]
    like = family_episodes(others, kinds=KINDS, margin=judged.margin)
    return mine[-1], (*mine[:-1], *like)


def _history(
    data: ProcessData, judged: JudgedRecord, tool: str, ts: IntArray, y: FloatArray
) -> ToolHistory:
    """Collect what is known of a tool; a mark is of the tool whose value stands at its instant."""
    about = judged.series.characteristic
    events = tuple(e for e in data.events if e.site == about.site and e.tool in ("", tool))
    stamps = set(ts.tolist())
    marks = tuple(m for m in data.marks if m.characteristic_id == about.id and m.ts in stamps)
    return ToolHistory(tool, ts, y, events, marks)
