"""Parts that results of plans share: figures, bottlenecks, savings, what has to bend."""

from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Stored
from ops.page import Level

MOST = 5  # bottlenecks


class Figures(Stored):
    """End-to-end figures of a plan."""

    landed_cost: float | None = None
    cost_per_unit: float | None = None
    service_level: float | None = None
    fill_rate: float | None = None
    lost: float | None = None
    lead_days: float | None = None
    co2_kg: float | None = None


class PlanBottleneck(Stored):
    """A capacity and how much of it is used."""

    kind: str = ""
    code: str = ""
    period: str = ""
    used: float | None = None
    capacity: float | None = None
    utilisation: float | None = None
    binding: bool | None = None
    unit: str = ""


class Savings(Stored):
    """A plan against the past."""

    status: str = ""
    saving: float | None = None
    share: float | None = None
    saving_at_volume: float | None = None
    share_at_volume: float | None = None


class Bending(Stored):
    """A rule and by how much it has to bend."""

    kind: str = ""
    code: str = ""
    period: str = ""
    amount: float | None = None
    share: float | None = None
    unit: str = ""


def tell_figures(of: Dossier, figures: Figures, money: str, beside: str = "") -> None:
    """Add the figures of a plan; `beside` follows each label: `` of plan A``."""
    of.number("total-cost", f"landed cost{beside}", figures.landed_cost, money)
    of.number("service-level", f"share served{beside}", figures.service_level, percent=True)
    of.number("fill-rate", f"share served in time{beside}", figures.fill_rate, percent=True)
    of.number("cost-per-unit", f"cost of a unit{beside}", figures.cost_per_unit, money)
    of.number("lost", f"units never served{beside}", figures.lost)
    of.number("lead-time", f"lead time to customers{beside}", figures.lead_days, "d")
    of.number("carbon", f"emission of transport{beside}", figures.co2_kg, "kg")


def tell_bottlenecks(of: Dossier, bottlenecks: tuple[PlanBottleneck, ...]) -> None:
    """Add the tightest capacities: the share used, and what is used of what there is."""
    for tight in bottlenecks[:MOST]:
        where = " ".join(filter(None, (tight.kind, "of", tight.code, tight.period)))
        level: Level = "warn" if tight.binding else "info"
        of.number(
            "bottleneck", f"used share of the {where}", tight.utilisation, percent=True,
            reference=1.0, reference_label="all of it", level=level,
        )  # fmt: skip
        of.number(
            "bottleneck-used", f"used of the {where}", tight.used, tight.unit,
            reference=tight.capacity, reference_label="capacity", level=level,
        )  # fmt: skip


def tell_savings(of: Dossier, savings: Savings | None, money: str) -> None:
    """Add what a plan saves against the past, scaled to its volume where that is told."""
    if savings is None:
        return
    scaled = savings.saving_at_volume is not None
    saving = savings.saving_at_volume if scaled else savings.saving
    share = savings.share_at_volume if scaled else savings.share
    of.number("saving", "saved against the past", saving, money)
    of.number("saving-share", "saved share of the past", share, percent=True)
