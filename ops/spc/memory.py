"""What a chart remembers of a stream, so that a new point is judged without the old ones.

Run rules and moving averages look back over finitely many points, averages and sums over their last
value, a moving range over one point: what is kept is enough to go on exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ops.spc.arrivals import Open
from ops.values import IntArray

TRACE = 20  # plotted points that are shown as evidence


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of a stream after its last measurement.

    Parameters
    ----------
    rows, points
        Measurements taken, points plotted.
    ts, seq
        Key of the last measurement taken.
    tail
        Last standardized values, as many as a rule or a moving average looks back; None: unjudged.
    last
        Value of the last point, for the moving range; None if it had none.
    level, grown
        EWMA of standardized values, and its variance.
    upper, lower
        Sums of a CUSUM; None before its first point, which starts at the head start.
    open
        Subgroup under way.
    trace
        Instant and statistic of the last plotted points.
    """

    rows: int = 0
    points: int = 0
    ts: int = 0
    seq: int = 0
    tail: tuple[float | None, ...] = ()
    last: float | None = None
    level: float = 0.0
    grown: float = 0.0
    upper: float | None = None
    lower: float | None = None
    open: Open | None = None
    trace: tuple[tuple[int, float], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """JSON of it; every number comes back as it was."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        kept["tail"], kept["trace"] = list(self.tail), [list(one) for one in self.trace]
        kept["open"] = None if self.open is None else self.open._asdict()
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Memory":
        """Memory of the JSON that `to_json` gave."""
        read: dict[str, Any] = dict(kept)
        read["tail"] = tuple(kept["tail"])
        read["trace"] = tuple((ts, value) for ts, value in kept["trace"])
        read["open"] = None if kept["open"] is None else Open(**kept["open"])
        return cls(**read)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A plotted point and what it breaks.

    Parameters
    ----------
    ts, seq
        Key of its first measurement.
    value
        Plotted statistic, in the unit of the chart; None where there is none.
    z
        Its standardized distance from the centre, in sigmas. None: not judged.
    rules
        Names of the rules that it breaks.
    """

    ts: int
    seq: int
    value: float | None
    z: float | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements of the points that were completed.

    Parameters
    ----------
    of : shape (n,)
        Index of the judgement of each arrival; ``len(judgements)`` where its subgroup is open.
    """

    memory: Memory
    judgements: tuple[Judgement, ...]
    of: IntArray
