"""Say at once what the rows of a file mean: judged, each with its disposition and its finding."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

import pyarrow as pa

from ops.db import chart_states, designs_in_force, violations
from ops.db.arrived import Key
from ops.db.batches import high_batch
from ops.db.characteristics import codes
from ops.db.designs_in_force import InForce
from ops.db.engine import Database
from ops.db.models.control import Violation
from ops.db.stream_rows import beyond, stream_rows
from ops.spc.arrivals import Arrivals, is_single
from ops.spc.broken_rule import disposition_of, sentence_of
from ops.spc.design import Disposition
from ops.spc.designed import MEMORY
from ops.spc.onward import advance, line_alone
from ops.work.judge import judge

SHOWN = 1000
MOST = 20_000  # rows of a file that are answered for
NO_DESIGN = "no approved chart design is in force for it"
NOT_JUDGED = "the design does not judge it: void, beyond the gauge, or without limits"
NOT_COMPLETE = "its subgroup is not complete yet"
_ORDER: tuple[Disposition | None, ...] = ("hold", "warn", "ok", None)


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of a file as one design judges it.

    Parameters
    ----------
    stream, design
        Stream and name of the design; "" where none judges it.
    value
        Plotted value of its point; None where it is not judged.
    rules
        Name and sentence of the rules that its point breaks.
    reason
        Why there is no disposition; "" where there is one.
    """

    ts: int
    seq: int
    characteristic: str
    design: str = ""
    stream: str = ""
    value: float | None = None
    disposition: Disposition | None = None
    rules: tuple[tuple[str, str], ...] = ()
    finding_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rows of a file mean.

    Parameters
    ----------
    disposition
        The worst one; None if nothing was judged.
    counts
        Samples by disposition; None: not judged.
    samples
        The worst first, then in time order; at most 1,000.
    left
        Rows of the file that are not answered for: it had more than 20,000.
    """

    disposition: Disposition | None
    counts: dict[Disposition | None, int]
    samples: tuple[Sample, ...]
    left: int = 0


@dataclass(slots=True)
class SentKeys:
    """Keys of the first 20,000 rows of a file, whether they were new or known."""

    of: dict[int, set[Key]] = field(default_factory=dict[int, set[Key]])
    kept: int = 0
    left: int = 0

    def add(self, table: pa.Table) -> None:
        """Remember the rows of a chunk, as many as are answered for."""
        room = MOST - self.kept
        self.left += max(0, table.num_rows - room)
        table = table.slice(0, room)
        self.kept += table.num_rows
        columns = (table.column(c).to_pylist() for c in ("characteristic_id", "ts", "seq"))
        for characteristic, ts, seq in zip(*columns, strict=True):
            self.of.setdefault(characteristic, set()).add((ts, seq))


def evaluate(database: Database, sent: SentKeys, *, now: datetime) -> Evaluation:
    """Judge the streams that a file touched, and answer for its rows, 20,000 at most."""
    with database.read() as session:
        named = codes(session, set(sent.of))
        high = high_batch(session)
        designs = designs_in_force.in_force(session, set(sent.of))
    samples: list[Sample] = []
    for characteristic, keys in sent.of.items():
        code, left = named[characteristic], set(keys)
        for one in (d for d in designs if d.characteristic_id == characteristic):
            covered = {k for k in keys if one.start <= k[0] and (not one.until or k[0] < one.until)}
            if covered:
                judge(database, one, high, now=now)
                samples += _samples(database, one, covered, high)
                left -= covered
        samples += [Sample(*key, characteristic=code, reason=NO_DESIGN) for key in left]
    return _evaluation(samples, sent.left)


def _evaluation(samples: list[Sample], left: int) -> Evaluation:
    counts = dict[Disposition | None, int].fromkeys(_ORDER, 0)
    for sample in samples:
        counts[sample.disposition] += 1
    worst: Disposition | None = next((each for each in _ORDER if each and counts[each]), None)
    samples.sort(key=lambda s: (_ORDER.index(s.disposition), s.ts, s.seq, s.characteristic))
    return Evaluation(worst, counts, tuple(samples[:SHOWN]), left)


def _samples(database: Database, one: InForce, keys: set[Key], high: int) -> Iterable[Sample]:
    first, last = min(keys), max(keys)
    rows = stream_rows(database, one, high=high, first=first[0], last=last[0])
    found: dict[Key, Sample] = {}
    alone = is_single(one.design) and one.design.kind not in MEMORY
    points = _alone if alone else _followed
    for stream, arrivals in rows.items():
        of_file = [place for place, key in enumerate(_keys(arrivals)) if key in keys]
        if of_file:
            own = arrivals.take(slice(of_file[0], of_file[-1] + 1))
            found |= {k: s for k, s in points(database, one, stream, own, high) if k in keys}
    missing = Sample(0, 0, one.code, design=one.name, reason=NOT_JUDGED)
    return [found.get(k) or _at(missing, k) for k in keys]


def _at(sample: Sample, key: Key) -> Sample:
    return Sample(*key, sample.characteristic, design=sample.design, reason=sample.reason)


def _keys(arrivals: Arrivals) -> list[Key]:
    return list(zip(arrivals.ts.tolist(), arrivals.seq.tolist(), strict=True))


def _alone(
    database: Database, one: InForce, stream: str, arrivals: Arrivals, high: int
) -> list[tuple[Key, Sample]]:
    """Points that are one row each and told by themselves: what is stored of them says the rest."""
    del high
    keys = _keys(arrivals)
    with database.read() as session:
        broken = violations.stored(session, one.id, stream, keys[0][0], keys[-1][0])
    line = line_alone(one.design, stream, arrivals)
    rows = zip(keys, line.statistic.tolist(), line.z.tolist(), strict=True)
    return [
        (key, _sample(one, stream, key, value if isfinite(z) else None, broken.get(key)))
        for key, value, z in rows
    ]


def _followed(
    database: Database, one: InForce, stream: str, arrivals: Arrivals, high: int
) -> list[tuple[Key, Sample]]:
    """Points of several rows, or with memory: followed once more from the last state before."""
    first, last = _keys(arrivals)[0], int(arrivals.ts[-1])
    with database.read() as session:
        base = chart_states.before(session, one.id, stream, first)
    start = base.ts if base.rows else one.start
    rows = stream_rows(database, one, high=high, first=start, stream=stream)[stream]
    rows = beyond(rows, (base.ts, base.seq)) if base.rows else rows
    judged = advance(base, one.design, stream, rows)
    points = judged.judgements
    with database.read() as session:
        begin = min((p.ts for p in points), default=first[0])
        broken = violations.stored(session, one.id, stream, begin, last)
    found: list[tuple[Key, Sample]] = []
    for key, place in zip(_keys(rows), judged.of.tolist(), strict=True):
        if place == len(points):
            reason = Sample(*key, one.code, one.name, stream, reason=NOT_COMPLETE)
            found.append((key, reason))
            continue
        point = points[place]
        value = None if point.z is None else point.value
        found.append((key, _sample(one, stream, key, value, broken.get((point.ts, point.seq)))))
    return found


def _sample(
    one: InForce, stream: str, key: Key, value: float | None, broken: Violation | None
) -> Sample:
    """Say what a row means; a `value` of None: it is not judged."""
    if value is None:
        return Sample(*key, one.code, one.name, stream, reason=NOT_JUDGED)
    if broken is None:
        return Sample(*key, one.code, one.name, stream, value, "ok")
    design, names = one.design, tuple(broken.rules)
    return Sample(
        *key, one.code, one.name, stream, value, disposition_of(design, names),
        tuple((name, sentence_of(design, name, broken.z)) for name in names), broken.finding_id,
    )  # fmt: skip
