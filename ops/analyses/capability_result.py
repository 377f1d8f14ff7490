"""Result of the capability analysis: what is stored, exported and shown."""

from math import inf, isfinite
from typing import Any, Literal

import numpy as np
from pydantic import Field

from ops.analyses.capability_judge import total_sigma_of
from ops.analyses.capability_parts import (
    DistributionFound,
    Estimate,
    JudgedIndex,
    StabilityFound,
    ToleranceFound,
    digits,
)
from ops.analysis import AnalysisResult
from ops.capability.convention import Convention
from ops.capability.index import Indices, Interval
from ops.capability.study import Study, sigma_interval
from ops.page import Verdict
from ops.page_value import PageValue
from ops.values import Series

BINS = 30
DETAILED = 20  # characteristics with a section of their own
JudgedBy = Literal["lower-bound", "point"]


class CapabilityGroup(PageValue):
    """Capability of one group: the pool, or one level of one factor."""

    factor: str = Field(description="Factor of the stratum; empty for the pool.")
    level: str = Field(description="Level of the factor; `all` for the pool.")
    n: int = Field(description="Number of values.")
    mean: float = Field(description="Mean, in the unit of the characteristic.")
    sigma_within: Estimate | None = Field(description="Within-subgroup sigma, unit as above.")
    sigma_overall: Estimate = Field(description="Overall sigma (n - 1), unit as above.")
    cp: Estimate | None = Field(description="Cp of aiag-2005: of sigma within; both limits.")
    cpk: Estimate | None = Field(description="Cpk of aiag-2005: of sigma within.")
    pp: Estimate | None = Field(description="Pp, from sigma overall; needs both limits.")
    ppk: Estimate | None = Field(description="Ppk, from sigma overall.")
    index: JudgedIndex | None = Field(
        default=None, description="The index that is judged, by convention and distribution."
    )
    excess_ppm: float | None = Field(
        default=None,
        description="Stratum: ppm by which it lifts the share outside of the pool (expected).",
    )
    cpm: Estimate | None = Field(description="Cpm, around the target; needs both limits.")
    outside_counted: Estimate | None = Field(description="Share outside the limits, counted, 0-1.")
    outside_expected: float | None = Field(
        description="Share outside expected of the distribution that is judged, 0-1."
    )
    outside_expected_within: float | None = Field(
        description="Share of a normal of this mean and sigma within: a stable process, 0-1."
    )
    reason: str = Field(description="Why a part is null; empty if all is there.")

    @property
    def worst(self) -> float:
        """Judged index, else infinity: the key of rankings, worst first."""
        return inf if self.index is None else self.index.value

    @classmethod
    def of(
        cls,
        label: tuple[str, str],
        found: Study,
        index: JudgedIndex | None,
        confidence: float,
    ) -> "CapabilityGroup":
        """Take over a study; `label` is factor and level."""
        within, overall = found.within, found.overall
        total = total_sigma_of(found, confidence) or sigma_interval(overall, confidence)
        capability, performance = found.capability, found.performance
        return cls(
            factor=label[0],
            level=label[1],
            n=found.n,
            mean=found.mean,
            sigma_within=None
            if within is None
            else Estimate.of(sigma_interval(within, confidence)),
            sigma_overall=Estimate.of(total),
            cp=_side(capability, "two_sided"),
            cpk=_side(capability, "minimum"),
            pp=_side(performance, "two_sided"),
            ppk=_side(performance, "minimum"),
            index=index,
            cpm=None if found.cpm is None else Estimate.of(found.cpm),
            outside_counted=None if found.outside is None else Estimate.of(found.outside.counted),
            outside_expected=None if found.outside is None else digits(found.outside.expected, 10),
            outside_expected_within=digits(found.expected_within, 10),
            reason=found.reason,
        )


