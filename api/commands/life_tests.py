"""`longrun life-tests ...`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast, get_args

import click

from api.auth import LOCAL
from api.commands.plant import opened, show
from api.commands.trial import homeless, tried
from api.life_bodies import LifeTestDraft
from ops.db import life_approvals, life_revisions, life_tests, runs, sites
from ops.db.life_revisions import LifeOrigin
from ops.errors import NotFound
from ops.ingest.file_format import FORMATS, FileFormat, format_of
from ops.ingest.life_mapping import LifeMapping
from ops.life_query import LifeTestKind
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import RowsKind
from ops.settings import Settings
from ops.values import EVERYWHERE
from ops.work.file_record import Rejects, refusal
from ops.work.life_export import export_table
from ops.work.life_upload import Mode, Upload, prepare
from ops.work.rows_file import RowFormat, rows_file
from ops.work.submit import site_of
from ops.work.unpacking import of_life_test

_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_SITE = click.option("--site", help="Code of its site.")
_CODE = click.argument("code")
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("life-tests")
def life_tests_group() -> None:
    """List, show, create, fill and approve life tests."""


@life_tests_group.command("list")
@click.option("--archived", is_flag=True, help="Those that are out of use.")
@_JSON
def list_command(archived: bool, wants_json: bool) -> None:
    """List the life tests."""
    with opened() as session:
        query = life_tests.listed(EVERYWHERE, archived=archived).order_by(*life_tests.KEY)
        codes = sites.codes(session)
        rows = [
            {
                "code": row.code,
                "site": None if row.site_id is None else codes[row.site_id],
                "kind": row.kind,
                "revision": row.newest,
                "updated": row.updated_at.isoformat(timespec="minutes"),
                "title": row.title,
            }
            for row in session.scalars(query)
        ]
    show(rows, wants_json, "no life tests yet; `longrun life-tests create CODE` adds one")


@life_tests_group.command("show")
@_CODE
@_SITE
@_JSON
def show_command(code: str, site: str | None, wants_json: bool) -> None:
    """List the revisions of CODE, the newest last."""
    with opened() as session:
        row = life_tests.find(session, EVERYWHERE, code, site=site)
        query = life_revisions.listed(row).order_by(*life_revisions.KEY)
        rows = [
            {
                "number": r.number,
                "how": r.origin["kind"],
                "rows": r.summary["rows"],
                "units": r.summary["units"],
                "failures": r.summary["failures"],
                "by": r.created_by,
                "at": r.created_at.isoformat(timespec="seconds"),
                "note": r.note,
            }
            for r in session.scalars(query)
        ]
    show(rows, wants_json, "no rows yet; `longrun life-tests upload CODE FILE` brings them in")


@life_tests_group.command("create")
@_CODE
@_SITE
@click.option("--title", help="Name for readers.  [default: the code]")
@click.option("--kind", type=click.Choice(get_args(LifeTestKind)), default="life")
@click.option(
    "--document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON file: product, failure, mechanism, time_unit, stresses ...",
)
def create_command(
    code: str, site: str | None, title: str | None, kind: str, document: Path | None
) -> None:
    """Add a life test CODE without rows."""
    told = "{}" if document is None else document.read_text(encoding="utf-8")
    draft = LifeTestDraft(
        code=code,
        site=site,
        title=title or code,
        kind=cast("LifeTestKind", kind),
        document=LifeTestDocument.model_validate_json(told),
    )
    with opened() as session:
        place = site_of(session, draft.site, EVERYWHERE)
        fields = draft.model_dump(mode="json", exclude={"site"})
        fields["site_id"] = None if place is None else place.id
        life_tests.create(session, fields, actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"added life test {code}; fill it: longrun life-tests upload {code} FILE")


@life_tests_group.command("upload")
@_CODE
@_FILE
@_SITE
@click.option("--mode", type=click.Choice(get_args(Mode)), default="replace", show_default=True)
@click.option(
    "--rejects",
    type=click.Choice(get_args(Rejects)),
    default="refuse",
    show_default=True,
    help="Whether wrong rows refuse the file, or are left out of it.",
)
@click.option("--preview", is_flag=True, help="Only say what would come out.")
@click.option("--mapping", default="{}", help="A mapping of columns as JSON.")
@click.option("--format", "file_format", type=click.Choice(FORMATS))
@click.option("--note", default="", help="What has changed, and why.")
def upload_command(  # noqa: PLR0913  (one for each option)
    code: str,
    file: Path,
    site: str | None,
    mode: str,
    rejects: str,
    preview: bool,
    mapping: str,
    file_format: str | None,
    note: str,
) -> None:
    """Take FILE in as the next revision of CODE: CSV, JSON, Parquet, Arrow or XLSX."""
    found = cast("FileFormat", file_format or format_of(file.name))
    told = LifeMapping.model_validate_json(mapping)
    most = of_life_test(Settings())
    upload = Upload(found, told, cast("Mode", mode), cast("Rejects", rejects), file.name, most)
    with opened() as session, file.open("rb") as stream:
        try:
            row = life_tests.find(session, EVERYWHERE, code, site=site)
        except NotFound as error:
            raise homeless(error, f"life-tests create {code}") from error
        stored = (
            life_revisions.rows(session, life_revisions.find(session, row)) if row.newest else None
        )
        document = LifeTestDocument.model_validate(row.document)
        prepared = prepare(stream, upload, cast("RowsKind", row.kind), document, stored)
        for one in prepared.file.rejected:
            click.echo(f"  row {one.row}, {one.column} ({one.value}): {one.reason}")
        for warning in prepared.file.warnings:
            click.echo(f"warning: {warning}", err=True)
        refused = refusal(prepared.file.rejected)
        if refused is not None and rejects == "refuse" and not preview:
            raise refused
        if not preview:
            origin = LifeOrigin(upload.mode, note, prepared.detail)
            now = datetime.now(UTC)
            life_revisions.add(session, row, prepared.packet, origin, actor=LOCAL, now=now)
        head = tried(refused, cast("Rejects", rejects)) if preview else f"revision {row.newest}"
        _tell(prepared.packet.summary, head)


def _tell(summary: dict[str, float], head: str) -> None:
    click.echo(
        f"{head}: rows {summary['rows']:g}, units {summary['units']:g},"
        f" failures {summary['failures']:g}, censored {summary['censored']:g}"
    )


@life_tests_group.command("rows")
@_CODE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_SITE
@click.option("--revision", type=int, help="Number.  [default: the newest]")
def rows_command(code: str, file: Path, site: str | None, revision: int | None) -> None:
    """Write the rows of CODE to FILE, which is named .csv, .parquet or .xlsx."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in get_args(RowFormat):
        raise click.UsageError(f"{file.name} must end in {', '.join(get_args(RowFormat))}")
    with opened() as session:
        row = life_tests.find(session, EVERYWHERE, code, site=site)
        kept = life_revisions.rows(session, life_revisions.find(session, row, revision))
    table = export_table(kept)
    with file.open("wb") as stream:
        stream.writelines(rows_file(cast("RowFormat", ending), table.schema, table.to_batches()))
    click.echo(f"wrote {file}, rows: {table.num_rows}")


@life_tests_group.command("approve")
@_CODE
@click.argument("run_id")
@_SITE
@click.option("--rationale", required=True, help="Why this life, in words.")
@click.option("--waiver", default="", help="Why a rule was waived.")
def approve_command(code: str, run_id: str, site: str | None, rationale: str, waiver: str) -> None:
    """Approve the life that run RUN_ID reports of CODE; it is kept for good."""
    with opened() as session:
        row = life_tests.find(session, EVERYWHERE, code, site=site)
        run = runs.find(session, run_id)
        words = (rationale, waiver)
        life_approvals.approve(session, row, run, words, actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"approved run {run_id} of {code}")
