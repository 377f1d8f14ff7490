"""A scenario from history: tables of shipments, orders, stocks and sites become a document."""

import json
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import TypeAdapter

from api.deps import Planner, SettingsDep
from api.scenario_bodies import HistoryView
from api.scenario_documents import judged, read_document
from api.scenario_sheet import swelling, weigh
from api.scenario_step import refusal
from api.spool import Sent, SpoolDep
from ops.db.scenario_text import text_of
from ops.errors import BadData, Problem
from solvers.errors import ScenarioError
from solvers.scenario.past import FromHistory, scenario_from_history
from solvers.scenario.past_file import PastFormat, rows_of
from solvers.scenario.past_option import HistoryReport, Past, PastOptions

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])

_TABLES = {
    "shipments": "date, origin, destination, commodity, quantity, cost ...; needed",
    "orders": "date, customer, commodity, quantity",
    "stocks": "date, site, commodity, quantity",
    "sites": "code, kind, latitude, longitude, country, group",
    "lanes": "origin, destination, mode, cost, lead time",
}
_ENDINGS: dict[str, PastFormat] = {".csv": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}
_REPORT: TypeAdapter[HistoryReport] = TypeAdapter(HistoryReport)
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A form with a CSV, Parquet or XLSX file for each table.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "example": {
                        "shipments": "date,origin,destination,commodity,quantity,cost\n"
                        "2026-01-05,PEN,MUC,QFN,100,80\n",
                        "options": '{"period": "week"}',
                    },
                    "properties": {
                        name: {"type": "string", "format": "binary", "description": columns}
                        for name, columns in _TABLES.items()
                    }
                    | {"options": {"type": "string", "description": "Choices, as JSON."}},
                    "required": ["shipments"],
                }
            }
        },
    }
}


def _made(actor: Planner, settings: SettingsDep, spool: SpoolDep) -> FromHistory:
    del actor
    unknown = sorted(set(spool.files) - set(_TABLES))
    if unknown or "shipments" not in spool.files:
        mend = f"send a form with the files {', '.join(_TABLES)}; shipments is needed"
        said = f"there is no table {unknown[0]!r}" if unknown and unknown[0] else "no shipments"
        raise BadData(f"{said}; {mend}", (Problem("/shipments", mend),))
    options = read_document(PastOptions, spool.fields.get("options", "{}").encode())
    try:
        tables = {
            name: rows_of(_content(sent, name, swelling(settings)), _format(sent, name), name)
            for name, sent in spool.files.items()
        }
        past = Past.of(tables.pop("shipments"), **tables)
        return scenario_from_history(past, options)
    except ScenarioError as error:
        raise refusal(error) from error


MadeDep = Annotated[FromHistory, Depends(_made)]


@router.post("/from-history", openapi_extra=_BODY)
def from_history(made: MadeDep) -> HistoryView:
    """Make a document of what really moved, and say how well it fits; nothing is stored."""
    flaws = judged(made.scenario)
    return HistoryView(
        document=json.loads(text_of(made.scenario)),
        report=json.loads(_REPORT.dump_json(made.report)),
        **flaws.model_dump(),
    )


def _format(sent: Sent, table: str) -> PastFormat:
    found = _ENDINGS.get(PurePath(sent.name or "").suffix.lower())
    if found is not None:
        return found
    if sent.media_type == "text/csv":
        return "csv"
    mend = "name the file .csv, .parquet or .xlsx"
    raise BadData(f"the format of {sent.name!r} is unknown; {mend}", (Problem(f"/{table}", mend),))


def _content(sent: Sent, table: str, most_bytes: int) -> bytes:
    if _format(sent, table) == "xlsx":
        weigh(sent.stream, most_bytes)
    return sent.stream.read()
