"""The geometry of a package: cavity, wires, mold flow. All of it is input; nothing is assumed.

Lengths are micrometres in the frame of the package: x and y in the plane of the leadframe, z
upwards from the plane that loop heights are measured from. A wire is named by the position that
its measurements carry.
"""

from collections.abc import Iterator
from itertools import combinations
from math import hypot
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

Length = Annotated[float, Field(gt=0, le=1e6)]
Place = Annotated[float, Field(ge=-1e6, le=1e6)]


class PackagePart(BaseModel):
    """Base of the parts of a package: frozen, finite, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class BondPoint(PackagePart):
    """Where a wire is bonded."""

    x_um: Place = Field(description="Along x, micrometres.")
    y_um: Place = Field(description="Along y, micrometres.")
    z_um: Place = Field(default=0.0, description="Height of the bond, micrometres.")


class Wire(PackagePart):
    """One wire of a device, from its first bond (ball) to its second (wedge)."""

    position: str = Field(min_length=1, max_length=100, description="Position of its measurements.")
    first: BondPoint = Field(description="First bond.")
    second: BondPoint = Field(description="Second bond.")
    program: str = Field(default="", max_length=100, description="Its bond program.")
    height_um: Length = Field(description="Nominal loop height, micrometres.")
    apex_at: float = Field(
        default=0.3, gt=0, lt=1, description="Where the apex stands: share of its span."
    )
    rise_at: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Where the rise is measured: share of its span, before the apex.",
    )
    descent_at: float | None = Field(
        default=None,
        gt=0,
        lt=1,
        description="Where the descent is measured: share of its span, behind the apex; null:"
        " midway from the apex to the second bond.",
    )

    @model_validator(mode="after")
    def _goes_on(self) -> "Wire":
        if self.span_um == 0:
            raise _flaw(("second",), "both bonds are at one place", self.second)
        if self.rise_at >= self.apex_at:
            raise _flaw(("rise_at",), f"is not before the apex at {self.apex_at}", self.rise_at)
        if self.falls_at <= self.apex_at:
            raise _flaw(("descent_at",), f"is not behind the apex at {self.apex_at}", self.falls_at)
        return self

    @property
    def falls_at(self) -> float:
        """Where the descent is measured, share of the span."""
        return (1.0 + self.apex_at) / 2.0 if self.descent_at is None else self.descent_at

    @property
    def span_um(self) -> float:
        """Distance of the bonds in the plane."""
        return hypot(self.second.x_um - self.first.x_um, self.second.y_um - self.first.y_um)


class Package(PackagePart):
    """A package with the wires that are measured, as loop analyses need it."""

    cavity_height_um: Length = Field(
        description="Height of the mold cavity or lid over the plane of measurement, micrometres."
    )
    clearance_um: float = Field(
        default=0.0, ge=0, le=1e5, description="Distance that must remain, micrometres."
    )
    wire_type: str = Field(default="", max_length=100, description="Wire type, e.g. CU20.")
    wire_diameter_um: Length = Field(description="Diameter of the wire, micrometres.")
    mold_flow_deg: float | None = Field(
        default=None,
        ge=-360,
        le=360,
        description="Direction of mold flow, degrees from x towards y; null: not molded.",
    )
    sweep_share: float = Field(
        default=0.0,
        ge=0,
        le=0.5,
        description="Sweep allowance: sideways displacement of the apex, as a share of the span"
        " of a wire that lies across the flow.",
    )
    devices: tuple[str, ...] = Field(default=(), max_length=1000, description="Devices built so.")
    wires: tuple[Wire, ...] = Field(min_length=1, max_length=2000, description="Its wires.")
    characteristics: dict[str, str] = Field(
        default_factory=dict[str, str],
        description="Codes of the loop profile's characteristics: rise, apex, descent.",
    )

    @model_validator(mode="after")
    def _fits(self) -> "Package":
        seen: set[str] = set()
        for i, wire in enumerate(self.wires):
            if wire.position in seen:
                raise _flaw(("wires", i, "position"), "is there twice", wire.position)
            if wire.height_um >= self.cavity_height_um:
                raise _flaw(
                    ("wires", i, "height_um"),
                    f"is not below the cavity ({self.cavity_height_um});"
                    " give heights over the plane of measurement",
                    wire.height_um,
                )
            seen.add(wire.position)
        unknown = sorted(set(self.characteristics) - {"rise", "apex", "descent"})
        if unknown:
            raise _flaw(
                ("characteristics", unknown[0]),
                "no parts of a loop profile: rise, apex and descent are",
                unknown[0],
            )
        return self

    def pairs(self, within_um: float) -> Iterator[tuple[Wire, Wire]]:
        """Pairs of wires whose middles lie within a distance in the plane."""
        for one, other in combinations(self.wires, 2):
            dx = one.first.x_um + one.second.x_um - other.first.x_um - other.second.x_um
            dy = one.first.y_um + one.second.y_um - other.first.y_um - other.second.y_um
            if hypot(dx, dy) / 2 <= within_um:
                yield one, other


def _flaw(where: tuple[str | int, ...], said: str, value: object) -> ValidationError:
    """Error of one field within the document, so that whoever sent it is shown the place."""
    kind = PydanticCustomError("geometry", "{said}", {"said": said})
    return ValidationError.from_exception_data(
        "Package", [InitErrorDetails(type=kind, loc=where, input=value)]
    )
