"""Requests are repeated when that is safe, and end in an exception that says why."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pyarrow as pa
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from api.client.errors import Refused, RunFailed, StillRunning, Unreachable
from api.client.longrun import Longrun
from api.client.measurements import ARROW
from api.client.transport import Transport
from tests.api.client.conftest import Serve


def _transport(answers: list[Any], seen: list[httpx.Request], pauses: list[float]) -> Transport:
    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        seen.append(request)
        outcome = answers[len(seen) - 1]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    http = httpx.Client(transport=httpx.MockTransport(answer), base_url="http://longrun")
    return Transport(http, attempts=3, sleep=pauses.append)


def test_a_post_is_repeated_under_one_key() -> None:
    seen, pauses = list[httpx.Request](), list[float]()
    answers = [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.Response(201)]
    assert _transport(answers, seen, pauses).post("/v1/sites", {}).status_code == 201
    assert len({request.headers["Idempotency-Key"] for request in seen}) == 1
    assert len(pauses) == 2
    assert pauses[1] > pauses[0]


def test_a_busy_service_says_when_to_come_back() -> None:
    seen, pauses = list[httpx.Request](), list[float]()
    answers = [httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200, json={})]
    _transport(answers, seen, pauses).get("/v1/sites")
    assert pauses == [7.0]


def test_an_upload_starts_from_its_beginning_again() -> None:
    seen, pauses = list[httpx.Request](), list[float]()
    answers = [httpx.Response(503), httpx.Response(200)]
    _transport(answers, seen, pauses).upload("/x", lambda: iter([b"ab", b"cd"]), "text/csv", {})
    assert [request.content for request in seen] == [b"abcd", b"abcd"]


def test_a_dead_service_is_unreachable() -> None:
    dead = [httpx.ConnectError("refused")] * 3
    with pytest.raises(Unreachable, match="no answer from http://longrun"):
        _transport(dead, [], []).get("/v1/sites")


def test_a_refusal_without_a_document_keeps_its_text() -> None:
    with pytest.raises(Refused, match="404: nothing here"):
        _transport([httpx.Response(404, text="nothing here")], [], []).get("/x")


N = 1_000_000


def _service(states: list[str]) -> Starlette:
    table = pa.table({"ts": np.arange(N), "value": np.arange(N) / 8})
    looks = iter(states)

    def stream(request: Request) -> Response:
        assert request.headers["accept"] == ARROW
        if request.query_params["characteristic"] != "LOOP-H":
            problem = {"detail": "there is no characteristic X", "status": 404}
            return JSONResponse(problem, 404, media_type="application/problem+json")

        def pieces() -> Iterator[bytes]:
            sink = io.BytesIO()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                for batch in table.to_batches(max_chunksize=50_000):
                    writer.write_batch(batch)
                    yield sink.getvalue()
                    sink.seek(0)
                    sink.truncate()
            yield sink.getvalue()

        return StreamingResponse(pieces(), media_type=ARROW)

    async def receive(request: Request) -> Response:
        body = await request.body()
        query = dict(request.query_params)
        kind = request.headers["content-type"]
        return JSONResponse({"size": len(body), "type": kind, **query})

    def run(request: Request) -> Response:
        del request
        body = {"id": "r1", "state": next(looks), "result": {"cpk": 1.5}, "progress": 0.5}
        return JSONResponse(body | {"message": "half", "error": {"message": "out of memory"}})

    return Starlette(
        routes=[
            Route("/v1/measurements", stream),
            Route("/v1/measurements", receive, methods=["POST"]),
            Route("/v1/analyses/capability/runs", run, methods=["POST"]),
            Route("/v1/runs/r1", run),
        ]
    )


def test_a_million_rows_come_as_arrow_and_as_arrays(serve: Serve) -> None:
    with Longrun(serve(_service([]))) as client:
        heights = client.measurements("LOOP-H", site="PG1")
        table = heights.to_arrow()
        assert table.num_rows == N
        assert sum(batch.num_rows for batch in heights.batches()) == N
        assert np.array_equal(heights.to_numpy()["value"], np.arange(N) / 8)


def test_a_stream_that_is_refused_raises_the_problem(serve: Serve) -> None:
    with Longrun(serve(_service([]))) as client, pytest.raises(Refused, match="no characteristic"):
        client.measurements("X").to_arrow()


def test_files_bytes_and_tables_are_sent_as_what_they_are(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "heights.csv"
    file.write_bytes(b"x" * 3_000_000)
    with Longrun(serve(_service([]))) as client:
        sent = client.measurements.send(file, site="PG1", source="bonders")
        assert sent == {"size": 3_000_000, "type": "text/csv", "site": "PG1", "source": "bonders"}
        assert client.measurements.send(b"[]", site="A", media_type="application/json")["size"] == 2
        assert client.measurements.send(pa.table({"a": [1]}), site="A")["type"] == ARROW
        with pytest.raises(ValueError, match=r"notes\.doc has none of the endings"):
            client.measurements.send("notes.doc", site="A")


def test_a_run_is_waited_for(serve: Serve) -> None:
    told: list[tuple[float, str]] = []
    with Longrun(serve(_service(["queued", "running", "succeeded"]))) as client:
        run = client.runs.submit("capability", {})
        with pytest.raises(StillRunning):
            _ = run.result
        done = run.wait(on_progress=lambda fraction, message: told.append((fraction, message)))
        assert done.result == {"cpk": 1.5}
    assert told == [(0.5, "half"), (0.5, "half")]


def test_a_failed_run_raises_its_reason(serve: Serve) -> None:
    with Longrun(serve(_service(["queued", "failed"]))) as client:
        run = client.runs.submit("capability", {})
        with pytest.raises(RunFailed, match="run r1 failed: out of memory"):
            run.wait()


def test_waiting_ends_in_time(serve: Serve) -> None:
    with Longrun(serve(_service(["running"] * 9))) as client:
        run = client.runs.submit("capability", {})
        with pytest.raises(StillRunning, match=r"running after 0\.01 s"):
            run.wait(timeout_s=0.01)
