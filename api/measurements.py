"""Measurements in: one file or request, answered with what became of every row."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field

from api.body import View
from api.deps import Now, ServicesDep
from api.evaluations import EvaluationView, evaluation_view
from api.upload import UploadDep
from ops.ingest.file_format import MEDIA_TYPES
from ops.work.evaluate import SentKeys, evaluate
from ops.work.ingest import IngestReport, ingest

router = APIRouter(prefix="/v1/measurements", tags=["measurements"])

_EXAMPLE = (
    "time,characteristic,value,unit_id,position,tool,lot\n"
    "2026-01-05T08:00:00+08:00,LOOP-HEIGHT,152.4,U0001,W01,WB-07,L2601\n"
)
_ROW = {
    "time": "2026-01-05T08:00:00+08:00",
    "characteristic": "LOOP-HEIGHT",
    "value": 152.4,
    "unit_id": "U0001",
    "tool": "WB-07",
}
_EXAMPLES: dict[str, Any] = {
    "csv": _EXAMPLE,
    "json": json.dumps([_ROW]),
    "ndjson": json.dumps(_ROW) + "\n",
}
_FORM: dict[str, Any] = {
    "type": "object",
    "example": {"file": _EXAMPLE, "mapping": '{"decimal": "."}'},
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "The file."},
        "mapping": {"type": "string", "description": "A column mapping as JSON, for this time."},
    },
    "required": ["file"],
}


def _described(media_type: str, file_format: str) -> dict[str, Any]:
    """Body of one format; a binary one has no example that could be written down."""
    if file_format not in _EXAMPLES or media_type == "application/gzip":
        return {"schema": {"type": "string", "format": "binary"}}
    return {"schema": {"type": "string"}, "example": _EXAMPLES[file_format]}


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, CSV also gzipped, or a form with the part `file`.",
        "content": {
            **{media: _described(media, name) for media, name in MEDIA_TYPES.items()},
            "multipart/form-data": {"schema": _FORM},
        },
    }
}


class RefusedRow(View):
    """A row that was not stored."""

    kind: Literal["rejected", "conflicting"] = Field(
        description="Rejected: it is wrong. Conflicting: other content is stored under its key."
    )
    row: int = Field(description="Its number in the file; 1 is the first data row.")
    column: str = Field(description="The column at fault; empty for the row as a whole.")
    value: str | None = Field(description="What it held, the first 200 characters.")
    reason: str = Field(description="What is wrong, and how to mend it.")


class IngestAnswer(View):
    """What became of a file."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "ingest_id": 12,
                "state": "succeeded",
                "rows": 3,
                "accepted": 2,
                "duplicate": 0,
                "conflicting": 0,
                "rejected": 1,
                "warnings": [],
                "error": None,
                "refused": [
                    {
                        "kind": "rejected",
                        "row": 2,
                        "column": "value",
                        "value": "n/a",
                        "reason": "is not a number",
                    }
                ],
                "evaluation": None,
            }
        }
    )
    ingest_id: int = Field(description="Number of the ingest: /v1/ingests/{id}.")
    state: Literal["succeeded", "failed"] = Field(
        description="Failed: the rest of the file could not be read; what was read is stored."
    )
    rows: int = Field(description="Rows read.")
    accepted: int = Field(description="New rows, stored.")
    duplicate: int = Field(description="Rows that were stored before, with the same content.")
    conflicting: int = Field(description="Rows whose key is stored with other content.")
    rejected: int = Field(description="Rows that are wrong.")
    warnings: list[str] = Field(description="What is worth a look.")
    error: str | None = Field(description="Why the rest could not be read; null if it was.")
    refused: list[RefusedRow] = Field(
        description="The first 100 rows that were not stored; all: /v1/ingests/{id}/rejections."
    )
    evaluation: EvaluationView | None = Field(
        default=None, description="What the rows mean; null unless asked for by `evaluate`."
    )


EvaluateDep = Annotated[
    bool,
    Query(alias="evaluate", description="Judge the rows at once, by the chart designs in force."),
]


@router.post("", openapi_extra=_BODY)
def send(
    upload: UploadDep, services: ServicesDep, now: Now, evaluated: EvaluateDep = False
) -> IngestAnswer:
    """Take in a file of measurements; sending it again changes nothing."""
    settings, database, sent = services.settings, services.database, SentKeys()
    report = ingest(
        database,
        upload.stream,
        upload.request,
        settings=settings,
        now=now,
        sent=sent.add if evaluated else None,
    )
    meaning = evaluate(database, sent, now=now) if evaluated else None
    return _answer(report, None if meaning is None else evaluation_view(meaning))


def _answer(report: IngestReport, evaluation: EvaluationView | None) -> IngestAnswer:
    counts = report.counts
    return IngestAnswer(
        ingest_id=report.ingest_id,
        state="succeeded" if report.error is None else "failed",
        rows=counts.rows,
        accepted=counts.accepted,
        duplicate=counts.duplicate,
        conflicting=counts.conflicting,
        rejected=counts.rejected,
        warnings=list(report.warnings),
        error=report.error,
        refused=[RefusedRow.model_validate(row) for row in report.refused],
        evaluation=evaluation,
    )
