"""What the commands about scenarios do with the database and with files."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from api.auth import LOCAL
from api.body import Code
from api.scenario_documents import read_document
from api.scenario_step import refusal
from api.scenarios import fields_of
from ops.analyses.scenario_uses import uses
from ops.db import scenario_revisions, scenarios
from ops.db.engine import open_database
from ops.db.models.network import StoredScenario
from ops.db.scenario_revisions import Origin
from ops.db.scenario_text import packed
from ops.errors import BadData, Problem
from ops.settings import Settings
from ops.values import EVERYWHERE
from solvers.errors import ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited
from solvers.scenario.exchange import EXCHANGE_FORMATS, ExchangeFormat, import_scenario
from solvers.scenario.validate import flaws

_ENDINGS: dict[str, ExchangeFormat] = {".json": "json", ".xlsx": "xlsx", ".zip": "csv"}
_CODE: TypeAdapter[str] = TypeAdapter(Code)


@contextmanager
def writing() -> Generator[Session]:
    """Open the database for one transaction."""
    database = open_database(Settings().database)
    try:
        with database.write.begin() as session:
            yield session
    finally:
        database.engine.dispose()


def format_of(file: Path, given: str | None) -> ExchangeFormat:
    """Format of a file: the one that is given, else that of its name."""
    for known in EXCHANGE_FORMATS:
        if given == known:
            return known
    if file.name.endswith(".parquet.zip"):
        return "parquet"
    found = _ENDINGS.get(file.suffix.lower())
    if found is None:
        raise click.UsageError(f"{file.name} tells no format; give --format")
    return found


def read_file(file: Path, given: str | None) -> Scenario:
    """Document of a file.

    Raises
    ------
    BadData
        With every wrong field or cell.
    """
    content, file_format = file.read_bytes(), format_of(file, given)
    if file_format == "json":
        return read_document(Scenario, content)
    try:
        return import_scenario(content, file_format)
    except ScenarioError as error:
        raise refusal(error) from error


def read(code: str, site: str | None, revision: int | None) -> tuple[int, Scenario]:
    """Return number and document of a revision."""
    with writing() as session:
        row = scenarios.find(session, EVERYWHERE, code, site=site)
        found = scenario_revisions.find(session, row, revision)
        return found.number, scenario_revisions.document(session, found)


def create(names: tuple[str, str | None, str, str], document: Scenario, origin: Origin) -> None:
    """Store a new scenario of a code, site, title and note."""
    try:
        _CODE.validate_python(names[0])
    except ValueError as error:
        detail = "letters, digits, dot, dash and underscore, 64 at most"
        raise BadData(f"{names[0]!r} is no code", (Problem("/code", detail),)) from error
    now = datetime.now(UTC)
    with writing() as session:
        row = scenarios.create(session, fields_of(session, names, LOCAL), actor=LOCAL, now=now)
        scenario_revisions.begin(session, row, packed(document), origin, actor=LOCAL, now=now)


def revise(code: str, site: str | None, document: Scenario, origin: Origin) -> int:
    """Store the next revision; its number."""
    with writing() as session:
        row = scenarios.find(session, EVERYWHERE, code, site=site)
        made = scenario_revisions.add(
            session, row, packed(document), origin, actor=LOCAL, now=datetime.now(UTC)
        )
        return made.number


def changed(scenario: Scenario, edits: Sequence[str]) -> Scenario:
    """Apply edits that were given as texts."""
    try:
        return edited(scenario, edits)
    except ScenarioError as error:
        raise refusal(error) from error


def row_of(row: StoredScenario, codes: dict[int, str]) -> dict[str, Any]:
    """Line of a list."""
    return {
        "code": row.code,
        "site": None if row.site_id is None else codes[row.site_id],
        "revision": row.newest,
        "approved": row.approved_run,
        "updated": row.updated_at.isoformat(timespec="minutes"),
        "title": row.title,
    }


def tell(document: Scenario) -> None:
    """Say what keeps the network of a document from being planned, and what can be run anyway."""
    found = flaws(document)
    for flaw in found:
        click.echo(f"  {flaw.pointer or '/'}: {flaw.detail}")
    if found:
        click.echo(f"flaws: {len(found)}; the network cannot be planned before they are mended")
        runnable = uses(document)
        if runnable:
            click.echo(f"can be run on it as it stands: {', '.join(runnable)}")