class CapabilityOfCharacteristic(PageValue):
    """Capability of one characteristic: the pool beside its strata."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    unit: str = Field(description="Its unit.")
    lsl: float | None = Field(description="Lower specification limit; null if there is none.")
    usl: float | None = Field(description="Upper specification limit; null if there is none.")
    target: float | None = Field(description="Target; null if there is none.")
    subgrouping: str = Field(description="Rational subgroup and estimator of sigma within.")
    pool: CapabilityGroup = Field(description="All values together.")
    strata: tuple[CapabilityGroup, ...] = Field(description="By level, worst first.")
    strata_left_out: int = Field(description="Strata beyond those shown.")
    strata_unknown: tuple[str, ...] = Field(description="Factors asked for that the data lack.")
    bin_start: float = Field(description="Left edge of the histogram, in the unit.")
    bin_width: float = Field(description="Width of each of its bins, in the unit.")
    bin_counts: tuple[int, ...] = Field(
        description="Values in each bin, from left to right; empty beyond the 20 worst."
    )
    distribution: DistributionFound | None = Field(
        default=None, description="Distribution of the total, and why; null where none varies."
    )
    stability: StabilityFound | None = Field(
        default=None, description="Run-rule evidence; null where the values do not vary."
    )
    expected_ppm: Estimate | None = Field(
        default=None, description="Ppm outside expected of that distribution."
    )
    expected_ppm_within: Estimate | None = Field(
        default=None, description="Ppm outside expected of a normal with the sigma within."
    )
    tolerance: tuple[ToleranceFound, ...] = Field(
        default=(), description="Limits that hold a share of the process."
    )
    lot_correlation: float | None = Field(
        default=None, description="Of two values of one lot, or of neighbours in time."
    )
    lots: int = Field(default=0, description="Number of lots the intervals allow for.")
    verdict: Verdict = Field(description="The answer in one sentence.")

    def lean(self) -> "CapabilityOfCharacteristic":
        """Leave out what only a section of its own would show."""
        shape = self.distribution
        bare = {"candidates": (), "plot_value": (), "plot_score": (), "plot_fit": ()}
        return self.model_copy(
            update={
                "distribution": None if shape is None else shape.model_copy(update=bare),
                "strata": (),
                "strata_left_out": self.strata_left_out + len(self.strata),
                "pool": self.pool.model_copy(
                    update={"cp": None, "pp": None, "cpm": None, "outside_expected_within": None}
                ),
                "expected_ppm_within": None,
                "bin_counts": (),
                "tolerance": (),
            }
        )


class NotStudied(PageValue):
    """A characteristic that was left out, and why."""

    code: str = Field(description="Code of the characteristic.")
    reason: str = Field(description="Why it was not studied, with the number.")


class CapabilityResult(AnalysisResult):
    """Capability of every characteristic with data, worst first."""

    requirement: float = Field(description="Index required.")
    confidence: float = Field(description="Level of the intervals.")
    convention: Convention = Field(description="Which letter an index carries, of which sigma.")
    judged_by: JudgedBy = Field(description="What is compared with the requirement.")
    characteristics: tuple[CapabilityOfCharacteristic, ...] = Field(description="Worst first.")
    not_studied: tuple[NotStudied, ...] = Field(description="Characteristics left out, and why.")


def describe(series: Series, strata: tuple[str, ...]) -> dict[str, Any]:
    """Limits, histogram and unknown factors of a series, as fields of the result."""
    spec = series.spec
    counts, edges = np.histogram(series.value, bins=BINS)
    return {
        "lsl": spec.lower if spec is not None and isfinite(spec.lower) else None,
        "usl": spec.upper if spec is not None and isfinite(spec.upper) else None,
        "target": None if spec is None else spec.target,
        "bin_start": digits(float(edges[0]), 12),
        "bin_width": digits(float(edges[-1] - edges[0]) / BINS, 9),
        "bin_counts": tuple(int(c) for c in counts),
        "strata_unknown": tuple(s for s in strata if s not in series.factors),
    }


def _side(found: Indices | None, name: str) -> Estimate | None:
    interval: Interval | None = None if found is None else getattr(found, name)
    return None if interval is None else Estimate.of(interval)
