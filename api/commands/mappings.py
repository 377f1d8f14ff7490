"""`longrun mappings ...`: the column mappings that sources have."""

import json

import click

from api.commands.plant import opened, show
from ops.db import sites, sources
from ops.values import EVERYWHERE


@click.group("mappings")
def mappings_group() -> None:
    """List and show the saved column mappings of sources."""


@mappings_group.command("list")
@click.option("--site", help="Only of this site.")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def list_command(site: str | None, wants_json: bool) -> None:
    """List the sources that have a mapping."""
    with opened() as session:
        codes = sites.codes(session)
        site_id = sites.id_of(session, EVERYWHERE, site)
        query = sources.listed(EVERYWHERE, site_id=site_id).order_by(*sources.KEY)
        rows = [{"site": codes[s.site_id], "source": s.name} for s in session.scalars(query)]
    show(rows, wants_json, "no mappings yet; POST /v1/sources saves one")


@mappings_group.command("show")
@click.argument("site")
@click.argument("source")
def show_command(site: str, source: str) -> None:
    """Write the mapping of SOURCE at SITE as JSON, such as `ingest --mapping` takes."""
    with opened() as session:
        found = sources.with_name(session, sites.with_code(session, EVERYWHERE, site), source)
        click.echo(json.dumps(found.mapping, indent=2, ensure_ascii=False))
