"""Wires over days, some of which lift, and a server that foretells it: well, or not at all."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import exp
from typing import Any

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable
from ops.db import dataset_revisions
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import packed
from ops.db.datasets import SHELF
from ops.db.engine import Database
from ops.values import Actor, factor_of
from tests.api.plant import HERE, NOW

ROWS = 240
START_US = 1_767_225_600_000_000  # 2026-01-01
DAY_US = 86_400_000_000
ENGINEER = Actor("engineer", "engineer")


def wires() -> DataTable:
    """Four wires a day; those with much force on the tool `B` lift more often."""
    rng = np.random.default_rng(8)
    force = np.round(rng.normal(30.0, 5.0, ROWS), 2)
    tool = rng.choice(["A", "B"], ROWS)
    lifts = rng.random(ROWS) < np.array([chance(f, t) for f, t in zip(force, tool, strict=True)])
    return DataTable(
        {"force": force},
        {"tool": factor_of(tool.tolist()), "y": factor_of(["bad" if v else "ok" for v in lifts])},
        {"at": START_US + np.arange(ROWS) * (DAY_US // 4)},
        units={"force": "mN"},
    )


def chance(force: float, tool: str) -> float:
    """Probability that a wire lifts."""
    return 1 / (1 + exp(-((force - 33.0) / 1.5 + (1.0 if tool == "B" else -1.0))))


DOCUMENT = DatasetDocument.model_validate(
    {
        "columns": [
            {"name": "force", "unit": "mN"},
            {"name": "tool", "type": "category"},
            {"name": "at", "type": "time", "role": "time"},
            {"name": "y", "type": "category", "role": "label"},
        ],
        "positive": "bad",
    }
)


def add_lifts(database: Database) -> None:
    """Add the dataset `lifts`."""
    with database.write.begin() as session:
        fields = {"code": "lifts", "site_id": HERE, "title": "Lifted wires", "kind": "table"}
        told = fields | {"document": DOCUMENT.model_dump(mode="json")}
        row = SHELF.create(session, told, actor=ENGINEER, now=NOW)
        packet, origin = packed(wires(), {}, url="memory://d"), DatasetOrigin("file")
        dataset_revisions.add(session, row, packet, DOCUMENT, origin, actor=ENGINEER, now=NOW)


class Oracle:
    """A server that knows the chances; `broken` is what it says instead."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.broken: tuple[int, bytes] | None = None
        self.port = 0

    def answer(self, body: dict[str, Any]) -> tuple[int, bytes]:
        """Status and body for rows."""
        self.bodies.append(body)
        if self.broken is not None:
            return self.broken
        shares = [chance(row["force"], row["tool"]) for row in body["rows"]]
        told = [{"bad": share, "ok": 1 - share} for share in shares]
        return 200, json.dumps({"probabilities": told}).encode()


@contextmanager
def oracle() -> Generator[Oracle]:
    """Serve an oracle on a port of this machine."""
    one = Oracle()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = one.answer(body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # they are waited for: their sockets are closed
    one.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield one
    server.shutdown()
    server.server_close()
