"""The tables of the demo plant that the database does not hold, as files with their units."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from ops.errors import BadData, Conflict
from ops.simulate.defects import CLASSES, DefectPlan, simulate_defects
from ops.simulate.life import MODES, LifeTestPlan, simulate_life_tests
from ops.simulate.network import NetworkPlan
from ops.simulate.shipments import customers, simulate_demand, simulate_shipments
from ops.simulate.sizes import plant_of
from ops.work.demo_life_tables import life_tables
from ops.work.demo_table import ExportedTable, exported_table, taken

FileFormat = Literal["csv", "parquet"]
_WRITERS: Mapping[FileFormat, Callable[[pa.Table, Path], None]] = {
    "csv": pa_csv.write_csv,
    "parquet": pq.write_table,
}


def export_demo(folder: Path, *, seed: int, until: date, file_format: FileFormat) -> list[Path]:
    """Write every table and a README.md that explains them; equal arguments, equal bytes.

    Parameters
    ----------
    until
        The histories of the network end with the last Sunday up to this day.

    Raises
    ------
    BadData
        If `folder` is a file.
    Conflict
        If one of the files is there already: nothing is written.
    """
    tables = exported_tables(seed=seed, until=until)
    paths = [folder / f"{table.name}.{file_format}" for table in tables]
    readme = folder / "README.md"
    for path in (*paths, readme):
        if path.exists():
            raise Conflict(f"{path} is there already; name an empty folder, or delete it")
    if folder.is_file():
        raise BadData(f"{folder} is a file; name a folder")
    folder.mkdir(parents=True, exist_ok=True)
    for table, path in zip(tables, paths, strict=True):
        _WRITERS[file_format](_described(table), path)
    readme.write_text(_readme(tables, seed, file_format), encoding="utf-8")
    return [*paths, readme]


def exported_tables(*, seed: int, until: date) -> tuple[ExportedTable, ...]:
    """Return the tables: life tests of each kind, network, demand, shipments, labelled defects."""
    network = NetworkPlan()
    monday = until - timedelta(days=(until.weekday() + 1) % 7 + network.days - 1)
    return (
        _life_tests(LifeTestPlan(), seed),
        *life_tables(seed=seed, until=until),
        _nodes(network),
        _lanes(network),
        *_histories(network, seed, monday),
        *_defects(DefectPlan(), seed),
    )


def _life_tests(plan: LifeTestPlan, seed: int) -> ExportedTable:
    tests = simulate_life_tests(plan, seed=seed)
    seen = pa.array(tests.seen_h, mask=~np.isfinite(tests.seen_h))
    return exported_table(
        "life_tests",
        "one device on test",
        unit_id=([f"LT-{i + 1:05}" for i in range(tests.hours.size)], "serial"),
        product=(taken(plan.products, tests.product), "package and wire"),
        temperature=(tests.temperature_c, "degC"),
        time=(tests.hours, "h, to the failure or on test without one"),
        failed=(tests.failed, "false: censored at `time`"),
        mode=(taken(MODES, tests.mode), "failure mode, empty where it did not fail"),
        last_good=(tests.last_good_h, "h, last readout, or end, at which it was good"),
        seen=(seen, "h, readout at which the failure was seen"),
    )


def _nodes(plan: NetworkPlan) -> ExportedTable:
    nodes = plan.nodes
    return exported_table(
        "network_nodes",
        "one place of the network",
        node=([n.code for n in nodes], "code"),
        kind=([n.kind for n in nodes], "supplier, plant, warehouse or customer"),
        country=([n.country for n in nodes], "ISO 3166-1 code"),
        capacity=([n.capacity for n in nodes], "plants: units a week; warehouses: units; else 0"),
    )


def _lanes(plan: NetworkPlan) -> ExportedTable:
    lanes = plan.lanes
    return exported_table(
        "network_lanes",
        "one connection of two places",
        lane=([x.code for x in lanes], "code"),
        origin=([x.origin for x in lanes], "code of a node"),
        destination=([x.destination for x in lanes], "code of a node"),
        mode=([x.mode for x in lanes], "means of transport"),
        cost=([x.cost for x in lanes], "US dollars for 1,000 units"),
        lead_time=([x.lead_days for x in lanes], "days, planned mean"),
        lead_time_cv=([x.lead_cv for x in lanes], "standard deviation / mean of the lead time"),
        capacity=([x.capacity for x in lanes], "units a week"),
    )


def _histories(plan: NetworkPlan, seed: int, monday: date) -> tuple[ExportedTable, ExportedTable]:
    demand = simulate_demand(plan, seed=seed)
    shipped = simulate_shipments(plan, demand, seed=seed)
    first = np.datetime64(monday, "D")
    return (
        exported_table(
            "demand",
            "what one customer asked for of one package on one day",
            day=(first + demand.day, "date"),
            customer=(taken(customers(plan), demand.customer), "code of a node"),
            package=(taken(plan.packages, demand.package), "package"),
            quantity=(demand.units, "units"),
        ),
        exported_table(
            "shipments",
            "one shipment",
            day=(first + shipped.day, "date of departure"),
            lane=(taken(tuple(x.code for x in plan.lanes), shipped.lane), "code of a lane"),
            package=(taken(plan.packages, shipped.package), "package"),
            quantity=(shipped.units, "units"),
            lead_time=(shipped.lead_days, "days from departure to arrival"),
        ),
    )


def _defects(plan: DefectPlan, seed: int) -> tuple[ExportedTable, ExportedTable]:
    found = simulate_defects(plan, seed=seed, wires=plant_of("small").wires)
    signals = {s.name: (found.signals[:, i], s.unit) for i, s in enumerate(plan.signals)}
    unit_id = ([f"D{unit:09}" for unit in found.unit.tolist()], "serial of the device")
    position = ([f"W{wire + 1}" for wire in found.position.tolist()], "wire")
    label = (taken(CLASSES, found.label), "what the inspection says")
    true = (taken(CLASSES, found.true), "what it is")
    return (
        exported_table(
            "defects", "one inspected bond, in the order of time",
            unit_id=unit_id, position=position, **signals, label=label,
        ),
        exported_table(
            "defects_truth", "the truth of a row of `defects`; not for training",
            unit_id=unit_id, position=position, true=true,
        ),
    )  # fmt: skip


def _described(table: ExportedTable) -> pa.Table:
    """Put the unit of each column into the metadata of its field, the row into that of the file."""
    fields = [
        field.with_metadata({"unit": table.columns[field.name]}) for field in table.table.schema
    ]
    return table.table.cast(pa.schema(fields, metadata={"row": table.row}))


def _readme(tables: tuple[ExportedTable, ...], seed: int, file_format: str) -> str:
    lines = [
        "# Tables of the simulated demo plant",
        "",
        f"Written by `longrun demo export` with the seed {seed}. `longrun demo truth` says what"
        " was planted.",
    ]
    for t in tables:
        lines += ["", f"## {t.name}.{file_format}", ""]
        lines += [f"{t.table.num_rows} rows; a row is {t.row}.", "", "| column | unit or meaning |"]
        lines += ["|---|---|", *(f"| {name} | {unit} |" for name, unit in t.columns.items())]
    return "\n".join(lines) + "\n"
