"""What really happened: flows of the past and the money that the books show for them."""

from typing import Literal

from pydantic import Field

from solvers.scenario.part import Amount, Code, Part

CostCategory = Literal[
    "transport", "duty", "production", "supply", "handling", "fixed", "holding", "other"
]


class PastFlow(Part):
    """Quantity of a commodity that went over a lane in a period."""

    origin: Code = Field(description="Code of a site.")
    destination: Code = Field(description="Code of a site.")
    mode: Code = Field(default="road", description="Code of a mode.")
    commodity: Code = Field(description="Code of the commodity.")
    period: Code = Field(description="Code of the period.")
    quantity: Amount = Field(description="Units.")


class Booking(Part):
    """Money in the books, for a lane (origin and destination), a site, or neither."""

    category: CostCategory = Field(description="What it was spent on.")
    period: Code = Field(description="Code of the period.")
    amount: Amount = Field(description="Money.")
    origin: Code | None = Field(default=None, description="Site, or origin of the lane.")
    destination: Code | None = Field(default=None, description="Destination of the lane.")
    mode: Code | None = Field(default=None, description="Mode of the lane.")


class History(Part):
    """Flows and books of the periods of the scenario."""

    flows: tuple[PastFlow, ...] = Field(default=(), description="What went where.")
    bookings: tuple[Booking, ...] = Field(default=(), description="What it cost.")
