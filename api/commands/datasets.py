"""`longrun datasets ...`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast, get_args

import click

from api.auth import LOCAL
from api.commands.plant import opened, show
from api.commands.trial import homeless, tried
from api.dataset_bodies import DatasetDraft
from ops.classifier_query import DatasetKind
from ops.classify.document import DatasetDocument
from ops.classify.recipe import DatasetRecipe
from ops.db import dataset_revisions, datasets, sites
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.datasets import SHELF
from ops.db.engine import open_database
from ops.db.load_classifier import kind_of
from ops.errors import NotFound
from ops.ingest.dataset_file import refuse_name
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.file_format import FORMATS, FileFormat, format_of
from ops.settings import Settings
from ops.values import EVERYWHERE
from ops.work import dataset_build
from ops.work.dataset_export import export_table
from ops.work.dataset_upload import Mode, Upload, prepare
from ops.work.file_record import Rejects, refusal
from ops.work.rows_file import RowFormat, rows_file
from ops.work.submit import site_of
from ops.work.unpacking import of_dataset

_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_SITE = click.option("--site", help="Code of its site.")
_CODE = click.argument("code")
_NOTE = click.option("--note", default="", help="What has changed, and why.")
_READ = click.Path(exists=True, dir_okay=False, path_type=Path)
EXPORTS = (*get_args(RowFormat), "arrow")


@click.group("datasets")
def datasets_group() -> None:
    """List, show, add, fill, build and export datasets."""


@datasets_group.command("list")
@click.option("--archived", is_flag=True, help="Those that are out of use.")
@_JSON
def list_command(archived: bool, wants_json: bool) -> None:
    """List the datasets."""
    with opened() as session:
        query = datasets.listed(EVERYWHERE, archived=archived).order_by(*datasets.KEY)
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
    show(rows, wants_json, "no datasets yet; `longrun datasets add CODE` adds one")


@datasets_group.command("show")
@_CODE
@_SITE
@_JSON
def show_command(code: str, site: str | None, wants_json: bool) -> None:
    """List the revisions of CODE, the newest last, and the doubts about the newest."""
    with opened() as session:
        row = SHELF.find(session, EVERYWHERE, code, site=site)
        query = dataset_revisions.listed(row).order_by(*dataset_revisions.KEY)
        found = session.scalars(query).all()
        rows = [
            {
                "number": r.number,
                "how": r.origin["kind"],
                "rows": r.summary["rows"],
                "labels": _counts(r.summary["labels"]),
                "by": r.created_by,
                "at": r.created_at.isoformat(timespec="seconds"),
                "note": r.note,
            }
            for r in found
        ]
        doubts = found[-1].summary["warnings"] if found else []
    show(rows, wants_json, "no rows yet; `longrun datasets upload CODE FILE` brings them in")
    if not wants_json:
        _doubt(doubts)


def _counts(labels: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in list(labels.items())[:4])


def _doubt(doubts: list[dict[str, Any]]) -> None:
    for one in doubts:
        click.echo(f"  {one['severity']}: {one['detail']}")


@datasets_group.command("add")
@_CODE
@_SITE
@click.option("--title", help="Name for readers.  [default: the code]")
@click.option("--kind", type=click.Choice(get_args(DatasetKind)), default="table")
@click.option("--document", type=_READ, help="JSON file: subject, columns, positive, source ...")
@click.option("--recipe", type=_READ, help="JSON file: how its rows are built from the database.")
def add_command(
    code: str,
    site: str | None,
    title: str | None,
    kind: str,
    document: Path | None,
    recipe: Path | None,
) -> None:
    """Add a dataset CODE without rows."""
    told = "{}" if document is None else document.read_text(encoding="utf-8")
    made = None if recipe is None else recipe.read_text(encoding="utf-8")
    draft = DatasetDraft(
        code=code,
        site=site,
        title=title or code,
        kind=cast("DatasetKind", kind),
        document=DatasetDocument.model_validate_json(told),
        recipe=None if made is None else DatasetRecipe.model_validate_json(made),
    )
    with opened() as session:
        place = site_of(session, draft.site, EVERYWHERE)
        fields = draft.model_dump(mode="json", exclude={"site", "document"})
        fields["document"] = draft.document.model_dump(mode="json", exclude_unset=True)
        fields["site_id"] = None if place is None else place.id
        SHELF.create(session, fields, actor=LOCAL, now=datetime.now(UTC))
    then = f"upload {code} FILE" if recipe is None else f"build {code}"
    click.echo(f"added dataset {code}; fill it: longrun datasets {then}")


@datasets_group.command("upload")
@_CODE
@click.argument("file", type=_READ)
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
@click.option("--mapping", default="{}", help='Roles and more as JSON: {"label": "fail", ...}')
@click.option("--format", "file_format", type=click.Choice(FORMATS))
@_NOTE
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
    refuse_name(file.name)
    found = cast("FileFormat", file_format or format_of(file.name))
    told = DatasetMapping.model_validate_json(mapping)
    most = of_dataset(Settings())
    upload = Upload(found, told, cast("Mode", mode), cast("Rejects", rejects), file.name, most)
    with opened() as session, file.open("rb") as stream:
        try:
            row = SHELF.find(session, EVERYWHERE, code, site=site)
        except NotFound as error:
            raise homeless(error, f"datasets add {code}") from error
        stored = None
        if row.newest and upload.mode == "append":
            newest = dataset_revisions.find(session, row)
            stored = dataset_revisions.stored(session, newest).table()
        document = DatasetDocument.model_validate(row.document)
        prepared = prepare(stream, upload, kind_of(row), document, stored)
        for one in prepared.file.rejected:
            click.echo(f"  row {one.row}, {one.column} ({one.value}): {one.reason}")
        refused = refusal(prepared.file.rejected)
        if refused is not None and rejects == "refuse" and not preview:
            raise refused
        if not preview:
            how = DatasetOrigin("append" if stored else "file", note, prepared.detail)
            packet, now = prepared.packet(Settings().artifacts), datetime.now(UTC)
            says = prepared.document
            dataset_revisions.add(session, row, packet, says, how, actor=LOCAL, now=now)
        head = tried(refused, cast("Rejects", rejects)) if preview else f"revision {row.newest}"
        _tell(prepared.summary, head, prepared.repeated)


def _tell(summary: dict[str, Any], head: str, repeated: int = 0) -> None:
    labels = _counts(summary["labels"]) or "no labels"
    again = f", {repeated} were there already" if repeated else ""
    click.echo(f"{head}: rows {summary['rows']} ({labels}){again}")
    _doubt(summary["warnings"])


@datasets_group.command("build")
@_CODE
@_SITE
@_NOTE
def build_command(code: str, site: str | None, note: str) -> None:
    """Build the rows of CODE from its recipe, as the next revision."""
    settings, now = Settings(), datetime.now(UTC)
    database = open_database(settings.database)
    try:
        rows = dataset_build.build(
            database, code, site=site, url=settings.artifacts, actor=LOCAL, now=now
        )
        with database.write.begin() as session:
            made = dataset_build.store(session, rows, note, site=site, actor=LOCAL, now=now)
            _tell(made.summary, f"revision {made.number}")
    finally:
        database.engine.dispose()


@datasets_group.command("export")
@_CODE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_SITE
@click.option("--revision", type=int, help="Number.  [default: the newest]")
def export_command(code: str, file: Path, site: str | None, revision: int | None) -> None:
    """Write the rows of CODE to FILE, which is named .csv, .parquet, .xlsx or .arrow."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in EXPORTS:
        raise click.UsageError(f"{file.name} must end in {', '.join(EXPORTS)}")
    with opened() as session:
        row = SHELF.find(session, EVERYWHERE, code, site=site)
        found = dataset_revisions.find(session, row, revision)
        kept, said = dataset_revisions.stored(session, found), found.document
        count = found.summary["rows"]
    if ending == "arrow":
        file.write_bytes(kept.bytes())
    else:
        document = DatasetDocument.model_validate(said)
        table = export_table(kept.table(), document, text=ending != "parquet")
        with file.open("wb") as stream:
            form = cast("RowFormat", ending)
            stream.writelines(rows_file(form, table.schema, table.to_batches()))
    click.echo(f"wrote {file}, rows: {count}")
