"""Revisits: earlier episodes that look like the current one, verified or rejected."""

from dataclasses import dataclass

from ops.drift.candidate import Kind
from ops.drift.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Revisit:
    """An earlier episode that looks like the current one, verified or rejected.

    Parameters
    ----------
    tool, opened, start, end
        The earlier episode; times in microseconds since 1970 UTC.
    window
        Its stretch that matches, begin and end.
    kind
        What agrees: the ``shape`` whatever the level, the ``level``, or the whole ``course``.
    distance, bound
        Root mean square distance of the smoothed courses and the upper bound of their largest
        difference, in the unit.
    profile, descriptor
        Distances that nominated it (`Candidate.profile`, `descriptor_distances`).
    p_chance
        That luck finds so near a match anywhere; all looks are paid for.
    p_difference
        Of the null that both courses agree.
    verified, reason
        Whether it counts, and why not.
    causes, action, closed, detail, outcome
        What was the matter then, what was done, and whether it helped.
    """

    tool: str
    opened: str
    start: int
    end: int
    window: tuple[int, int]
    kind: Kind
    distance: float
    bound: float
    profile: float | None
    descriptor: float
    p_chance: float
    p_difference: float
    verified: bool
    reason: str
    causes: tuple[str, ...]
    action: str
    closed: str
    detail: tuple[tuple[str, str], ...]
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Window of an earlier level regime of this tool to which the current one has returned."""

    tool: str
    start: int
    end: int
    level: float
    n: int


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Answer to whether this happened before.

    Parameters
    ----------
    verified, rejected
        The surest first.
    anchor
        Baseline to compare with from now on; None if no level regime of the tool is revisited.
    candidates, stretches
        Earlier episodes that could be compared, and places in them that were looked at.
    phi
        Correlation of neighbouring bins that the surrogates have; 1: a random walk.
    alpha
        Chance of any false match, over all looks.
    """

    verified: tuple[Revisit, ...]
    rejected: tuple[Revisit, ...]
    anchor: Anchor | None
    candidates: int
    stretches: int
    phi: float | None
    alpha: float

    @property
    def helped(self) -> tuple[Revisit, ...]:
        """Verified revisits whose action brought the level nearer to its target."""
        return tuple(
            r for r in self.verified if r.outcome and r.outcome.judged in ("fixed", "better")
        )
