"""Evidence of drift: one claim with its size, interval and p-value, by a named method."""

from dataclasses import dataclass
from typing import Literal

Mechanism = Literal[
    "trend",  # the mean moves steadily
    "step",  # the mean moved at once
    "level",  # the mean differs from the qualified baseline
    "spread",  # the variance differs or grows
    "shape",  # the distribution differs otherwise
    "corrections",  # ever more is corrected, ever more often
    "near-limit",  # ever more values lie close to a limit
    "group",  # several characteristics moved together
]
Measure = Literal["value", "value/day", "ratio", "share", "share/day", "1/day", "distance"]
MICROS_PER_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence.

    Parameters
    ----------
    mechanism, method
        What is claimed, and the name of the method that claims it, e.g. ``theil-sen``.
    estimate, lower, upper
        Size of the effect with its confidence interval; None where it has none. What it is in is
        `measure`: `value` is the unit of the characteristic, a `ratio` is 1 where nothing changed.
    p_value
        Of the null that nothing changed by more than `margin`; None: distance only.
    margin
        Half-width of what counts as nothing, in `measure`; 0 is the point null.
    since
        When it began, microseconds since 1970 UTC; None where it has no beginning.
    n, effective
        Values that it rests on, and how many independent ones they are worth.
    present
        Whether it counts: True drift, False none shown, None cannot be told.
    absent
        Whether the evidence shows that there is none (equivalence within `margin`).
    """

    mechanism: Mechanism
    method: str
    estimate: float | None
    measure: Measure
    n: int
    lower: float | None = None
    upper: float | None = None
    p_value: float | None = None
    margin: float = 0.0
    since: int | None = None
    effective: float | None = None
    present: bool | None = None
    absent: bool = False
    confidence: float = 0.95

    @property
    def direction(self) -> int:
        """1 up, -1 down, 0 neither: of the estimate against what it is where nothing changed."""
        if self.estimate is None:
            return 0
        neutral = 1.0 if self.measure == "ratio" else 0.0
        return (self.estimate > neutral) - (self.estimate < neutral)
