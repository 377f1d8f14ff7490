"""The demo plant as frozen values: the whole of what is true about it.

`docs/methods/demo-plant.md` gives the model in formulas, and where the magnitudes come from.
"""

from dataclasses import dataclass, field

from ops.simulate.causes import PlantedCauses
from ops.timing.shift import ShiftPattern

DAY_US = 86_400_000_000
HOUR_US = 3_600_000_000
UNITS_OF_BONDER = 10_000_000  # numbers of its devices begin at its own number times this


@dataclass(frozen=True, slots=True)
class Product:
    """A package with a wire type: nominal loop height, bond pull and ball shear, and limits.

    Parameters
    ----------
    height_um, half_width_um
        Target of the loop height and its distance to either specification limit.
    pull_gf, pull_lower_gf, shear_gf, shear_lower_gf
        Mean of each strength and its lower specification limit, in gram-force.
    """

    package: str
    wire: str
    height_um: float
    pull_gf: float
    pull_lower_gf: float
    shear_gf: float
    shear_lower_gf: float
    half_width_um: float = 11.0

    @property
    def code(self) -> str:
        """Package and wire type, e.g. ``QFN32-CU20``."""
        return f"{self.package}-{self.wire}"


@dataclass(frozen=True, slots=True)
class Bonder:
    """A wire bonder; it makes one product."""

    code: str
    product: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A metrology tool for loop heights; `reading = height + bias + normal(0, sigma)`.

    Parameters
    ----------
    kind
        ``optical`` measures every sampled device, ``x-ray`` one in some of them.
    products
        Codes of the products it measures; several gauges share the lots of a product.
    """

    code: str
    kind: str
    bias_um: float
    sigma_um: float
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlantSite:
    """A site: zone, shifts, yearly holidays (month, day, name), bonders and gauges."""

    code: str
    title: str
    zone: str
    shifts: tuple[ShiftPattern, ...]
    holidays: tuple[tuple[int, int, str], ...]
    bonders: tuple[Bonder, ...]
    gauges: tuple[Gauge, ...]
    pull_tester: str

    @property
    def products(self) -> tuple[str, ...]:
        """Codes of the products made here, in the order of the bonders."""
        return tuple(dict.fromkeys(b.product for b in self.bonders))


@dataclass(frozen=True, slots=True)
class CapillaryLaw:
    """How a capillary breaks in and wears.

    With `t` touch-downs since the change the height moves by
    ``break_in_um exp(-t / break_in) + wear_um (t / life - 1/2)`` and the strengths by the
    relative ``-strength_loss (t / life - 1/2)``.

    Parameters
    ----------
    life, break_in
        Nominal touch-downs of a capillary, and those after which its break-in fades.
    per_hour
        Touch-downs of a bonder in a working hour.
    life_spread
        Relative standard deviation of the touch-downs at a change.
    box_days
        Days for which two capillary lots of a product are in use at a site.
    """

    break_in_um: float = 1.5
    break_in: float = 60_000.0
    wear_um: float = 2.0
    strength_loss: float = 0.06
    life: float = 2_000_000.0
    per_hour: float = 29_000.0
    life_spread: float = 0.08
    box_days: float = 8.0


@dataclass(frozen=True, slots=True)
class HeightNoise:
    """Standard deviations of the loop height, micrometres; all independent and normal.

    Parameters
    ----------
    device_um, phi
        AR(1) over the measured devices of a bonder: its stationary sigma and the correlation of
        neighbours.
    """

    bonder_um: float = 0.6
    position_um: float = 0.5
    material_um: float = 0.5
    lot_um: float = 0.8
    device_um: float = 1.0
    phi: float = 0.6
    wire_um: float = 1.6
    correction_um: float = 0.2


@dataclass(frozen=True, slots=True)
class StrengthNoise:
    """Relative standard deviations of bond pull and ball shear; all independent and normal."""

    bonder: float = 0.02
    material: float = 0.015
    lot: float = 0.02
    wire: float = 0.07


@dataclass(frozen=True, slots=True)
class InspectionLaw:
    """Non-sticking wires: their nominal share, and how lots differ in it.

    Parameters
    ----------
    spread
        Relative standard deviation of the share from lot to lot.
    fewest, most
        Wires inspected of a lot.
    """

    share: float = 0.02
    spread: float = 0.2
    fewest: int = 500
    most: int = 900


@dataclass(frozen=True, slots=True)
class StudyLaw:
    """A crossed gauge study: devices and their spread, deviations of the operators, trials."""

    parts: int = 10
    part_um: float = 3.0
    operator_um: tuple[float, ...] = (0.5, -0.1, -0.4)
    trials: int = 3


@dataclass(frozen=True, slots=True)
class Plant:
    """The planted truth of a simulated plant.

    Parameters
    ----------
    seed
        Offsets of bonders and wire positions belong to it alone; so two sizes share them.
    days
        Length of the record in calendar days.
    devices_per_hour
        Optically measured devices of a bonder in a working hour.
    wires
        Measured wires of a device.
    x_ray_every
        One device in so many is measured by X-ray too.
    strength_hours, strength_wires
        Working hours between two destroyed devices of a bonder, and the wires tested on each.
    lot_hours
        Working hours that a bonder needs for a lot.
    spool_days
        Calendar days between changes of the wire spool lot of a product at a site.
    service_days
        Calendar days between the preventive maintenances of a bonder.
    closed_before_end
        The plant is closed on the day so many days before the end of the record.
    master_um, master_readings
        The reference step that every gauge measures at the start of each shift, and how often.
    """

    seed: int
    days: int
    devices_per_hour: float
    sites: tuple[PlantSite, ...]
    products: tuple[Product, ...]
    wires: int = 6
    x_ray_every: int = 20
    strength_hours: float = 4.0
    strength_wires: int = 5
    lot_hours: float = 12.0
    spool_days: float = 6.0
    service_days: float = 28.0
    closed_before_end: int = 11
    master_um: float = 150.0
    master_readings: int = 3
    capillary: CapillaryLaw = CapillaryLaw()
    noise: HeightNoise = HeightNoise()
    strength: StrengthNoise = StrengthNoise()
    inspection: InspectionLaw = InspectionLaw()
    study: StudyLaw = StudyLaw()
    causes: PlantedCauses = field(default_factory=PlantedCauses)

    def __post_init__(self) -> None:
        """Check that the causes name things of the plant."""
        bonders = {b.code for s in self.sites for b in s.bonders}
        gauges = {g.code for s in self.sites for g in s.gauges}
        made = {(s.code, b.product) for s in self.sites for b in s.bonders}
        c = self.causes
        for code in (c.drift.bonder, c.step.bonder, c.corrections.bonder):
            if code not in bonders:
                raise ValueError(f"a cause names the bonder {code!r}, which the plant has not")
        if c.gauge.gauge not in gauges:
            raise ValueError(f"a cause names the gauge {c.gauge.gauge!r}, which the plant has not")
        if (c.mixture.site, c.mixture.product) not in made:
            raise ValueError(f"{c.mixture.product!r} of the mixture is not made at its site")

    def product(self, code: str) -> Product:
        """Product of a code."""
        return next(p for p in self.products if p.code == code)
