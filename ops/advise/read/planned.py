"""Parts that results of plans share: figures, bottlenecks, savings, what has to bend."""

from ops.advise.read.dossier import Dossier, Label
from ops.advise.read.stored import Stored
from ops.page_value import Level, Phrase

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


def tell_figures(
    of: Dossier, figures: Figures, money: str, whose: str = "", plan: str = ""
) -> None:
    """Add the figures of a plan.

    Parameters
    ----------
    whose
        How each is called beside those of other plans, whole: ``{figure} of plan {plan}``.
    plan
        Name of the plan, if that has a place for it.
    """

    def called(figure: str) -> Label:
        parts = {"figure": figure} | ({"plan": plan} if plan else {})
        return Phrase.of(whose, **parts) if whose else figure

    of.number("total-cost", called("landed cost"), figures.landed_cost, money)
    of.number("service-level", called("share served"), figures.service_level, percent=True)
    of.number("fill-rate", called("share served in time"), figures.fill_rate, percent=True)
    of.number("cost-per-unit", called("cost of a unit"), figures.cost_per_unit, money)
    of.number("lost", called("units never served"), figures.lost)
    of.number("lead-time", called("lead time to customers"), figures.lead_days, "d")
    of.number("carbon", called("emission of transport"), figures.co2_kg, "kg")


def tell_bottlenecks(of: Dossier, bottlenecks: tuple[PlanBottleneck, ...]) -> None:
    """Add the tightest capacities: the share used, and what is used of what there is."""
    for tight in bottlenecks[:MOST]:
        where = {"kind": tight.kind, "code": " ".join(filter(None, (tight.code, tight.period)))}
        level: Level = "warn" if tight.binding else "info"
        of.number(
            "bottleneck", Phrase.of("used share of the {kind} of {code}", **where),
            tight.utilisation, percent=True,
            reference=1.0, reference_label="all of it", level=level,
        )  # fmt: skip
        of.number(
            "bottleneck-used", Phrase.of("used of the {kind} of {code}", **where),
            tight.used, tight.unit,
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
