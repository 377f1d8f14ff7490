"""`longrun scenarios ...`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from api.auth import LOCAL
from api.commands import scenario_shelf as shelf
from api.commands.plant import show
from api.scenario_step import refusal
from ops.analyses.scenario_uses import uses
from ops.db import runs, scenario_revisions, scenarios, sites
from ops.db.scenario_revisions import Origin
from ops.values import EVERYWHERE
from solvers.errors import ScenarioError
from solvers.scenario.diff import diff
from solvers.scenario.exchange import EXCHANGE_FORMATS, export_scenario
from solvers.scenario.validate import flaws

_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_SITE = click.option("--site", help="Code of its site.")
_NOTE = click.option("--note", default="", help="What has changed, and why.")
_REVISION = click.option("--revision", type=int, help="Number.  [default: the newest]")
_CODE = click.argument("code")
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_FORMAT = click.option(
    "--format",
    "file_format",
    type=click.Choice(EXCHANGE_FORMATS),
    help="csv, parquet: a ZIP of tables.  [default: as the name of the file says]",
)


@click.group("scenarios")
def scenarios_group() -> None:
    """List, show, create, edit, compare and exchange scenarios of the supply network."""


@scenarios_group.command("list")
@click.option("--archived", is_flag=True, help="Those that are out of use.")
@_JSON
def list_command(archived: bool, wants_json: bool) -> None:
    """List the scenarios."""
    with shelf.writing() as session:
        query = scenarios.listed(EVERYWHERE, archived=archived).order_by(*scenarios.KEY)
        codes = sites.codes(session)
        rows = [shelf.row_of(row, codes) for row in session.scalars(query)]
    show(rows, wants_json, "no scenarios yet; `longrun scenarios create CODE FILE` adds one")


@scenarios_group.command("show")
@_CODE
@_SITE
@_JSON
def show_command(code: str, site: str | None, wants_json: bool) -> None:
    """List the revisions of CODE, the newest last."""
    with shelf.writing() as session:
        row = scenarios.find(session, EVERYWHERE, code, site=site)
        query = scenario_revisions.listed(row).order_by(*scenario_revisions.KEY)
        rows = [
            {
                "number": r.number,
                "parent": r.parent,
                "kind": r.origin["kind"],
                "bytes": r.size,
                "by": r.created_by,
                "at": r.created_at.isoformat(timespec="seconds"),
                "note": r.note,
            }
            for r in session.scalars(query)
        ]
    show(rows, wants_json, "no revisions")


@scenarios_group.command("create")
@_CODE
@_FILE
@_SITE
@_FORMAT
@click.option("--title", default="", help="Name for readers.  [default: that of the document]")
@_NOTE
def create_command(
    code: str, file: Path, site: str | None, file_format: str | None, title: str, note: str
) -> None:
    """Add a scenario CODE from FILE (JSON, XLSX, or a ZIP of tables)."""
    document = shelf.read_file(file, file_format)
    origin = Origin("create", note=note, detail={"file": file.name})
    shelf.create((code, site, title or document.title, note), document, origin)
    click.echo(f"added scenario {code}")
    shelf.tell(document)


@scenarios_group.command("import")
@_CODE
@_FILE
@_SITE
@_FORMAT
@_NOTE
def import_command(
    code: str, file: Path, site: str | None, file_format: str | None, note: str
) -> None:
    """Add FILE as the next revision of CODE."""
    document = shelf.read_file(file, file_format)
    shelf.revise(code, site, document, Origin("upload", note=note, detail={"file": file.name}))
    shelf.tell(document)


@scenarios_group.command("export")
@_CODE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_SITE
@_FORMAT
@_REVISION
def export_command(
    code: str, file: Path, site: str | None, file_format: str | None, revision: int | None
) -> None:
    """Write a revision of CODE to FILE."""
    _, document = shelf.read(code, site, revision)
    try:
        file.write_bytes(export_scenario(document, shelf.format_of(file, file_format)))
    except ScenarioError as error:
        raise refusal(error) from error
    click.echo(f"wrote {file}")


@scenarios_group.command("validate")
@_FILE
@_FORMAT
def validate_command(file: Path, file_format: str | None) -> None:
    """Check FILE without storing it; exit code 2 if anything is wrong with it."""
    document = shelf.read_file(file, file_format)
    found = flaws(document)
    if found:
        anyway = f"; can be run on it: {', '.join(uses(document))}" if uses(document) else ""
        raise refusal(ScenarioError(f"flaws of {file}: {len(found)}{anyway}", found))
    click.echo(f"{file} can be planned")


@scenarios_group.command("diff")
@_CODE
@click.argument("first", type=int)
@click.argument("second", type=int)
@_SITE
def diff_command(code: str, first: int, second: int, site: str | None) -> None:
    """Say what differs between two revisions of CODE."""
    found = diff(shelf.read(code, site, first)[1], shelf.read(code, site, second)[1])
    for change in found:
        click.echo(change.sentence())
    if not found:
        click.echo("nothing differs")


@scenarios_group.command("edit")
@_CODE
@click.argument("edits", nargs=-1, required=True)
@_SITE
@_REVISION
@click.option("--dry-run", is_flag=True, help="Only say what would come out.")
@_NOTE
def edit_command(
    code: str,
    edits: tuple[str, ...],
    site: str | None,
    revision: int | None,
    dry_run: bool,
    note: str,
) -> None:
    """Make the next revision of CODE by EDITS, e.g. "lane A-B capacity -50 %" "close DC 3"."""
    number, document = shelf.read(code, site, revision)
    changed = shelf.changed(document, edits)
    if not dry_run:
        origin = Origin("edits", parent=number, note=note, edits=edits)
        shelf.revise(code, site, changed, origin)
    for change in diff(document, changed):
        click.echo(f"  {change.sentence()}")
    shelf.tell(changed)


@scenarios_group.command("copy")
@_CODE
@click.argument("target")
@click.argument("edits", nargs=-1)
@_SITE
@_REVISION
@_NOTE
def copy_command(
    code: str,
    target: str,
    edits: tuple[str, ...],
    site: str | None,
    revision: int | None,
    note: str,
) -> None:
    """Copy CODE to TARGET, with EDITS if there are any."""
    number, document = shelf.read(code, site, revision)
    changed = shelf.changed(document, edits)
    detail = {"scenario": code, "revision": number}
    origin = Origin("copy", note=note, edits=edits or None, detail=detail)
    shelf.create((target, site, document.title, note), changed, origin)
    click.echo(f"copied revision {number} of {code} to {target}")
    shelf.tell(changed)


@scenarios_group.command("approve")
@_CODE
@click.argument("run_id")
@_SITE
def approve_command(code: str, run_id: str, site: str | None) -> None:
    """Make the plan of run RUN_ID the one that is in force for CODE."""
    with shelf.writing() as session:
        row = scenarios.find(session, EVERYWHERE, code, site=site)
        run = runs.find(session, run_id)
        scenarios.approve(session, row, run, actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"the plan of run {run_id} is in force for {code}")
