"""Claims held against what happened: values, totals and crossings.

An action on the tool ends what a prediction can be held to: what would have come without it is not
known. Such a prediction is undetermined, unless it had been decided before; so is one whose end was
not seen, because nothing was measured any more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.drift.episode import CONTROLLED
from ops.prediction import Band, Prediction
from ops.values import FloatArray, IntArray, PlantEvent

DAY_US = 86_400_000_000
ACTIONS = CONTROLLED  # kinds of events that end what a forecast can be held to
SETTLING = 7 * DAY_US  # how long a level must mostly stay beyond a limit to have passed it


@dataclass(frozen=True, slots=True)
class Kept:
    """A prediction as it is kept: who made it, and when."""

    analysis: str
    run_id: str
    issued_at: int  # microseconds since 1970 UTC
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class Stream:
    """What was measured of a subject, by time.

    Parameters
    ----------
    until
        Instant up to which something is known: where its characteristic is measured no more,
        that of the last value.
    tools
        Codes of the tools that its values come from.
    """

    ts: IntArray
    value: FloatArray
    until: int
    tools: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scored:
    """A prediction and what came of it.

    Parameters
    ----------
    actual
        What happened: the mean or total, or the instant of the crossing; None if it did not
        happen, or cannot be told.
    held
        Level of each band to whether it held; None: undetermined.
    """

    kept: Kept
    actual: float | None
    held: Mapping[float, bool | None]


def score(kept: Kept, stream: Stream, events: Sequence[PlantEvent]) -> Scored:
    """Hold one prediction (not an ``index``) against what was measured.

    Parameters
    ----------
    events
        All events of the site; those that act on its tools after it was made count.
    """
    prediction = kept.prediction
    if prediction.quantity == "crossing":
        end = min(stream.until, prediction.end, *_acted(kept, stream, events))
        seen = _crossing(prediction, stream, end)
        held = {b.level: _crossing_held(b, prediction, seen) for b in prediction.bands}
        return Scored(kept, seen.crossed, held)
    spoilt = prediction.quantity != "total" and _acted(kept, stream, events)
    actual = None if spoilt else _observed(prediction, stream)
    return Scored(kept, actual, {b.level: _within(b, actual) for b in prediction.bands})


def actions_on(
    site: str, characteristic: str, stream: Stream, events: Sequence[PlantEvent]
) -> Iterator[PlantEvent]:
    """Events that act on the tools of a stream, or on the site or characteristic as a whole."""
    for event in events:
        if (
            event.kind in ACTIONS
            and event.site == site
            and (not event.tool or event.tool in stream.tools)
            and event.characteristic in ("", characteristic)
        ):
            yield event


def _acted(kept: Kept, stream: Stream, events: Sequence[PlantEvent]) -> list[int]:
    """Instants of actions from when it was made to its end; one that went on then counts too."""
    said = kept.prediction
    since = min(kept.issued_at, said.start)
    return [
        max(event.ts, since)
        for event in actions_on(said.site, said.characteristic, stream, events)
        if event.ts < said.end and (event.ended_at or event.ts) > since
    ]


def _observed(prediction: Prediction, stream: Stream) -> float | None:
    """Mean or total of a stretch that is over; None where its end has not been seen."""
    if stream.until < prediction.end:
        return None
    inside = slice(*np.searchsorted(stream.ts, (prediction.start, prediction.end)))
    values = stream.value[inside]
    if prediction.quantity == "total":
        return float(values.sum())
    return float(values.mean()) if values.size else None


def _within(band: Band, actual: float | None) -> bool | None:
    if actual is None:
        return None
    above = band.lower is None or band.lower <= actual
    return above and (band.upper is None or actual <= band.upper)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where a limit was passed: between two instants; and from when on nothing is known."""

    after: float = np.inf
    before: float = np.inf
    open_from: float = np.inf

    @property
    def crossed(self) -> float | None:
        return None if self.before == np.inf else (self.after + self.before) / 2.0


def _crossing(prediction: Prediction, stream: Stream, end: int) -> _Seen:
    """Find when the level passed the limit, by the means of days up to `end`.

    Where two days in a row lie beyond, the week from then on is looked at with all that was before:
    the level passed where the days best part into ones within and ones beyond, if at least two lie
    beyond. So neither a lot nor the scatter of a level close to its limit counts, and the instant
    is neither early nor late.
    """
    days, mean = _daily(prediction, stream, end)
    assert prediction.limit is not None, "a crossing passes a limit"
    beyond = mean > prediction.limit if prediction.rising else mean < prediction.limit
    start = prediction.start
    for at in np.flatnonzero(beyond[:-1] & beyond[1:]):
        within = int(np.searchsorted(days, days[at] + SETTLING // DAY_US))
        lead = np.concatenate([[0], np.cumsum(np.where(beyond[:within], -1, 1))])
        first = int(np.argmax(lead))
        if within - first >= 2:
            after = start if first == 0 else start + (int(days[first - 1]) * 2 + 1) * DAY_US / 2
            before = start + (int(days[first]) * 2 + 1) * DAY_US / 2  # middles of these days
            return _Seen(after, before, end)
    if days.size == 0:
        return _Seen(open_from=start)
    # a level that was beyond when it was last seen may have been passing
    within = int(days.size - np.argmax(~beyond[::-1])) if not beyond.all() else 0
    known = start + DAY_US * (int(days[within - 1]) + 1 if within else 0)
    return _Seen(open_from=min(known, end))


def _daily(prediction: Prediction, stream: Stream, end: int) -> tuple[IntArray, FloatArray]:
    """Days since the start of the prediction with values, and their means."""
    inside = slice(*np.searchsorted(stream.ts, (prediction.start, end)))
    days, first = np.unique((stream.ts[inside] - prediction.start) // DAY_US, return_index=True)
    if days.size == 0:
        return days, np.zeros(0)
    count = np.diff(np.append(first, stream.ts[inside].size))
    return days, np.add.reduceat(stream.value[inside], first) / count


def _crossing_held(band: Band, prediction: Prediction, seen: _Seen) -> bool | None:
    """Whether the crossing lay within the band; what was not seen to its end is undetermined."""
    lower = -np.inf if band.lower is None else band.lower - DAY_US  # told to the day
    upper = np.inf if band.upper is None else band.upper + DAY_US
    if seen.crossed is not None:
        return _lay_within(seen, lower, upper)
    if seen.open_from > upper:
        return False  # it should have come by then
    if seen.open_from >= prediction.end - DAY_US:
        return band.upper is None  # not within the stretch, and that was allowed
    return None


def _lay_within(seen: _Seen, lower: float, upper: float) -> bool | None:
    """Where days without values hide the crossing, both ends of what they hide must agree."""
    if seen.before - seen.after <= 2 * DAY_US:
        return lower <= (seen.after + seen.before) / 2.0 <= upper
    ends = (lower <= seen.after, seen.before <= upper)
    if all(ends):
        return True
    return False if seen.before < lower or upper < seen.after else None
