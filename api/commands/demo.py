"""`longrun demo`: load the simulated plant, say what was planted, export its other tables."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import click

from ops.db.engine import is_sqlite, open_database
from ops.db.migrate import current, head, migrate
from ops.db.types import from_micros
from ops.errors import Conflict
from ops.settings import Settings
from ops.simulate.defects import DefectPlan
from ops.simulate.learning_truth import planted_learning
from ops.simulate.life import LifeTestPlan
from ops.simulate.life_truth import planted_lives
from ops.simulate.network import NetworkPlan
from ops.simulate.sizes import SEED, Size
from ops.simulate.truth import PlantedCause, exported, planted
from ops.work.demo import DemoReport, load_demo
from ops.work.demo_cases import CASES
from ops.work.demo_export import FileFormat, export_demo
from ops.work.demo_site import ends_of
from ops.work.demo_state import LoadedDemo, demo_in
from ops.work.engine import open_queue, prepare

_SIZE = click.Choice(list(get_args(Size)))


@click.group(invoke_without_command=True)
@click.option("--size", type=_SIZE, default="small", show_default=True, help="How much.")
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="Chance.")
@click.option("--unless-used", is_flag=True, hidden=True, help="Leave a database in use alone.")
@click.pass_context
def demo_command(context: click.Context, size: Size, seed: int, unless_used: bool) -> None:
    """Load a simulated plant, schedule its nightly reports and submit their first night.

    tiny is 3 days and some 7,000 measurements, small 28 days and 220,000, large 90 days and 2
    million; small and large have a supply network too, forecast and planned every night. Loading
    twice changes nothing.
    """
    if context.invoked_subcommand is not None:
        return
    try:
        report = _load(size, seed)
    except Conflict as error:
        if not unless_used:
            raise
        click.echo(str(error))
        return
    _say(report, size, seed)


@demo_command.command("truth")
@click.option("--json", "wants_json", is_flag=True, help="Write the whole truth as JSON.")
@click.option("--size", type=_SIZE, help="Of this size, not of the plant that is loaded.")
@click.option("--seed", type=click.IntRange(0), help="Of this seed.")
def truth_command(wants_json: bool, size: Size | None, seed: int | None) -> None:
    """Say what was planted: where, since when, and by how much."""
    now = datetime.now(UTC)
    asked = size is not None or seed is not None
    loaded = None if asked else _loaded()
    demo = loaded or LoadedDemo(size or "small", SEED if seed is None else seed, now)
    ends = ends_of(demo.plant, demo.begun_at)
    learning = planted_learning(demo.plant, ends, CASES)
    causes = (*planted(demo.plant, ends), *planted_lives(demo.plant), *learning)
    beside = exported(LifeTestPlan(), NetworkPlan(), DefectPlan())
    if wants_json:
        click.echo(_as_json(demo, loaded is not None, causes, beside))
        return
    state = "is loaded" if loaded else "is not loaded; times are as if it were loaded now"
    click.echo(f"The demo plant ({demo.size}, seed {demo.seed}) {state}.\n")
    for cause in causes:
        click.echo(_paragraph(cause))
    click.echo("In the tables of `longrun demo export`; demand and shipments also at DEMO-NET:\n")
    for cause in beside:
        click.echo(f"{cause.kind} ({cause.characteristic})\n  {cause.words}\n")


@demo_command.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "file_format",
    type=click.Choice(list(get_args(FileFormat))),
    default="parquet",
    show_default=True,
    help="Kind of the files.",
)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="Chance.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the histories [yesterday]."
)
def export_command(
    folder: Path, file_format: FileFormat, seed: int, until: datetime | None
) -> None:
    """Write life tests, network, demand, shipments and labelled defects to FOLDER."""
    last = until or datetime.now(UTC) - timedelta(days=1)
    for path in export_demo(folder, seed=seed, until=last.date(), file_format=file_format):
        click.echo(f"wrote {path}: {path.stat().st_size / 1e3:.1f} kB")


def _load(size: Size, seed: int) -> DemoReport:
    database = open_database(Settings().database)
    if is_sqlite(database.engine):
        migrate(database.engine)
        prepare(database)
    queue = open_queue(database)
    now = datetime.now(UTC)
    shown = _progress if sys.stderr.isatty() else None
    try:
        return load_demo(database, queue, size=size, seed=seed, now=now, progress=shown)
    finally:
        queue.close()
        database.engine.dispose()


def _loaded() -> LoadedDemo | None:
    """Demo plant of the database; a file that is not there is not made."""
    url = Settings().database
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    database = open_database(url)
    try:
        if current(database.engine) != head():
            return None
        with database.read() as session:
            return demo_in(session)
    finally:
        database.engine.dispose()


def _progress(site: str, done: int, total: int) -> None:
    click.echo(f"\r{site}: {done:>9,} of {total:,} measurements", nl=done == total, err=True)


def _say(report: DemoReport, size: Size, seed: int) -> None:
    demo = report.demo
    sites = ", ".join(demo.sites)
    if report.run_ids:
        click.echo(
            f"loaded {report.rows} measurements of the demo plant (sites {sites}) and submitted"
            f" its first night: runs {', '.join(report.run_ids)}"
        )
        return
    click.echo(f"the demo plant is there already: {demo.size}, seed {demo.seed}, sites {sites}")
    if (demo.size, demo.seed) != (size, seed):
        click.echo(
            f"it stays as it is; for size {size} and seed {seed} name another database, as"
            " LONGRUN_DATA_DIR=var/demo does"
        )


def _paragraph(cause: PlantedCause) -> str:
    since = "" if cause.since_us is None else f", since {_when(cause.since_us)}"
    where = f"{cause.factor} {cause.level} at {cause.site} in {cause.characteristic}"
    lines = [f"{cause.kind}: {where}{since}: {cause.magnitude:+.3g} {cause.unit}", cause.words]
    return "\n  ".join([*lines, *(f"found by {how}" for how in cause.found)]) + "\n"


def _when(us: int) -> str:
    return from_micros(us).strftime("%Y-%m-%d %H:%M UTC")


def _as_json(
    demo: LoadedDemo,
    loaded: bool,
    causes: tuple[PlantedCause, ...],
    beside: tuple[PlantedCause, ...],
) -> str:
    def plain(cause: PlantedCause) -> dict[str, Any]:
        since = None if cause.since_us is None else from_micros(cause.since_us).isoformat()
        fields = asdict(cause)
        return {k: v for k, v in fields.items() if k != "since_us"} | {"since": since}

    ends = ends_of(demo.plant, demo.begun_at)
    truth = {
        "loaded": loaded,
        "size": demo.size,
        "seed": demo.seed,
        "end": {site: from_micros(us).isoformat() for site, us in ends.items()},
        "causes": [plain(cause) for cause in causes],
        "exported": [plain(cause) for cause in beside],
        "plant": asdict(demo.plant),
        "life_tests": asdict(LifeTestPlan()),
        "network": asdict(NetworkPlan()),
        "defects": asdict(DefectPlan()),
    }
    return json.dumps(truth, indent=2, allow_nan=False, default=sorted)
