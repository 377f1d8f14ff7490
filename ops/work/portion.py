"""A portion of what has come for a design, judged: the states and judgements of its streams."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ops.db import chart_states
from ops.db.arrived import Arrived, Key, arrived
from ops.db.chart_states import STEP, Progress
from ops.db.designs_in_force import InForce
from ops.db.engine import Database
from ops.db.stream_rows import beyond, end_of_portion, stream_rows
from ops.db.violations import Verdicts
from ops.spc.arrivals import Arrivals
from ops.spc.memory import Judgement, Memory
from ops.spc.onward import Coming, advance_all

_EVER: Key = (-2_208_988_800_000_000, -(2**62))  # before any key: the year 1900


@dataclass(frozen=True, slots=True)
class Outcome:
    """What judging a stream gave.

    Parameters
    ----------
    base
        State that it went on from.
    rebuilt
        Whether that state is older than the newest one: what came after it is replaced.
    """

    stream: str
    base: Memory
    rebuilt: bool
    states: tuple[Memory, ...]
    judgements: tuple[Judgement, ...]

    @property
    def last(self) -> Memory:
        """State that the stream is in."""
        return self.states[-1] if self.states else self.base

    def verdicts(self) -> Verdicts:
        """Say what is to be stored."""
        since = _since(self.base) if self.rebuilt else None
        broken = tuple(j for j in self.judgements if j.rules)
        return Verdicts(self.stream, broken, since, self.last.trace)


class Known:
    """Newest states of streams as this judge left them, by design.

    They hold as long as the design stands where this judge moved it: nobody stores a state without
    moving the design on.
    """

    def __init__(self) -> None:
        self._of: dict[int, tuple[Progress, dict[str, Memory]]] = {}

    def states(self, session: Session, one: InForce, streams: Collection[str]) -> dict[str, Memory]:
        """Newest states of some streams, those that have one."""
        at, states = self._of.get(one.id, (None, dict[str, Memory]()))
        if at != progress_of(one):
            states = {}
            self._of[one.id] = (progress_of(one), states)
        unknown = [stream for stream in streams if stream not in states]
        if unknown:
            stored = chart_states.newest(session, one.id, unknown)
            states.update((stream, stored.get(stream, Memory())) for stream in unknown)
        return {stream: states[stream] for stream in streams if states[stream].rows}

    def keep(self, one: InForce, outcomes: list[Outcome]) -> None:
        """Remember what was stored; the design has been moved on."""
        _, states = self._of.get(one.id, (None, dict[str, Memory]()))
        states.update((outcome.stream, outcome.last) for outcome in outcomes)
        self._of[one.id] = (progress_of(one), states)

    def forget(self, one: InForce) -> None:
        """Forget a design that somebody else has moved."""
        self._of.pop(one.id, None)


def progress_of(one: InForce) -> Progress:
    """Say how far a design has judged, as it was read."""
    return Progress(one.seen, one.reached)


def next_portion(
    database: Database, one: InForce, high: int, known: Known
) -> tuple[Progress, list[Outcome]]:
    """Judge a portion: how far it goes, and what it gave."""
    if one.seen is None or one.reached is not None:
        return _backlog(database, one, high if one.seen is None else one.seen, known)
    with database.read() as session:
        upto, touched = arrived(session, database.columnar, one, high)
        if touched is None:
            return Progress(upto), []
        states = _states(session, one, touched, known)
    first_of = _first_of(touched, states)
    late = {s: k for s, k in first_of.items() if s in states and k <= position(states[s])}
    found = [_rebuilt(database, one, upto, stream, key) for stream, key in sorted(late.items())]
    return Progress(upto), found + _forward(database, one, upto, touched, states, set(late))


def _states(session: Session, one: InForce, touched: Arrived, known: Known) -> dict[str, Memory]:
    if touched.first_of is None:
        return chart_states.newest(session, one.id, None)
    return known.states(session, one, touched.first_of)


def _backlog(
    database: Database, one: InForce, high: int, known: Known
) -> tuple[Progress, list[Outcome]]:
    """Judge the next portion, in time, of what was there before the design was in force."""
    first = one.start if one.reached is None else one.reached
    with database.read() as session:
        end = end_of_portion(session, one, first, high)
    last = None if end is None else end - 1
    rows = stream_rows(database, one, high=high, first=first, last=last)
    fresh = one.reached is None
    with database.read() as session:
        states = {} if fresh else known.states(session, one, rows)
    parts = [(stream, states.get(stream, Memory()), new) for stream, new in rows.items()]
    return Progress(high, end), _outcomes(one, parts, rebuilt=fresh)


def _first_of(touched: Arrived, states: dict[str, Memory]) -> dict[str, Key]:
    """First touched key of each stream; where no context tells it, that of all."""
    if touched.first_of is not None:
        return touched.first_of
    return dict.fromkeys(states, touched.first)


def _forward(
    database: Database,
    one: InForce,
    high: int,
    touched: Arrived,
    states: dict[str, Memory],
    late: set[str],
) -> list[Outcome]:
    """Go on with the streams of which nothing came late."""
    firsts = touched.first_of
    first = touched.first if firsts is None else min(
        (key for stream, key in firsts.items() if stream not in late), default=None
    )  # fmt: skip
    if first is None:
        return []
    rows = stream_rows(database, one, high=high, first=first[0], last=touched.last[0])
    parts: list[_Part] = []
    for stream, arrivals in rows.items():
        if stream in late or (firsts is not None and stream not in firsts):
            continue
        base = states.get(stream, Memory())
        parts.append((stream, base, beyond(arrivals, position(base)) if base.rows else arrivals))
    return _outcomes(one, parts, rebuilt=False)


def _rebuilt(database: Database, one: InForce, high: int, stream: str, key: Key) -> Outcome:
    """Judge a stream anew from the last state before a key."""
    with database.read() as session:
        base = chart_states.before(session, one.id, stream, key)
    first = base.ts if base.rows else one.start
    rows = stream_rows(database, one, high=high, first=first, stream=stream).get(stream)
    if rows is None:
        return Outcome(stream, base, True, (), ())
    new = beyond(rows, position(base)) if base.rows else rows
    found = _outcomes(one, [(stream, base, new)], rebuilt=True)
    return found[0] if found else Outcome(stream, base, True, (), ())


_Part = tuple[str, Memory, Arrivals]


def _outcomes(one: InForce, parts: list[_Part], *, rebuilt: bool) -> list[Outcome]:
    """Judge streams side by side, in portions that end at the states to be kept."""
    parts = [part for part in parts if part[2].ts.size]
    states = [list[Memory]() for _ in parts]
    judgements = [list[Judgement]() for _ in parts]
    places = [0] * len(parts)
    left = list(range(len(parts)))
    while left:
        coming: list[Coming] = []
        for i in left:
            stream, base, arrivals = parts[i]
            memory = states[i][-1] if states[i] else base
            after = min(places[i] + STEP - memory.rows % STEP, arrivals.ts.size)
            coming.append(Coming(stream, memory, arrivals.take(slice(places[i], after))))
            places[i] = after
        for i, judged in zip(left, advance_all(one.design, coming), strict=True):
            states[i].append(judged.memory)
            judgements[i] += judged.judgements
        left = [i for i in left if places[i] < parts[i][2].ts.size]
    return [
        Outcome(stream, base, rebuilt, tuple(states[i]), tuple(judgements[i]))
        for i, (stream, base, _) in enumerate(parts)
    ]


def position(memory: Memory) -> Key:
    """Key of the last measurement that a memory has seen."""
    return memory.ts, memory.seq


def _since(base: Memory) -> Key:
    """First key that a point judged after a state can have."""
    if base.open is not None:
        return base.open.ts, base.open.seq
    return (base.ts, base.seq + 1) if base.rows else _EVER
