"""Geometry of the packages of the demo plant: simulated, of the order that such packages have.

The wires of a device lie side by side and fan out from the die to the leads. Heights are measured
from the plane of the leads, as the simulated loop heights are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ops.simulate.measurand import code_of
from ops.simulate.plant import Plant, Product


@dataclass(frozen=True, slots=True)
class Outline:
    """What the wires of a package have in common.

    Parameters
    ----------
    headroom_um
        From the nominal loop height up to the cavity.
    die_um
        Height of the die over the plane of the leads.
    pitch_um, lead_pitch_um, span_um
        Distance of neighbouring wires on the die and on the leads, and their length in the plane.
    flow_deg, sweep_share
        Direction of mold flow, from the direction of the wires; sweep as a share of the span.
    """

    title: str
    headroom_um: float
    die_um: float
    pitch_um: float
    lead_pitch_um: float
    span_um: float
    flow_deg: float
    sweep_share: float


OUTLINES: Mapping[str, Outline] = {
    "QFN32": Outline("QFN, 32 leads, 5 x 5 mm", 60.0, 100.0, 70.0, 120.0, 1400.0, 60.0, 0.012),
    "BGA144": Outline("BGA, 144 balls, 13 x 13 mm", 55.0, 120.0, 60.0, 75.0, 2200.0, 80.0, 0.008),
    "SOIC8": Outline("SOIC, 8 leads", 140.0, 150.0, 150.0, 400.0, 1800.0, 45.0, 0.015),
}
_CLEARANCE_UM = 30.0


def package_of(plant: Plant, product: Product) -> dict[str, Any]:
    """Code, title and document of the package of a product, as the repository of packages asks.

    Examples
    --------
    >>> from ops.simulate.sizes import plant_of
    >>> plant = plant_of("small")
    >>> package_of(plant, plant.product("QFN32-CU20"))["document"]["cavity_height_um"]
    210.0
    """
    outline = OUTLINES[product.package]
    wires = [
        {
            "position": f"W{i + 1}",
            "first": {"x_um": 0.0, "y_um": outline.pitch_um * i, "z_um": outline.die_um},
            "second": {"x_um": outline.span_um, "y_um": outline.lead_pitch_um * i, "z_um": 0.0},
            "height_um": product.height_um,
        }
        for i in range(plant.wires)
    ]
    document = {
        "cavity_height_um": product.height_um + outline.headroom_um,
        "clearance_um": _CLEARANCE_UM,
        "wire_type": product.wire,
        "wire_diameter_um": float(product.wire[2:]),
        "mold_flow_deg": outline.flow_deg,
        "sweep_share": outline.sweep_share,
        "wires": wires,
        "characteristics": {"apex": code_of("loop", product.code)},
    }
    title = f"{outline.title}, {product.wire} (simulated)"
    return {"code": product.code, "title": title, "document": document}
