"""`longrun ingest FILE`."""

import csv
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import BinaryIO, cast

import click
from pydantic import ValidationError

from ops.db import refused, sites, sources
from ops.db.engine import Database, open_database
from ops.db.types import from_micros
from ops.errors import BadData, Problem
from ops.ingest.file_format import FORMATS, FileFormat, format_of
from ops.ingest.mapping import STANDARD, ColumnMapping
from ops.settings import Settings
from ops.values import EVERYWHERE, Actor
from ops.work.evaluate import Evaluation, SentKeys, evaluate
from ops.work.export import harmless
from ops.work.ingest import IngestCounts, IngestReport, IngestRequest, ingest

SHELL = Actor(name="command line", role="admin")
_SHOWN = 10


@click.command("ingest")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--site", required=True, help="Code of the site.")
@click.option("--source", help="Saved source whose column mapping is used.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Column mapping as a JSON file.",
)
@click.option("--format", "file_format", type=click.Choice(FORMATS), help="Default: by the name.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file to write the rows to that were not stored.",
)
@click.option("--evaluate", "evaluated", is_flag=True, help="Judge the rows; tell what they mean.")
def ingest_command(
    file: str,
    site: str,
    source: str | None,
    mapping_file: Path | None,
    file_format: FileFormat | None,
    rejects: Path | None,
    evaluated: bool,
) -> None:
    """Take in a FILE of measurements (- is the standard input); again changes nothing.

    The exit code is 1 if the file could not be read to its end, or no row of it was stored.
    """
    if source is not None and mapping_file is not None:
        raise click.UsageError("give --source or --mapping, not both")
    settings, sent = Settings(), SentKeys()
    database = open_database(settings.database)
    meaning: Evaluation | None = None
    try:
        request = IngestRequest(
            site_id=_site_id(database, site),
            file_format=file_format or format_of(file),
            actor=SHELL,
            mapping=_mapping(database, site, source, mapping_file),
            source=source,
            file_name=None if file == "-" else Path(file).name,
        )
        with _Shown() as shown, click.open_file(file, "rb") as stream:
            report = ingest(
                database,
                cast("BinaryIO", stream),
                request,
                settings=settings,
                now=datetime.now(UTC),
                progress=shown.told,
                sent=sent.add if evaluated else None,
            )
        if evaluated:
            meaning = evaluate(database, sent, now=datetime.now(UTC))
        if rejects is not None:
            _write(database, report.ingest_id, rejects)
    finally:
        database.engine.dispose()
    code = _tell(report, rejects)
    if meaning is not None:
        _say(meaning)
    sys.exit(code)


class _Shown:
    """Progress on the terminal, once a second; nothing where the output is no terminal."""

    def __init__(self) -> None:
        self.started = self.last = monotonic()

    def __enter__(self) -> "_Shown":
        return self

    def __exit__(self, *_: object) -> None:
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)

    def told(self, counts: IngestCounts) -> None:
        """Show the counts so far."""
        now = monotonic()
        if sys.stderr.isatty() and now - self.last > 1:
            speed = counts.rows / (now - self.started) / 1000
            click.echo(f"\r{counts.rows:,} rows, {speed:.0f} krows/s", nl=False, err=True)
            self.last = now


def _site_id(database: Database, code: str) -> int:
    with database.read() as session:
        return sites.with_code(session, EVERYWHERE, code).id


def _mapping(
    database: Database, site: str, source: str | None, mapping_file: Path | None
) -> ColumnMapping:
    if mapping_file is not None:
        return _read_mapping(mapping_file)
    if source is None:
        return STANDARD
    with database.read() as session:
        found = sources.with_name(session, sites.with_code(session, EVERYWHERE, site), source)
        return ColumnMapping.model_validate(found.mapping)


def _read_mapping(mapping_file: Path) -> ColumnMapping:
    try:
        return ColumnMapping.model_validate_json(mapping_file.read_bytes())
    except ValidationError as error:
        problems = tuple(
            Problem("/" + "/".join(str(p) for p in e["loc"]), e["msg"]) for e in error.errors()
        )
        raise BadData(f"{mapping_file} is no column mapping", problems) from error


def _write(database: Database, ingest_id: int, rejects: Path) -> None:
    with rejects.open("w", newline="", encoding="utf-8") as file, database.read() as session:
        writer = csv.writer(file)
        writer.writerow(("row", "column", "value", "reason", "kind"))
        for row in refused.every_row(session, ingest_id):
            writer.writerow([harmless(cell) for cell in row])


def _say(meaning: Evaluation) -> None:
    counts = meaning.counts
    click.echo(
        f"judged: {counts['hold']:,} hold, {counts['warn']:,} warn, {counts['ok']:,} ok,"
        f" {counts[None]:,} not judged"
    )
    for sample in [s for s in meaning.samples if s.rules][:_SHOWN]:
        what = "; ".join(sentence for _, sentence in sample.rules)
        when = from_micros(sample.ts).isoformat()
        click.echo(
            f"  {sample.disposition}: {sample.characteristic} {sample.stream} {when}"
            f" {sample.value:g}: {what} (alert {sample.finding_id})"
        )


def _tell(report: IngestReport, rejects: Path | None) -> int:
    counts = report.counts
    click.echo(
        f"ingest {report.ingest_id}: {counts.rows:,} rows, {counts.accepted:,} accepted,"
        f" {counts.duplicate:,} duplicate, {counts.conflicting:,} conflicting,"
        f" {counts.rejected:,} rejected"
    )
    for row in report.refused[:_SHOWN]:
        place = f"row {row.row}" + (f", {row.column}" if row.column else "")
        click.echo(f"  {place}: {row.value!r} {row.reason}", err=True)
    left = counts.rejected + counts.conflicting - _SHOWN
    if left > 0:
        where = f"see {rejects}" if rejects else "--rejects FILE writes all of them"
        click.echo(f"  and {left:,} more; {where}", err=True)
    for warning in report.warnings:
        click.echo(f"Warning: {warning}", err=True)
    if report.error is not None:
        click.echo(f"Error: {report.error}", err=True)
    lost = counts.rows > 0 and counts.accepted + counts.duplicate == 0
    return 1 if lost or report.error is not None else 0
