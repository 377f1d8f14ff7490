"""A small HTTP server that answers tables as OSRM and Valhalla do; the earth is a plane to it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KM_PER_DEGREE, KM_PER_H = 100.0, 50.0
ISLAND = 60.0  # a latitude from which no way leads


def way_km(a: tuple[float, float], b: tuple[float, float]) -> float | None:
    """Road between two places (latitude, longitude): along the grid."""
    if (a[0] >= ISLAND) != (b[0] >= ISLAND):
        return None
    return KM_PER_DEGREE * (abs(a[0] - b[0]) + abs(a[1] - b[1]))


class _Handler(BaseHTTPRequestHandler):
    asked: list[int]  # pairs of each request

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if not url.path.startswith("/table/v1/driving/"):
            self._answer(404, {"code": "InvalidUrl"})
            return
        places = [
            (float(lat), float(lon))
            for lon, lat in (p.split(",") for p in url.path.rsplit("/", 1)[1].split(";"))
        ]
        if len(places) > 100:
            self._answer(400, {"code": "TooBig", "message": "Too many table coordinates"})
            return
        query = {k: v[0] for k, v in parse_qs(url.query).items()}
        sources, ends = (
            [places[int(i)] for i in query[name].split(";")] for name in ("sources", "destinations")
        )
        self.asked.append(len(sources) * len(ends))
        km = [[way_km(a, b) for b in ends] for a in sources]
        self._answer(
            200,
            {
                "code": "Ok",
                "distances": [[None if d is None else 1000 * d for d in row] for row in km],
                "durations": [
                    [None if d is None else 3600 * d / KM_PER_H for d in row] for row in km
                ],
            },
        )

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        sources, ends = (
            [(p["lat"], p["lon"]) for p in body[name]] for name in ("sources", "targets")
        )
        if len(sources) > 50 or len(ends) > 50:
            self._answer(400, {"error_code": 150, "error": "Exceeded max locations: 50"})
            return
        self.asked.append(len(sources) * len(ends))
        self._answer(
            200,
            {
                "units": body["units"],
                "sources_to_targets": [
                    [_cell(i, j, way_km(a, b)) for j, b in enumerate(ends)]
                    for i, a in enumerate(sources)
                ],
            },
        )

    def _answer(self, status: int, body: object) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _cell(i: int, j: int, km: float | None) -> dict:
    time = None if km is None else 3600 * km / KM_PER_H
    return {"from_index": i, "to_index": j, "distance": km, "time": time}


@contextmanager
def routing_server() -> Iterator[tuple[str, list[int]]]:
    """Address of a server, and the pairs that each request has asked for."""
    asked: list[int] = []
    handler = type("Handler", (_Handler,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # they are waited for: their sockets are closed
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
