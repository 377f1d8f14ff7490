"""`longrun models register` and `longrun models predict`."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from api.auth import LOCAL
from ops.db.engine import open_database
from ops.errors import BadData
from ops.settings import Settings
from ops.values import EVERYWHERE
from ops.work.engine import open_queue, prepare

_SITE = click.option("--site", help="Code of its site.")
_CODE = click.argument("code")
_IN = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("register")
@_CODE
@click.argument("spec", type=_IN)
@click.argument("file", type=_IN, required=False)
def register_command(code: str, spec: Path, file: Path | None) -> None:
    """Register a model of somebody else's as the next version of CODE.

    SPEC is a JSON file: dataset, classes, features, site, and endpoint unless FILE is an ONNX file.
    """
    from api.model_registration import (  # noqa: PLC0415  (the kernels of features)
        ExternalModelDraft,
        registration_of,
    )
    from ops.work.register_model import prepared, register  # noqa: PLC0415  (the same)

    draft = ExternalModelDraft.model_validate_json(spec.read_text(encoding="utf-8"))
    if (file is None) != (draft.endpoint is not None):
        raise BadData("give an ONNX file, or name an endpoint in the spec: one of both")
    told = registration_of(draft, b"" if file is None else file.read_bytes())
    settings = Settings()
    database = open_database(settings.database)
    try:
        new = prepared(database, settings, told, EVERYWHERE, draft.site)
        prepare(database)
        with closing(open_queue(database)) as queue, database.write.begin() as session:
            row, version, run = register(
                session,
                queue,
                (code, draft.site, draft.title),
                new,
                actor=LOCAL,
                now=datetime.now(UTC),
                url=settings.artifacts,
            )
            scored = "" if run is None else f"; run {run.id} scores it"
            click.echo(f"version {version.number} of {row.code} is registered{scored}")
    finally:
        database.engine.dispose()


@click.command("predict")
@_CODE
@click.argument("file", type=_IN)
@click.option("--alias", help="Alias, or a number; also CODE@ALIAS.  [default: champion]")
@click.option("--contributions", type=click.IntRange(0, 50), default=0, show_default=True)
@_SITE
def predict_command(
    code: str, file: Path, alias: str | None, contributions: int, site: str | None
) -> None:
    """Answer for the rows of FILE (CSV with a header, or JSON); a line of JSON for each."""
    from ops.ingest.prediction_rows import (  # noqa: PLC0415  (Arrow)
        rows_of_csv,
        rows_of_json,
    )
    from ops.work.predict import Predictor, Which, answers  # noqa: PLC0415  (the same)
    from ops.work.prediction_answers import documents  # noqa: PLC0415  (the same)

    code, _, after = code.partition("@")
    if after and alias not in (None, after):
        raise click.UsageError(f"CODE names {after!r} and --alias {alias!r}: give one of them")
    which = Which(code, after or alias or "champion", site)
    settings = Settings()
    database = open_database(settings.database)
    predictor = Predictor(database, settings)
    try:
        served = predictor.served(which, EVERYWHERE)
        read = rows_of_json if file.suffix.lower() == ".json" else rows_of_csv
        sent = read(file.read_bytes(), served.inputs, most=settings.max_predict_rows)
        for line in documents(served, answers(served, sent, top=contributions)):
            click.echo(json.dumps(line))
    finally:
        predictor.close()
        database.engine.dispose()
