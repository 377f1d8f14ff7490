"""Named disruptions: what is lost, cut, slowed or dearer, for how long, and how likely."""

from collections.abc import Collection, Iterable
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from solvers.risk.failure import FittedLife, Life
from solvers.scenario.document import Scenario
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.edit_rule import AlterDuty
from solvers.scenario.part import Code, Part
from solvers.scenario.yardstick import Yardstick

Generator = Literal[
    "each-site", "each-lane", "capacity-cut", "lead-time-shock", "demand-surge", "tariff"
]
LaneCode = Annotated[str, Field(max_length=250)]  # origin>destination/mode
EditText = Annotated[str, Field(max_length=400)]


class Disruption(Part):
    """One thing that may happen to a network.

    Losses act for `duration_days` from the first period (or `from_period`) on: a period that is
    lost in part loses that share of what the site or lane could do. Factors and edits act in all
    periods, edits in those that they name.
    """

    model_config = ConfigDict(defer_build=True)  # its edits make a large schema, built when used

    code: str = Field(min_length=1, max_length=200, description="Name, unique in the run.")
    title: str = Field(default="", max_length=200, description="For readers.")
    lost_sites: tuple[Code, ...] = Field(default=(), max_length=500, description="Sites hit.")
    lost_lanes: tuple[LaneCode, ...] = Field(
        default=(), max_length=500, description="Lanes hit, as A>B/road."
    )
    severity: float = Field(default=1.0, ge=0, le=1, description="Share that is lost; 1: all.")
    duration_days: float | None = Field(default=None, gt=0, description="Null: to the end.")
    from_period: Code | None = Field(default=None, description="Null: the first one.")
    demand_factor: float = Field(default=1.0, ge=0, description="All demand times this.")
    lead_factor: float = Field(default=1.0, gt=0, description="All lead times times this.")
    edits: tuple[Edit | EditText, ...] = Field(default=(), max_length=200, description="And edits.")
    probability: float | None = Field(
        default=None, ge=0, le=1, description="Chance a year; null: as the run says."
    )
    failure: Life | FittedLife | None = Field(
        default=None, description="Or from a fitted life: chance within its horizon."
    )

    @model_validator(mode="after")
    def _one_chance(self) -> Self:
        if self.probability is not None and self.failure is not None:
            raise ValueError("give probability or failure, not both")
        return self


class Magnitudes(Part):
    """How strong generated disruptions are."""

    capacity_cut: float = Field(default=0.3, ge=0, le=1, description="Share that each site loses.")
    lead_factor: float = Field(default=2.0, gt=0, description="Lead times times this.")
    demand_factor: float = Field(default=1.3, ge=0, description="Demand times this.")
    tariff: float = Field(default=0.25, ge=0, le=10, description="Added to each border's duty.")


def generated(
    kind: Generator, scenario: Scenario, working: Collection[str], size: Magnitudes
) -> tuple[Disruption, ...]:
    """Disruptions of a kind.

    Parameters
    ----------
    kind
        ``each-site`` and ``each-lane`` give one for each, the others a single one.
    scenario
        Losses of a site last its time to recover, where it is known.
    working
        Codes of the sites that the plan uses: only these, and lanes between these, can be lost.
    size
        Strengths.
    """
    if kind == "each-site":
        return tuple(_site_losses(scenario, working))
    if kind == "each-lane":
        return tuple(_lane_losses(scenario, working))
    if kind == "capacity-cut":
        hit = tuple(_inner(scenario, working))
        title = f"All sites lose {100 * size.capacity_cut:g} %"
        return (Disruption(code=kind, title=title, lost_sites=hit, severity=size.capacity_cut),)
    if kind == "lead-time-shock":
        title = f"Lead times x {size.lead_factor:g}"
        return (Disruption(code=kind, title=title, lead_factor=size.lead_factor),)
    if kind == "demand-surge":
        title = f"Demand x {size.demand_factor:g}"
        return (Disruption(code=kind, title=title, demand_factor=size.demand_factor),)
    return (
        Disruption(
            code=kind,
            title=f"Duties +{100 * size.tariff:g} % at every border",
            edits=tuple(
                AlterDuty(origin=a, destination=b, add=size.tariff) for a, b in _borders(scenario)
            ),
        ),
    )


def recovery_days(scenario: Scenario) -> dict[str, float]:
    """Site code to the time that it needs to work again, days, where it is entered."""
    measure = Yardstick(scenario)
    return {
        site.code: measure.plain(site.time_to_recover, "duration")
        for site in scenario.sites
        if site.time_to_recover is not None
    }


def _inner(scenario: Scenario, working: Collection[str]) -> Iterable[str]:
    return (s.code for s in scenario.sites if s.kind != "customer" and s.code in working)


def _site_losses(scenario: Scenario, working: Collection[str]) -> Iterable[Disruption]:
    recover = recovery_days(scenario)
    for code in _inner(scenario, working):
        days = recover.get(code) or None
        title = f"Loss of {code}" if days is None else f"Loss of {code} for {days:g} days"
        yield Disruption(
            code=f"loss of {code}", title=title, lost_sites=(code,), duration_days=days
        )


def _lane_losses(scenario: Scenario, working: Collection[str]) -> Iterable[Disruption]:
    for lane in scenario.lanes:
        if lane.open and lane.origin in working and lane.destination in working:
            title = f"Loss of lane {lane.code}"
            yield Disruption(code=f"loss of {lane.code}", title=title, lost_lanes=(lane.code,))


def _borders(scenario: Scenario) -> list[tuple[str, str]]:
    country = {site.code: site.country for site in scenario.sites}
    pairs = ((country.get(x.origin, ""), country.get(x.destination, "")) for x in scenario.lanes)
    return list(dict.fromkeys((a, b) for a, b in pairs if a and b and a != b))
