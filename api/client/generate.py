"""Write `models.py` anew from the OpenAPI document: ``python -m api.client.generate``."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from api.app import create_app
from api.deps import Services
from ops.db.engine import open_database
from ops.settings import Settings
from ops.work.queue import QueueName

MODELS = Path(__file__).with_name("models.py")
HEADER = """# Generated from the OpenAPI document by `make client`; do not edit."""
OPTIONS = (
    "--input-file-type=openapi",
    "--output-model-type=pydantic_v2.BaseModel",
    "--target-python-version=3.11",
    "--use-annotated",
    "--use-schema-description",
    "--use-field-description",
    "--strict-nullable",
    "--collapse-root-models",
    "--use-one-literal-as-default",
    "--enum-field-as-literal=all",
    "--use-double-quotes",
    "--extra-fields=ignore",
    "--allow-population-by-field-name",
    "--disable-timestamp",
    "--formatters=ruff-format",
)

_RANGES = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_LENGTHS = {"minLength", "maxLength", "minItems", "maxItems"}
UNUSED = frozenset({"title", "default", "pattern"} | _RANGES | _LENGTHS)


class _NoQueue:
    """Describing the API queues nothing."""

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        """Refuse."""
        raise NotImplementedError(f"{run_id} of {session} cannot enter {queue} here")

    def close(self) -> None:
        """Nothing is held."""


def document() -> dict[str, Any]:
    """OpenAPI document of the application; the database is never touched."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        database = open_database(settings.database)
        try:
            return create_app(Services(settings, database, _NoQueue())).openapi()
        finally:
            database.engine.dispose()


def generate(openapi: dict[str, Any]) -> str:
    """Python text of the models of an OpenAPI document."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "openapi.json", Path(folder) / "models.py"
        source.write_text(json.dumps(_lean(openapi)), encoding="utf-8")
        subprocess.run(
            [
                str(Path(sys.executable).with_name("datamodel-codegen")),
                f"--input={source}",
                f"--output={target}",
                f"--custom-file-header={HEADER}",
                *OPTIONS,
            ],
            check=True,
            cwd=folder,
        )
        return target.read_text(encoding="utf-8")


def _lean(schema: Any) -> Any:
    """Leave out what only the service can do: code in examples, defaults, bounds, titles."""
    if isinstance(schema, list):
        return [_lean(item) for item in schema]
    if isinstance(schema, str):
        return schema.partition("\n\nExamples\n---")[0]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _lean(field) for name, field in value.items()}
        if key == "properties"
        else _lean(value)
        for key, value in schema.items()
        if key not in UNUSED
    }


if __name__ == "__main__":
    MODELS.write_text(generate(document()), encoding="utf-8")
