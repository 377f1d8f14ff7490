"""What the simulator returns: blocks of measurements, and what happened in the plant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ops.values import Factor, FloatArray, IntArray

Kind = Literal[
    "loop", "x-ray", "pull", "shear", "correction", "master", "non-stick", "study"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """Measurements of one characteristic of a site, in no order.

    Parameters
    ----------
    site, kind, product
        Where, what, and of which product; empty where a kind is not of one product.
    ts : shape (n,)
        Microseconds since 1970 UTC.
    value : shape (n,)
        Micrometres for heights and corrections, gram-force for strengths; counts.
    unit : shape (n,)
        Number of the device, -1 where there is none; a device has one number at its site.
    position : shape (n,)
        Wire of the device, or repetition; counts from 0.
    factors
        Slow context, each of shape (n,).
    n : shape (n,)
        Wires inspected behind each count; None: one, as for every measured value.
    """

    site: str
    kind: Kind
    product: str
    ts: IntArray
    value: FloatArray
    unit: IntArray
    position: IntArray
    factors: Mapping[str, Factor] = field(default_factory=dict[str, Factor])
    n: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened at an instant; `product` is set where it concerns one only."""

    site: str
    kind: Literal["capillary-change", "material-change", "maintenance", "calibration"]
    ts: int
    title: str
    tool: str = ""
    product: str = ""
    detail: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """Everything of one site."""

    site: str
    measured: tuple[Measured, ...]
    happenings: tuple[Happening, ...]

    @property
    def rows(self) -> int:
        """Measurements in all."""
        return sum(m.value.size for m in self.measured)
