"""What is measured at a site: codes, titles, units and specification limits."""

from dataclasses import dataclass

from ops.simulate.plant import Plant, PlantSite, Product
from ops.simulate.record import Kind

CORRECTION_LIMIT_UM = 6.0  # what the bonder's program may be moved by
MASTER_LIMIT_UM = 4.0


@dataclass(frozen=True, slots=True)
class Measurand:
    """A characteristic: `kind` and `product` say which `Measured` holds its values.

    Counts have no limits: what is too many depends on how many were inspected.
    """

    kind: Kind
    product: str
    code: str
    title: str
    unit: str
    lower: float | None
    upper: float | None
    target: float | None


def measurands(plant: Plant, site: PlantSite) -> tuple[Measurand, ...]:
    """Characteristics of a site, product by product.

    Examples
    --------
    >>> from ops.simulate.sizes import DRESDEN, plant_of
    >>> [m.code for m in measurands(plant_of("tiny"), DRESDEN)][:4]
    ['LOOP-QFN32-CU20', 'XRAY-QFN32-CU20', 'PULL-QFN32-CU20', 'SHEAR-QFN32-CU20']
    """
    of_products = [m for code in site.products for m in _of_product(plant.product(code))]
    limit, step, far = CORRECTION_LIMIT_UM, plant.master_um, MASTER_LIMIT_UM
    return (
        *of_products,
        Measurand(
            "correction", "", "LOOP-CORR", "Loop height correction", "µm", -limit, limit, 0.0
        ),
        Measurand(
            "master", "", "GAUGE-MASTER", "Reference step", "µm", step - far, step + far, step
        ),
        Measurand("non-stick", "", "NSOP", "Wires that do not stick", "1", None, None, None),
        _of_study(plant.product(site.products[0])),
    )


def code_of(kind: Kind, product: str) -> str:
    """Code of the characteristic that holds a kind of measurement."""
    plain: dict[Kind, str] = {
        "correction": "LOOP-CORR",
        "master": "GAUGE-MASTER",
        "non-stick": "NSOP",
        "study": "GAUGE-RR",
    }
    of: dict[Kind, str] = {"loop": "LOOP", "x-ray": "XRAY", "pull": "PULL", "shear": "SHEAR"}
    return plain[kind] if kind in plain else f"{of[kind]}-{product}"


def _of_study(p: Product) -> Measurand:
    low, high = p.height_um - p.half_width_um, p.height_um + p.half_width_um
    title = f"Gauge study, loop height {p.package} {p.wire}"
    return Measurand("study", "", "GAUGE-RR", title, "µm", low, high, p.height_um)


def _of_product(p: Product) -> tuple[Measurand, ...]:
    low, high = p.height_um - p.half_width_um, p.height_um + p.half_width_um
    what = f"{p.package} {p.wire}"

    def height(kind: Kind, title: str) -> Measurand:
        code = code_of(kind, p.code)
        return Measurand(kind, p.code, code, f"{title} {what}", "µm", low, high, p.height_um)

    def strength(kind: Kind, title: str, lower: float) -> Measurand:
        code = code_of(kind, p.code)
        return Measurand(kind, p.code, code, f"{title} {what}", "gf", lower, None, None)

    return (
        height("loop", "Loop height"),
        height("x-ray", "Loop height by X-ray"),
        strength("pull", "Bond pull", p.pull_lower_gf),
        strength("shear", "Ball shear", p.shear_lower_gf),
    )
