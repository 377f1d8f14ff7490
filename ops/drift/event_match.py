"""What happened when a series stepped: the event nearest to each change, and how likely by chance.

If events of a kind fall at random at their own rate, a window as wide as the interval of the
change, stretched to the event, holds one with probability ``1 - exp(-rate * window)``. With several
kinds the least likely one is picked, and its probability is that of the least of as many.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import expm1, log1p

from ops.drift.change_interval import Change
from ops.drift.evidence import MICROS_PER_DAY
from ops.errors import BadData
from ops.values import PlantEvent

REACH_DAYS = 1.0
CONVINCING = 0.05


@dataclass(frozen=True, slots=True)
class EventMatch:
    """A change and the event that goes best with it.

    Parameters
    ----------
    event
        None where no event of the tool lies within reach.
    lag_days
        Time of the change less time of the event (its end, if it had ended): above 0, the change
        came after; 0 while the event lasted; None without an event.
    chance
        Probability of such an event so near if events had nothing to do with it; 1 without.
    others
        Further events within reach.
    """

    change: Change
    event: PlantEvent | None
    lag_days: float | None
    chance: float
    others: int

    @property
    def is_convincing(self) -> bool:
        """Whether an event so near is unlikely by chance."""
        return self.event is not None and self.chance <= CONVINCING


def match_events(
    changes: Sequence[Change],
    events: Iterable[PlantEvent],
    *,
    tool: str,
    origin: int,
    days: float,
    reach_days: float = REACH_DAYS,
) -> tuple[EventMatch, ...]:
    """Match each change with the event log.

    Parameters
    ----------
    changes
        Steps of one characteristic of one tool.
    events
        Of the window; those of other tools are left out, those of the whole site count.
    tool
        Code of the tool.
    origin
        t = 0 of the changes, microseconds since 1970 UTC.
    days
        Length of the window that `events` covers: their rate is counted over it.
    reach_days
        How long before the earliest place of a change an event still counts.

    Raises
    ------
    BadData
        If `days` is not above 0.
    """
    if not days > 0:
        raise BadData(f"days {days} is not above 0; events need a window for their rate")
    ours = [event for event in events if event.tool in ("", tool)]
    rates = {kind: count / days for kind, count in Counter(e.kind for e in ours).items()}
    return tuple(_matched(change, ours, rates, origin, reach_days) for change in changes)


def _matched(
    change: Change,
    events: Sequence[PlantEvent],
    rates: dict[str, float],
    origin: int,
    reach_days: float,
) -> EventMatch:
    near: list[tuple[float, float, int, PlantEvent, float]] = []
    for event in events:
        began = (event.ts - origin) / MICROS_PER_DAY
        ended = began if event.ended_at is None else (event.ended_at - origin) / MICROS_PER_DAY
        if ended < change.lower - reach_days or began > change.upper:
            continue
        at = min(max(change.t, began), ended)
        window = max(change.upper, at) - min(change.lower, at)
        alone = -expm1(-rates[event.kind] * window)
        chance = -expm1(len(rates) * log1p(-alone)) if alone < 1.0 else 1.0
        near.append((chance, abs(change.t - at), event.id, event, change.t - at))
    if not near:
        return EventMatch(change, None, None, 1.0, 0)
    chance, _, _, event, lag = min(near, key=lambda one: one[:3])
    return EventMatch(change, event, lag, chance, len(near) - 1)
