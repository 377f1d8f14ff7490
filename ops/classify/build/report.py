"""What a build says of itself: rows, labels, what was left out, how late news came."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable


@dataclass(frozen=True, slots=True)
class LabelDelay:
    """Time from an event until one knew of it, in hours.

    Parameters
    ----------
    known
        Events that are known.
    quantiles
        Level (0.5, 0.9, 0.99) to the delay that such a share of the events does not exceed; None
        where the data do not reach it. Corrected for what is not known yet.
    method
        How it was corrected: ``censored`` (events of which one knows that news is to come) or
        ``truncated`` (events of which one hears only when they are known).
    waiting
        Events or windows of which news is still to come.
    unsettled
        Estimated share of the events of the last horizon that is not known yet; None: no estimate.
    """

    known: int = 0
    quantiles: Mapping[str, float | None] = field(default_factory=dict[str, float | None])
    method: str = "truncated"
    waiting: int = 0
    unsettled: float | None = None


@dataclass(frozen=True, slots=True)
class FeatureNote:
    """A column: in how many rows it is missing, and in how many because its values came late.

    Parameters
    ----------
    late
        Rows for which something was measured in the window, but nothing of it had arrived.
    late_hours
        Median of how long after the moment the first of it arrived; None where nothing was late.
    """

    column: str
    missing: int
    late: int = 0
    late_hours: float | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built.

    Parameters
    ----------
    labels
        Class to its rows; numbers count as ``number``.
    unknown
        Why labels are unknown: reason to rows.
    dropped
        Why rows were left out: reason to rows.
    """

    rows: int
    labels: Mapping[str, int]
    unknown: Mapping[str, int]
    dropped: Mapping[str, int]
    features: tuple[FeatureNote, ...]
    delay: LabelDelay
    warnings: tuple[str, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Built:
    """A dataset that was made of a recipe: rows by moment, what is said of them, how it went."""

    table: DataTable
    document: DatasetDocument
    report: BuildReport
