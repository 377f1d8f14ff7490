"""An endpoint that misbehaves in every way that a real server can."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from ops.classify.document import DatasetDocument
from ops.classify.external.endpoint import EndpointSpec
from ops.classify.features.fit import fit_features
from ops.classify.spec import CategoryFeature, FeatureSpec, NumberFeature
from ops.classify.table import DataTable
from ops.errors import BadData, NotReady
from ops.values import FloatArray, factor_of
from ops.work import endpoint_model
from ops.work.endpoint_model import EndpointModel

X = np.array([[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [5.0, 6.0, 0.0]])
CLASSES = ("fail", "pass")
TABLE = DataTable(
    {"torque": np.array([1.0, np.nan, 5.0])}, {"type": factor_of(["L", "M", None])},
    units={"torque": "mN m"},
)  # fmt: skip
FEATURES = fit_features(
    DataTable(
        {"torque": X[:, 0]}, {"type": factor_of(["L", "M", "L"])}, units={"torque": "N m"}
    ),
    FeatureSpec(
        features=(
            NumberFeature(column="torque", scale="none", flag_missing=False),
            CategoryFeature(column="type"),
        )
    ),
    DatasetDocument(),
)  # fmt: skip
seen: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        seen.append(body)
        rows = next(iter(body.values()))
        shares = [[0.25, 0.75]] * len(rows)
        answers: dict[str, tuple[int, bytes]] = {
            "/lists": (200, json.dumps({"probabilities": shares}).encode()),
            "/maps": (
                200,
                json.dumps({"out": [{"pass": 0.75, "fail": 0.25}] * len(rows)}).encode(),
            ),
            "/bare": (200, json.dumps(shares).encode()),
            "/error": (500, b"Traceback"),
            "/moved": (302, b""),
            "/garbage": (200, b"<html>"),
            "/nan": (200, b'{"probabilities": [[NaN, 1], [0, 1], [0, 1]]}'),
            "/short": (200, json.dumps({"probabilities": shares[1:]}).encode()),
            "/uneven": (200, json.dumps({"probabilities": [[0.9, 0.9]] * len(rows)}).encode()),
            "/texts": (200, json.dumps({"probabilities": [["x", "y"]] * len(rows)}).encode()),
            "/ragged": (200, json.dumps({"probabilities": [[1], [0, 1], [1]]}).encode()),
            "/other": (200, json.dumps({"out": [{"good": 1}] * len(rows)}).encode()),
            "/much": (200, b" " * 5000),
            "/slow": (200, b"{}"),
        }
        if self.path == "/slow":
            time.sleep(1.0)
        status, answer = answers[self.path]
        self.send_response(status)
        self.send_header("Location", "/lists")
        self.send_header("Content-Length", str(len(answer) + (self.path == "/cut")))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


Ask = Callable[..., FloatArray]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # they are waited for: their sockets are closed
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def one(path: str, table: DataTable | None = None, **fields: Any) -> FloatArray:
        url = f"http://127.0.0.1:{server.server_port}{path}"
        spec = EndpointSpec(url=url, **fields)
        model = EndpointModel(spec, FEATURES, CLASSES, ("127.0.0.1",))
        try:
            return model.probability(X) if table is None else model.of_rows(table, X)
        finally:
            model.close()

    yield one
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "answer"), [("/lists", "probabilities"), ("/maps", "out"), ("/bare", "x")]
)
def test_an_answer_is_read_by_its_form(ask: Ask, path: str, answer: str) -> None:
    assert ask(path, answer=answer).tolist() == [[0.25, 0.75]] * 3


def test_fields_are_sent_under_their_names(ask: Ask) -> None:
    ask("/lists", rows="instances", fields={"type = L": "is_l"})
    assert seen[-1]["instances"][1] == {"torque": 3.0, "is_l": 4.0, "type = M": 0.0}


def test_many_rows_are_asked_in_pieces(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_model, "MOST_ROWS", 2)
    before = len(seen)
    assert ask("/lists").shape == (3, 2)
    assert [len(body["rows"]) for body in seen[before:]] == [2, 1]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/error", "status 500"),
        ("/moved", "status 302"),
        ("/garbage", "not JSON"),
        ("/nan", "no probabilities"),
        ("/short", "3 entries"),
        ("/uneven", "no probabilities"),
        ("/texts", "cannot be read"),
        ("/ragged", "cannot be read"),
    ],
)
def test_what_it_does_wrong_is_told(ask: Ask, path: str, words: str) -> None:
    with pytest.raises(NotReady, match=words):
        ask(path)


def test_an_answer_of_other_classes_is_told(ask: Ask) -> None:
    with pytest.raises(NotReady, match="fail"):
        ask("/other", answer="out")


def test_a_slow_answer_is_not_waited_for(ask: Ask) -> None:
    with pytest.raises(NotReady, match=r"within 0.2 s"):
        ask("/slow", timeout_s=0.2)


def test_an_answer_too_large_is_not_read(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_model, "MOST_ANSWER", 1000)
    with pytest.raises(NotReady, match="too much"):
        ask("/much")


def test_an_answer_that_drips_is_not_waited_for(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_model, "DRIPS", 0.0)
    with pytest.raises(NotReady, match="without an end"):
        ask("/lists")


def test_columns_are_sent_as_they_are_in_the_units_of_the_model(ask: Ask) -> None:
    with pytest.raises(BadData, match="asked by columns"):
        ask("/lists", send="columns")
    fields: dict[str, Any] = {"send": "columns", "fields": {"type": "kind"}}
    assert ask("/lists", table=TABLE, **fields).shape == (3, 2)
    assert seen[-1]["rows"] == [
        {"torque": 0.001, "kind": "L"}, {"torque": None, "kind": "M"},
        {"torque": 0.005, "kind": None},
    ]  # fmt: skip


def test_nobody_there_is_told() -> None:
    spec = EndpointSpec(url="http://127.0.0.1:9/x", timeout_s=1)
    with pytest.raises(NotReady, match="cannot be reached"):
        EndpointModel(spec, FEATURES, CLASSES, ("127.0.0.1:9",)).probability(X)


@pytest.mark.parametrize("hosts", [(), ("example.org",), ("127.0.0.1:80",)])
def test_a_host_that_no_setting_allows_is_not_asked(hosts: tuple[str, ...]) -> None:
    spec = EndpointSpec(url="http://127.0.0.1:9/x")
    with pytest.raises(BadData, match="LONGRUN_MODEL_HOSTS"):
        EndpointModel(spec, FEATURES, CLASSES, hosts)


@pytest.mark.parametrize(
    "url", ["ftp://x/y", "file:///etc/passwd", "x", "https://a:b@host/", "http:///x"]
)
def test_only_plain_addresses_are_taken(url: str) -> None:
    with pytest.raises(ValidationError):
        EndpointSpec(url=url)
