"""Savings of a plan against the past: by category, at equal volume, and whether to believe them."""

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

from pydantic import Field, ValidationError

from ops.analyses.network_baseline_result import NetworkBaselineResult
from ops.errors import BadData, Problem
from ops.page import Block, Text, Verdict
from ops.page_table import Column, Table
from ops.page_value import Level, Number, PageValue, Phrase

SAME_VOLUME = 0.01  # relative difference of units up to which totals are compared as they are
BOOKED_AS: Mapping[str, str] = {  # what the books call a category of a plan
    "tariff": "transport",
    "lane": "transport",
    "shipment": "transport",
    "safety": "holding",
    "opening": "change of sites",
    "closing": "change of sites",
    "expansion": "change of sites",
}
PENALTIES = ("lost", "backlog")  # prices of bad service: in no books


class Priced(Protocol):
    """Money of a category of a plan."""

    @property
    def category(self) -> str:
        """Name of the category."""
        ...

    @property
    def amount(self) -> float:
        """Money of all periods."""
        ...


class CategorySaving(PageValue):
    """Money of a category in the past and in the plan."""

    category: str = Field(description="As the books name it.")
    past: float = Field(description="Money of the past, at the prices of the scenario.")
    planned: float = Field(description="Money of the plan.")
    saving: float = Field(description="Past less planned; below 0 the plan costs more.")


class PlanSavings(PageValue):
    """What a plan saves against a baseline."""

    baseline: str = Field(description="Run of network-baseline.")
    status: Literal["calibrated", "uncalibrated"] = Field(
        description="uncalibrated: the model does not explain the books well enough."
    )
    gap: float | None = Field(description="Of the model to the books; null: nothing is booked.")
    tolerance: float = Field(description="Gap up to which it is calibrated.")
    past: float = Field(description="Money of the past, at the prices of the scenario.")
    planned: float = Field(description="Money of the plan without penalties of service.")
    saving: float = Field(description="Past less planned.")
    share: float | None = Field(description="Saving over past, 0.01 is 1 %.")
    volume: float | None = Field(description="Units served by the plan over those of the past.")
    saving_at_volume: float | None = Field(
        description="Saving against the past scaled to the units of the plan."
    )
    share_at_volume: float | None = Field(description="The same over the scaled past.")
    categories: tuple[CategorySaving, ...] = Field(description="By category, the largest first.")


def baseline_of(run_id: str, result: object, pointer: str) -> NetworkBaselineResult:
    """Read the result of a run as a baseline.

    Raises
    ------
    BadData
        With `pointer`, if it is none.
    """
    try:
        return NetworkBaselineResult.model_validate(result)
    except ValidationError as error:
        detail = "name a run of network-baseline that has succeeded"
        raise BadData(f"run {run_id} is no baseline", (Problem(pointer, detail),)) from error


def savings_of(
    run_id: str, past: NetworkBaselineResult, costs: Iterable[Priced], served: float, money: str
) -> PlanSavings:
    """Compare the money of a plan with that of the past.

    Parameters
    ----------
    run_id, past
        The baseline.
    costs, served
        Money of the plan by category, and the units that it serves.
    money
        Currency of the plan, ISO 4217.

    Raises
    ------
    BadData
        If plan and baseline are in different currencies.
    """
    if past.money != money:
        detail = f"the baseline is in {past.money}, the plan in {money}: give both one currency"
        raise BadData(detail, (Problem("/baseline", detail),))
    rows = _rows(past, costs)
    was, will = sum(row.past for row in rows), sum(row.planned for row in rows)
    delivered = past.kpis.delivered
    volume = served / delivered if delivered > 0 else None
    scaled = None if volume is None else was * volume
    return PlanSavings(
        baseline=run_id,
        status=past.status,
        gap=past.gap,
        tolerance=past.tolerance,
        past=was,
        planned=will,
        saving=was - will,
        share=(was - will) / was if was > 0 else None,
        volume=volume,
        saving_at_volume=None if scaled is None else scaled - will,
        share_at_volume=(scaled - will) / scaled if scaled else None,
        categories=rows,
    )


def _rows(past: NetworkBaselineResult, costs: Iterable[Priced]) -> tuple[CategorySaving, ...]:
    was = {row.name: row.computed for row in past.categories}
    was |= {"capital": past.kpis.capital_cost, "carbon": past.kpis.carbon_cost}
    will: dict[str, float] = {}
    for part in costs:
        if part.category not in PENALTIES:
            name = BOOKED_AS.get(part.category, part.category)
            will[name] = will.get(name, 0.0) + part.amount
    rows = [
        CategorySaving(
            category=name,
            past=was.get(name, 0.0),
            planned=will.get(name, 0.0),
            saving=was.get(name, 0.0) - will.get(name, 0.0),
        )
        for name in sorted(was.keys() | will.keys())
    ]
    return tuple(sorted((r for r in rows if r.past or r.planned), key=lambda r: -abs(r.saving)))


def savings_verdicts(found: PlanSavings | None, money: str) -> tuple[Verdict, ...]:
    """Sentences: what is saved, and whether the baseline is calibrated."""
    if found is None:
        return ()
    same = found.volume is not None and abs(found.volume - 1.0) <= SAME_VOLUME
    saving, share = found.saving, found.share
    if not same and found.saving_at_volume is not None:
        saving, share = found.saving_at_volume, found.share_at_volume
    said = Phrase.of(
        "Against the past the plan saves {saving} {money} ({share})",
        saving=Number(value=saving, decimals=0),
        money=money,
        share=Number(value=share, percent=True, decimals=1),
    )
    clauses = [said]
    if not same:
        volume = Number(value=found.volume, percent=True, decimals=1)
        clauses.append(
            Phrase.of("the past is scaled to the plan's units, {volume} of its own", volume=volume)
        )
    level: Level = "good" if saving > 0 else "warn"
    verdicts = [Verdict.of(level, *clauses)]
    if found.status == "uncalibrated":
        verdicts.append(_uncalibrated(found))
    return tuple(verdicts)


def _uncalibrated(found: PlanSavings) -> Verdict:
    if found.gap is None:
        said = Phrase.of("The plan is uncalibrated: the baseline has nothing booked")
        return Verdict.of("bad", said)
    template = (
        "The plan is uncalibrated: the baseline misses the books by {gap}, {limit} is allowed"
    )
    gap = Number(value=found.gap, percent=True, decimals=2)
    limit = Number(value=found.tolerance, percent=True, decimals=1)
    return Verdict.of("bad", Phrase.of(template, gap=gap, limit=limit))


def savings_blocks(found: PlanSavings, money: str) -> tuple[Block, ...]:
    """Table of savings by category, and what they are measured against."""
    columns = (
        Column(label="Category"),
        Column(label="Past", unit=money, decimals=0),
        Column(label="Plan", unit=money, decimals=0),
        Column(label="Saving", unit=money, decimals=0),
    )
    rows = tuple((r.category, r.past, r.planned, r.saving) for r in found.categories)
    whole = ("all", found.past, found.planned, found.saving)
    said = Text.of(
        Phrase.of(
            "The past is priced as the scenario prices the plan; penalties for lost and late units"
            " are in neither."
        )
    )
    return (Table(title="Savings by category", columns=columns, rows=(*rows, whole)), said)
