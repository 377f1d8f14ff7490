"""Tables of a network plan's page."""

from ops.analyses.network_plan_result import NetworkPlanResult
from ops.page_table import Cell, Column, Table

SHOWN = 300  # rows of a table on a page; the result holds more
_PERIOD = Column(label="Period")
_SITE, _GOOD = Column(label="Site"), Column(label="Commodity")
_QUANTITY, _UNIT = Column(label="Quantity", decimals=1), Column(label="Unit")


def site_table(result: NetworkPlanResult) -> Table:
    """Sites that are decided or limited, by period."""
    rows = tuple(
        (
            row.site,
            row.kind,
            row.period,
            "open" if row.open else "closed",
            ", ".join((row.change, *row.expansions)).strip(", "),
            row.handled,
            row.capacity,
            None if row.utilisation is None else 100.0 * row.utilisation,
        )
        for row in result.tables.sites[:SHOWN]
    )
    columns = (
        _SITE,
        Column(label="Kind"),
        _PERIOD,
        Column(label="State"),
        Column(label="Change"),
        Column(label="Handled", decimals=1),
        Column(label="Capacity", decimals=1),
        Column(label="Utilisation", unit="%", decimals=1),
    )
    return Table(title="Sites by period", columns=columns, rows=rows)


def flow_table(result: NetworkPlanResult) -> Table:
    """Flows by what they cost: quantities of different commodities cannot be compared."""
    flows = sorted(result.tables.flows, key=lambda row: (-row.freight - row.duty, -row.co2_kg))
    rows = tuple(
        (
            r.lane,
            r.commodity,
            r.period,
            r.quantity,
            result.units.get(r.commodity, ""),
            r.freight,
            r.duty,
            r.co2_kg,
        )
        for r in flows[:SHOWN]
    )
    columns = (
        Column(label="Lane"),
        _GOOD,
        _PERIOD,
        _QUANTITY,
        _UNIT,
        Column(label="Freight", unit=result.money, decimals=0),
        Column(label="Duty", unit=result.money, decimals=0),
        Column(label="CO2", unit="kg", decimals=0),
    )
    return Table(title="Flows, the dearest first", columns=columns, rows=rows)


def bottleneck_table(result: NetworkPlanResult) -> Table:
    """Capacities that are used most."""
    rows = tuple(
        (b.kind, b.code, b.period, b.used, b.capacity, b.unit, 100.0 * b.utilisation)
        for b in result.bottlenecks
    )
    columns = (
        Column(label="Capacity of"),
        Column(label="Code"),
        _PERIOD,
        Column(label="Used", decimals=1),
        Column(label="There is", decimals=1),
        Column(label="Unit"),
        Column(label="Utilisation", unit="%", decimals=1),
    )
    return Table(title="Capacities used most", columns=columns, rows=rows)


def cost_table(result: NetworkPlanResult) -> Table:
    """Money by category and period."""
    whole = sum(part.amount for part in result.costs)
    rows: list[tuple[Cell, ...]] = [
        (
            part.category,
            part.amount,
            100.0 * part.amount / whole if whole else None,
            *part.by_period,
        )
        for part in result.costs
    ]
    columns = (
        Column(label="Category"),
        Column(label="All periods", unit=result.money, decimals=0),
        Column(label="Share", unit="%", decimals=1),
        *(Column(label=period, unit=result.money, decimals=0) for period in result.periods),
    )
    return Table(title="Money by category", columns=columns, rows=tuple(rows))


def front_table(result: NetworkPlanResult) -> Table:
    """Least cost under each cap on CO2."""
    rows = tuple(
        (p.cap_kg, p.co2_kg, p.cost, None if p.gap is None else 100.0 * p.gap, p.open_sites)
        for p in result.front
    )
    columns = (
        Column(label="Cap", unit="kg", decimals=0),
        Column(label="CO2", unit="kg", decimals=0),
        Column(label="Cost", unit=result.money, decimals=0),
        Column(label="Gap", unit="%", decimals=3),
        Column(label="Open sites, of those to decide", decimals=1),
    )
    return Table(title="Least cost under a cap on CO2", columns=columns, rows=rows)


def making_tables(result: NetworkPlanResult) -> tuple[Table, ...]:
    """Production, purchases and stock, those that there are."""
    of, unit = result.tables, result.units
    tables = (
        Table(
            title="Production",
            columns=(
                _SITE,
                _GOOD,
                _PERIOD,
                Column(label="Started", decimals=1),
                Column(label="Good", decimals=1),
                _UNIT,
            ),
            rows=tuple(
                (r.site, r.commodity, r.period, r.started, r.good, unit.get(r.commodity, ""))
                for r in of.make[:SHOWN]
            ),
        ),
        Table(
            title="Purchases",
            columns=(_SITE, _GOOD, _PERIOD, _QUANTITY, _UNIT),
            rows=tuple(
                (r.site, r.commodity, r.period, r.quantity, unit.get(r.commodity, ""))
                for r in of.buy[:SHOWN]
            ),
        ),
        Table(
            title="Stock at the end of a period",
            columns=(
                _SITE,
                _GOOD,
                _PERIOD,
                _QUANTITY,
                Column(label="Safety", decimals=1),
                _UNIT,
            ),
            rows=tuple(
                (
                    r.site,
                    r.commodity,
                    r.period,
                    r.quantity,
                    r.safety,
                    unit.get(r.commodity, ""),
                )
                for r in of.stock[:SHOWN]
            ),
        ),
    )
    return tuple(table for table in tables if table.rows)


def service_table(result: NetworkPlanResult) -> Table:
    """Order customers, the worst served first."""
    rows = tuple(
        (
            r.customer,
            r.commodity,
            r.demand,
            r.lost,
            r.late,
            result.units.get(r.commodity, ""),
            100.0 * r.fill_rate,
        )
        for r in result.tables.service[:SHOWN]
    )
    columns = (
        Column(label="Customer"),
        _GOOD,
        Column(label="Demand", decimals=1),
        Column(label="Lost", decimals=1),
        Column(label="Waiting", decimals=1),
        _UNIT,
        Column(label="Fill rate", unit="%", decimals=1),
    )
    return Table(title="Service, worst first", columns=columns, rows=rows)
