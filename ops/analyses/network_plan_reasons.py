"""Why a network plan is as it is, as values: worth of capacities, prices of entry, ways out."""

from pydantic import Field

from ops.page_value import PageValue


class PlanWorth(PageValue):
    """What one more unit of a capacity is worth, measured by planning again."""

    kind: str = Field(description="throughput, hours, lane, supply, production or stock.")
    code: str = Field(description="Site, tool group, lane, or site and commodity.")
    site: str = Field(default="", description="Code of the site; empty: a lane.")
    periods: tuple[str, ...] = Field(description="Periods in which it binds.")
    unit: str = Field(description="What one unit of it is.")
    step: float = Field(description="Units by which it was raised and lowered in each period.")
    gain: float = Field(description="Money saved by one unit more in all these periods.")
    gain_least: float = Field(description="Lower end of what the gaps of the solves leave open.")
    gain_most: float = Field(description="Upper end of it.")
    loss: float | None = Field(description="Money lost by one unit less; null: no plan then.")

    @property
    def saved(self) -> float:
        """Money that the step upwards saves: comparable among capacities."""
        return self.gain * self.step


class PlanEntry(PageValue):
    """What an unused lane must cost before it is used, found by planning again."""

    lane: str = Field(description="Origin, destination and mode: A>B/road.")
    commodity: str = Field(description="Code of the commodity.")
    unit: str = Field(description="Unit of the commodity.")
    cost: float = Field(description="Freight of one unit now, money, mean of the periods.")
    enters_at: float = Field(description="Freight at which it is used.")
    stays_out_at: float = Field(description="A higher freight at which it is not.")


class PlanBending(PageValue):
    """One thing to bend, so that there is a plan."""

    kind: str = Field(description="demand, throughput, hours, lane, closed-lane, budget ...")
    code: str = Field(description="What it is about.")
    period: str = Field(description="Code of the period; empty: all of them.")
    amount: float = Field(description="By how much, in its unit.")
    share: float = Field(description="The same, relative to what it is now, 0-1 and more.")
    unit: str = Field(description="Unit of the amount.")


class PlanWayOut(PageValue):
    """A set of bends after which an infeasible scenario has a plan."""

    name: str = Field(description="anything, less-demand, more-capacity, looser-rules, more-lanes.")
    bendings: tuple[PlanBending, ...] = Field(description="What is bent, largest share first.")
    price: float = Field(description="Sum of the weight times the share of each bend.")
    verified: bool = Field(description="Whether the network was planned after them.")
    cost: float | None = Field(description="Landed cost of that plan; null: not found in time.")


class PlanReasons(PageValue):
    """Reasons of a plan, each measured by planning again."""

    worths: tuple[PlanWorth, ...] = Field(
        default=(), description="Worth of binding capacities, the largest saving first."
    )
    entries: tuple[PlanEntry, ...] = Field(default=(), description="Lanes nearest to being used.")
    ways_out: tuple[PlanWayOut, ...] = Field(
        default=(), description="Of an infeasible scenario, the cheapest first."
    )
    skipped: str = Field(default="", description="Why they were not measured; empty: they were.")
