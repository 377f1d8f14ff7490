"""Base-stock policy: every demand is ordered at once, up to a level."""

from solvers.inventory.lead_time_demand import LeadTimeDemand, least_whole, over


def cycle_service(demand: LeadTimeDemand, level: float, time: float, time_sd: float = 0.0) -> float:
    """Share of periods that end without backorders (type 1).

    Parameters
    ----------
    demand
        Of one unit of time.
    level
        Base stock, in units.
    time, time_sd
        Mean and standard deviation of the time to be covered.
    """
    return over(demand, time, time_sd).covered(level)


def fill_rate(demand: LeadTimeDemand, level: float, time: float, time_sd: float = 0.0) -> float:
    """Share of the demand that is served when due (type 2), periods of one unit of time.

    What is newly short in a period is the excess over the level of the demand of the whole time,
    less that of the time without its last period.

    References
    ----------
    Zhang, Zhang and Loh (2010), and Silver and Bischak (2011), Omega 39, 686-690 (the exact fill
    rate of a periodic base-stock policy).
    """
    if demand.mean == 0 or time <= 0:
        return 1.0
    whole = over(demand, time, time_sd).excess(level)
    before = over(demand, max(0.0, time - 1.0), time_sd).excess(level)
    return max(0.0, 1.0 - (whole - before) / (demand.mean * min(1.0, time)))


def level_for_cycle_service(
    demand: LeadTimeDemand, service: float, time: float, time_sd: float = 0.0
) -> float:
    """Least base stock with a cycle service of `service`, in (0, 1)."""
    return over(demand, time, time_sd).level(service)


def level_for_fill_rate(
    demand: LeadTimeDemand, service: float, time: float, time_sd: float = 0.0
) -> float:
    """Least base stock with a fill rate of `service`, in (0, 1)."""
    covered = over(demand, time, time_sd)
    if covered.discrete:
        return least_whole(
            lambda level: fill_rate(demand, level, time, time_sd) >= service,
            covered.mean,
            covered.sd,
        )
    lower, upper = 0.0, covered.mean + 10 * covered.sd + 1e-9
    if fill_rate(demand, lower, time, time_sd) >= service:
        return lower
    while upper - lower > 1e-9 * max(1.0, upper):
        middle = (lower + upper) / 2
        short = fill_rate(demand, middle, time, time_sd) < service
        lower, upper = (middle, upper) if short else (lower, middle)
    return upper
