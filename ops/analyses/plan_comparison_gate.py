"""Gates of acceptance: a figure of a candidate against its limit, both numbers told."""

from collections.abc import Mapping

from pydantic import Field

from ops.analyses.network_plan_result import PlanFigures
from ops.page_value import Number, PageValue, Phrase

Figures = Mapping[str, float | None]


class ComparisonGate(PageValue):
    """One condition of acceptance."""

    name: str = Field(description="Name of the parameter that sets it.")
    title: str = Field(description="What it judges.")
    value: float | None = Field(description="Figure of the candidate; null: not known.")
    limit: float = Field(description="What it may be at most, or must be at least.")
    at_least: bool = Field(description="Whether the limit is a lower one.")
    unit: str = Field(description="Unit; share: 0.01 is 1 %.")
    passed: bool = Field(description="Whether it is kept; a figure that is not known is not.")

    def phrase(self) -> Phrase:
        """Say the figure and its limit."""
        share = self.unit == "share"
        limit = Number(value=self.limit, percent=share, decimals=1 if share else None)
        if self.value is None:
            return Phrase.of("{title} is not known, {limit} is asked for", title=self.title,
                             limit=limit)  # fmt: skip
        value = Number(value=self.value, percent=share, decimals=1 if share else None)
        template = "{title} is {value}, at most {limit} is allowed"
        if self.at_least:
            template = "{title} is {value}, at least {limit} is asked for"
        return Phrase.of(template, title=self.title, value=value, limit=limit)


GATES: tuple[tuple[str, str, str, str, bool], ...] = (  # parameter, figure, title, unit, at least
    ("max_cost_increase", "cost_share", "Increase of landed cost", "share", False),
    ("min_service_level", "service_level", "Service level", "share", True),
    ("min_fill_rate", "fill_rate", "Fill rate", "share", True),
    ("max_lead_days", "lead_days", "Lead time to customers", "day", False),
    ("max_co2_kg", "co2_kg", "CO2 of transport", "kg", False),
    ("max_utilisation", "utilisation", "Utilisation", "share", False),
    ("max_peak_utilisation", "peak", "Utilisation of the bottleneck", "share", False),
    ("min_turns", "turns", "Inventory turns", "1/a", True),
    ("max_expected_loss", "expected", "Expected loss under stress", "money", False),
    ("max_cvar", "cvar", "CVaR under stress", "money", False),
    ("min_saving", "saving", "Saving against the past", "share", True),
)
ROOM = 1e-9  # relative; so that rounding breaks no gate


def gates(limits: Figures, figures: Figures, calibrated: bool | None) -> tuple[ComparisonGate, ...]:
    """Judge a candidate by every gate that is set.

    Parameters
    ----------
    limits
        By the names of the parameters; None asks nothing.
    figures
        By the names of `PlanFigures`, and cost_share, peak, expected, cvar, saving; None: unknown.
    calibrated
        Whether there is a baseline that explains the books; None: that is no condition.
    """
    asked = [(row, limits.get(row[0])) for row in GATES]
    found = [_gate(row, figures.get(row[1]), limit) for row, limit in asked if limit is not None]
    if calibrated is not None:
        row = ("calibrated", "", "Calibration of the baseline (1: within its tolerance)", "", True)
        found.append(_gate(row, 1.0 if calibrated else 0.0, 1.0))
    return tuple(found)


def _gate(
    row: tuple[str, str, str, str, bool], value: float | None, limit: float
) -> ComparisonGate:
    name, _, title, unit, at_least = row
    room = ROOM * (1.0 + abs(limit))
    passed = False
    if value is not None:
        passed = value >= limit - room if at_least else value <= limit + room
    return ComparisonGate(
        name=name,
        title=title,
        value=value,
        limit=limit,
        at_least=at_least,
        unit=unit,
        passed=passed,
    )


def named(figures: PlanFigures) -> dict[str, float | None]:
    """Figures of a plan by name."""
    found: dict[str, float | None] = figures.model_dump()
    return found
