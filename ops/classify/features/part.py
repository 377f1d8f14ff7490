"""What is learned of one column: fill, scale, levels; and what a caller must send."""

from dataclasses import dataclass
from typing import Literal

from ops.classify.spec import Missing

HUGE = 1e100  # a number beyond it, like NaN and infinity, counts as missing
MARGIN = 0.1  # share of the range seen by which a number may leave it before it is unusual


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A column that a caller must send.

    Parameters
    ----------
    unit
        Unit of its numbers, that of the training rows; "" if none is known.
    factor, offset
        Value in the unit of the features = factor * sent + offset.
    levels
        Levels that the training rows had, sorted; () for numbers.
    low, high
        Range of the training rows in `unit`, None for texts and where all are missing.
    seen_missing
        Whether a training row had no value.
    note
        What it is made of, for a feature that cannot be made of one row: a lag, a rolling
        statistic, hours since an event. "" for a column of the dataset.
    channels, points
        Of a trace: its channels, and the points of the longest one that was seen; 0 otherwise.
    """

    name: str
    type: Literal["number", "category", "trace"]
    unit: str = ""
    factor: float = 1.0
    offset: float = 0.0
    levels: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    seen_missing: bool = False
    note: str = ""
    channels: int = 0
    points: int = 0

    @property
    def is_turned(self) -> bool:
        """Whether the features are made in another unit than the one it is sent in."""
        return self.factor != 1.0 or self.offset != 0.0

    @property
    def limits(self) -> tuple[float, float]:
        """Numbers outside of these are unusual: the range seen, a tenth of it added to each end."""
        if self.low is None or self.high is None:
            return -HUGE, HUGE
        spare = MARGIN * (self.high - self.low)
        return self.low - spare, self.high + spare


@dataclass(frozen=True, slots=True)
class NumberPart:
    """A column of numbers as a feature, and a 0/1 feature of its missing values if `flag`.

    Parameters
    ----------
    column, unit
        Column or derived feature; unit in which `fill`, `center` and `scale` are.
    missing
        Policy; `refuse` makes a missing value an error.
    fill
        What stands in for a missing value.
    center, scale
        Standardised = (value - center) / scale.
    """

    column: str
    unit: str
    missing: Missing
    fill: float
    center: float
    scale: float
    flag: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its features."""
        return (self.column, f"{self.column}: missing") if self.flag else (self.column,)


@dataclass(frozen=True, slots=True)
class CategoryPart:
    """A column of texts as 0/1 features.

    Parameters
    ----------
    kept
        Levels with a feature of their own, sorted.
    reference
        Level without a feature, against which the others are told; None if there is none.
    rare
        Levels that share the feature `rare`; (): there is no such feature.
    flag
        Whether there is a feature for missing texts.
    unknown
        What a level does that training has not seen.
    """

    column: str
    kept: tuple[str, ...]
    reference: str | None
    rare: tuple[str, ...]
    flag: bool
    unknown: Literal["rare", "refuse"]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its features."""
        own = tuple(f"{self.column} = {level}" for level in self.kept)
        rare = (f"{self.column}: rare",) if self.rare else ()
        return own + rare + ((f"{self.column}: missing",) if self.flag else ())


Part = NumberPart | CategoryPart
