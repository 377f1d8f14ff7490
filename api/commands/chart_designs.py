"""`longrun chart-designs`: list, show, create and approve."""

import json
from datetime import UTC, datetime
from typing import IO

import click

from api.auth import LOCAL
from api.chart_designs import ChartDesignView
from api.commands.plant import opened, show
from ops.db import characteristics, chart_designs, sites
from ops.db.chart_designs import DesignFilter
from ops.db.models.control import ChartDesignRow
from ops.spc.design import ChartDesign
from ops.values import EVERYWHERE

_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_ID = click.argument("design_id", type=int, metavar="ID")


@click.group("chart-designs")
def chart_designs_group() -> None:
    """Freeze control limits: list, show, create and approve chart designs."""


@chart_designs_group.command("list")
@click.option("--state", type=click.Choice(["draft", "approved", "retired"]), help="Only these.")
@_JSON
def list_command(state: str | None, wants_json: bool) -> None:
    """List the chart designs."""
    with opened() as session:
        query = chart_designs.listed(EVERYWHERE, DesignFilter(state=state))
        found = session.scalars(query.order_by(*chart_designs.KEY)).all()
        codes = characteristics.codes(session, {row.characteristic_id for row in found})
        rows = [
            {
                "id": row.id,
                "characteristic": codes[row.characteristic_id],
                "name": row.name,
                "number": row.number,
                "state": row.state,
                "kind": row.document["kind"],
            }
            for row in found
        ]
    show(rows, wants_json, "no chart designs yet; a run of phase-one finds limits to freeze")


@chart_designs_group.command("show")
@_ID
def show_command(design_id: int) -> None:
    """Write a chart design as JSON."""
    with opened() as session:
        row = chart_designs.get(session, EVERYWHERE, design_id)
        click.echo(ChartDesignView.model_validate(row).model_dump_json(indent=2))


@chart_designs_group.command("create")
@click.argument("site")
@click.argument("code")
@click.option("--name", required=True, help="Name; versions of one name follow each other.")
@click.option("--run", "run_id", help="Succeeded run of phase-one whose design is taken over.")
@click.option("--file", "document", type=click.File(), help="The design as JSON.")
@click.option("--note", default="", help="Why this design.")
def create_command(
    site: str, code: str, name: str, run_id: str | None, document: IO[str] | None, note: str
) -> None:
    """Add a draft of CODE at SITE, from a run or from a file."""
    if (run_id is None) == (document is None):
        raise click.UsageError("give either --run or --file")
    with opened() as session:
        place = sites.with_code(session, EVERYWHERE, site)
        found = characteristics.with_code(session, place, code)
        design = (
            chart_designs.of_run(session, EVERYWHERE, found, run_id or "")
            if document is None
            else ChartDesign.model_validate(json.load(document))
        )
        now = datetime.now(UTC)
        row = chart_designs.create(
            session, found, design, name=name, note=note, actor=LOCAL, now=now
        )
        click.echo(_called(row, "drafted"))


@chart_designs_group.command("approve")
@_ID
def approve_command(design_id: int) -> None:
    """Approve a draft: it judges from now on, and it is fixed."""
    with opened() as session:
        row = chart_designs.get(session, EVERYWHERE, design_id)
        chart_designs.approve(session, row, None, actor=LOCAL, now=datetime.now(UTC))
        click.echo(_called(row, "approved"))


def _called(row: ChartDesignRow, what: str) -> str:
    return f"{what} version {row.number} of {row.name} (chart design {row.id})"
