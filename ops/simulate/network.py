"""The supply network of the plant: suppliers, plants, warehouses, customers and lanes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A place; `capacity` in units a week (plants) or units of stock (warehouses), else 0."""

    code: str
    kind: str
    country: str
    capacity: float = 0.0


@dataclass(frozen=True, slots=True)
class Lane:
    """A connection.

    Parameters
    ----------
    cost
        US dollars for 1,000 units.
    lead_days, lead_cv
        Mean lead time and its coefficient of variation.
    capacity
        Units a week.
    """

    origin: str
    destination: str
    mode: str
    cost: float
    lead_days: float
    lead_cv: float
    capacity: float

    @property
    def code(self) -> str:
        """Origin, destination and mode."""
        return f"{self.origin}>{self.destination}/{self.mode}"


@dataclass(frozen=True, slots=True)
class LaneDisruption:
    """A lane whose lead times are `factor` times as long for shipments of some days."""

    lane: str
    first_day: int
    last_day: int
    factor: float


@dataclass(frozen=True, slots=True)
class DemandStep:
    """A customer whose demand is `factor` times as high from a day on."""

    customer: str
    first_day: int
    factor: float


NODES = (
    NetworkNode("SUP-WIRE", "supplier", "JP"),
    NetworkNode("SUP-FRAME", "supplier", "CN"),
    NetworkNode("DEMO-PG", "plant", "MY", 900_000.0),
    NetworkNode("DEMO-DR", "plant", "DE", 450_000.0),
    NetworkNode("WH-SIN", "warehouse", "SG", 1_500_000.0),
    NetworkNode("WH-FRA", "warehouse", "DE", 900_000.0),
    NetworkNode("WH-DAL", "warehouse", "US", 900_000.0),
    *(NetworkNode(f"CUST-{i:02}", "customer", c) for i, c in enumerate(
        ("CN", "KR", "JP", "DE", "FR", "HU", "US", "MX"), start=1)),
)  # fmt: skip
LANES = (
    Lane("SUP-WIRE", "DEMO-PG", "air", 18.0, 5.0, 0.25, 2e6),
    Lane("SUP-WIRE", "DEMO-DR", "air", 26.0, 6.0, 0.25, 1e6),
    Lane("SUP-FRAME", "DEMO-PG", "sea", 6.0, 12.0, 0.30, 2e6),
    Lane("SUP-FRAME", "DEMO-DR", "sea", 11.0, 36.0, 0.25, 1e6),
    Lane("DEMO-PG", "WH-SIN", "truck", 4.0, 2.0, 0.30, 1e6),
    Lane("DEMO-PG", "WH-FRA", "air", 62.0, 4.0, 0.30, 3e5),
    Lane("DEMO-PG", "WH-DAL", "sea", 21.0, 30.0, 0.20, 6e5),
    Lane("DEMO-DR", "WH-FRA", "truck", 5.0, 1.5, 0.30, 6e5),
    Lane("DEMO-DR", "WH-DAL", "air", 55.0, 4.0, 0.30, 2e5),
    Lane("WH-SIN", "CUST-01", "air", 30.0, 3.0, 0.35, 3e5),
    Lane("WH-SIN", "CUST-02", "air", 32.0, 3.0, 0.35, 3e5),
    Lane("WH-SIN", "CUST-03", "air", 34.0, 3.5, 0.35, 3e5),
    Lane("WH-FRA", "CUST-04", "truck", 6.0, 1.0, 0.35, 3e5),
    Lane("WH-FRA", "CUST-05", "truck", 8.0, 1.5, 0.35, 3e5),
    Lane("WH-FRA", "CUST-06", "truck", 9.0, 2.0, 0.35, 3e5),
    Lane("WH-DAL", "CUST-07", "truck", 9.0, 2.0, 0.35, 3e5),
    Lane("WH-DAL", "CUST-08", "truck", 12.0, 3.0, 0.35, 3e5),
)


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """The planted truth of the network.

    Parameters
    ----------
    days
        Length of the history.
    base : units a day
        Mean demand of the first customer for the first package; others have fixed fractions.
    weekday
        Factor of Monday to Sunday; mean 1. Day 0 is a Monday.
    growth
        Relative growth in a year.
    dispersion
        Variance = mean + mean^2 / dispersion.
    """

    days: int = 364
    packages: tuple[str, ...] = ("QFN32", "BGA144", "SOIC8")
    base: float = 12_000.0
    weekday: tuple[float, ...] = (1.3, 1.25, 1.2, 1.2, 1.15, 0.6, 0.3)
    growth: float = 0.12
    dispersion: float = 12.0
    nodes: tuple[NetworkNode, ...] = NODES
    lanes: tuple[Lane, ...] = LANES
    disruption: LaneDisruption = LaneDisruption("DEMO-PG>WH-DAL/sea", 280, 329, 1.8)
    step: DemandStep = DemandStep("CUST-04", 300, 1.6)
