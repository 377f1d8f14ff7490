"""`POST /v1/models/{model}@{alias}/predict`: rows in, calibrated answers out; nothing is kept."""

import io
from time import perf_counter
from typing import Annotated

import pyarrow as pa
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from api.body import Code
from api.coded import AtSite
from api.deps import ActorDep, SettingsDep
from api.metrics import Metrics
from api.prediction_bodies import ANSWERS, ARROW, ARROW_FILE, BODY, Format, PredictionAnswer
from ops.classify.features.part import InputColumn
from ops.errors import BadData, Problem
from ops.ingest.prediction_rows import SentRows, rows_of_arrow, rows_of_csv, rows_of_json
from ops.work.predict import Answers, Predictor, Served, Which, answers
from ops.work.prediction_answers import table, written
from ops.work.rows_file import rows_file

router = APIRouter(prefix="/v1/models", tags=["models"])

READERS = {
    "application/json": rows_of_json,
    "text/csv": rows_of_csv,
    ARROW: rows_of_arrow,
    ARROW_FILE: rows_of_arrow,
}
MOST_TOP = 50
OfName = Annotated[
    str,
    Path(
        pattern=r"^([a-z][a-z0-9_\-]{0,31}|[1-9][0-9]{0,8})$",
        description="An alias such as champion, or the number of a version.",
    ),
]
Top = Annotated[
    int,
    Query(ge=0, le=MOST_TOP, description="How many contributions of each row are told; 0: none."),
]
Accept = Annotated[str | None, Header(include_in_schema=False)]


async def _which(code: Code, alias: OfName, site: AtSite = None) -> Which:
    return Which(code, alias, site)


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "/{code}@{alias}/predict", response_model=PredictionAnswer, openapi_extra=BODY,
    responses=ANSWERS,
)  # fmt: skip
def predict(
    which: Annotated[Which, Depends(_which)],
    request: Request,
    body: Annotated[bytes, Depends(_body)],
    actor: ActorDep,
    settings: SettingsDep,
    contributions: Top = 0,
    accept: Accept = None,
) -> Response:
    """Answer for one row or many: JSON, CSV or Arrow in, and out by `Accept`."""
    predictor: Predictor = request.app.state.predictor
    metrics: Metrics = request.app.state.metrics
    served = predictor.served(which, actor.scope)
    sent = _rows(request, body, served.inputs, settings.max_predict_rows)
    began = perf_counter()
    found = answers(served, sent, top=contributions)
    metrics.predicted(served.code, served.number, len(sent.table), perf_counter() - began)
    return _answer(_wanted(accept), served, sent, found)


def _rows(request: Request, body: bytes, inputs: tuple[InputColumn, ...], most: int) -> SentRows:
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media not in READERS:
        mend = f"send one of {', '.join(READERS)}"
        told = f"the Content-Type is {media or 'missing'}; {mend}"
        raise BadData(told, (Problem("/content-type", mend),))
    return READERS[media](body, inputs, most=most)


def _wanted(accept: str | None) -> Format:
    if accept is not None and ARROW in accept:
        return "arrow"
    return "csv" if accept is not None and "text/csv" in accept else "json"


def _answer(format: Format, served: Served, sent: SentRows, found: Answers) -> Response:
    said = {"X-Model-Version": str(served.number), "Vary": "Accept"}
    if format == "json":
        text = written(served, sent.ignored, found)
        return Response(text, media_type="application/json", headers=said)
    rows = table(served, found)
    if format == "csv":
        pieces = rows_file("csv", rows.schema, rows.to_batches())
        return Response(b"".join(pieces), media_type="text/csv; charset=utf-8", headers=said)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    return Response(sink.getvalue(), media_type=ARROW, headers=said)
