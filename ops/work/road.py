"""Road distances and times between places, asked from an OSRM or a Valhalla server in batches.

Sources
-------
OSRM HTTP API v1, table service (distances in metres, durations in seconds, null: no way).
Valhalla, `sources_to_targets` (distance in the units asked for, time in seconds, null: no way).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx

from ops.errors import Conflict, NotReady

RouterKind = Literal["osrm", "valhalla"]
BLOCK = 40  # places a side: below the limits that both servers have at first (100; 50 x 50)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on earth, in degrees."""

    code: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Road:
    """The way between two places; a Valhalla or OSRM server has measured it."""

    origin: str
    destination: str
    distance_km: float
    duration_h: float


@dataclass(frozen=True, slots=True)
class Roads:
    """What a router knows of the pairs that were asked for."""

    roads: tuple[Road, ...]
    unreachable: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Router:
    """A configured server.

    Parameters
    ----------
    url
        Its address, e.g. ``http://osrm.example.org:5000``.
    kind
        Which protocol it speaks.
    timeout_s
        Longest wait for the answer to one table.
    """

    url: str
    kind: RouterKind
    timeout_s: float = 30.0

    @property
    def name(self) -> str:
        """Kind and host, fit for a note: without a password that the address may hold."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return (
            f"{self.kind.upper() if self.kind == 'osrm' else 'Valhalla'} at {parts.hostname}{port}"
        )


def measure(router: Router, spots: Sequence[Spot], pairs: Iterable[tuple[str, str]]) -> Roads:
    """Ask for the way of every pair.

    Parameters
    ----------
    pairs
        Codes of origin and destination, each among `spots`.

    Raises
    ------
    Conflict
        If no router is configured.
    NotReady
        If it does not answer in time, or not as its kind does.
    """
    if not router.url:
        raise Conflict(
            "no router is configured; set LONGRUN_ROUTER_URL and LONGRUN_ROUTER_KIND,"
            " or upload a matrix as `distances` of the document"
        )
    placed = {spot.code: spot for spot in spots}
    wanted = dict.fromkeys(pairs)
    ways: dict[tuple[str, str], Road | None] = {}
    with httpx.Client(timeout=router.timeout_s) as http:
        for origins, destinations in _blocks(wanted):
            ends = [placed[code] for code in destinations]
            table = _table(http, router, [placed[code] for code in origins], ends)
            for origin, row in zip(origins, table, strict=True):
                for destination, way in zip(destinations, row, strict=True):
                    if (origin, destination) in wanted:
                        ways[origin, destination] = way and Road(origin, destination, *way)
    return Roads(
        tuple(way for way in ways.values() if way is not None),
        tuple(pair for pair in wanted if ways[pair] is None),
        router.name,
    )


Way = tuple[float, float] | None  # km and hours
Table = list[list[Way]]


def _blocks(
    pairs: Iterable[tuple[str, str]],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Origins and destinations of each table to be asked for; every pair is in one of them."""
    ends: dict[str, list[str]] = {}
    for origin, destination in pairs:
        ends.setdefault(origin, []).append(destination)
    # origins that go to the same places stand together: fewer pairs are asked for in vain
    for origins in _batched(sorted(ends, key=lambda o: sorted(ends[o]))):
        for some in _batched(dict.fromkeys(d for o in origins for d in ends[o])):
            yield origins, some


def _batched(codes: Iterable[str]) -> Iterator[tuple[str, ...]]:
    every = tuple(codes)
    return (every[i : i + BLOCK] for i in range(0, len(every), BLOCK))


def _table(
    http: httpx.Client, router: Router, origins: Sequence[Spot], ends: Sequence[Spot]
) -> Table:
    try:
        ask = _osrm if router.kind == "osrm" else _valhalla
        table = ask(http, router.url.rstrip("/"), origins, ends)
    except httpx.TimeoutException as error:
        raise NotReady(f"{router.name} did not answer in {router.timeout_s:g} s") from error
    except httpx.HTTPError as error:
        raise NotReady(f"{router.name} cannot be reached: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise NotReady(
            f"{router.name} does not answer as {router.kind} does; check LONGRUN_ROUTER_KIND"
        ) from error
    if len(table) != len(origins) or any(len(row) != len(ends) for row in table):
        raise NotReady(f"{router.name} answered a table of another size than was asked for")
    return table


def _osrm(http: httpx.Client, url: str, origins: Sequence[Spot], ends: Sequence[Spot]) -> Table:
    places = ";".join(f"{s.longitude:.6f},{s.latitude:.6f}" for s in (*origins, *ends))
    first = len(origins)
    query = {
        "annotations": "distance,duration",
        "sources": ";".join(map(str, range(first))),
        "destinations": ";".join(map(str, range(first, first + len(ends)))),
    }
    answer = _json(http.get(f"{url}/table/v1/driving/{places}", params=query))
    if answer["code"] != "Ok":
        raise NotReady(f"OSRM refused the table: {answer['code']} {answer.get('message', '')}")
    rows = zip(answer["distances"], answer["durations"], strict=True)
    return [
        [_way(d, t, 1000.0) for d, t in zip(metres, seconds, strict=True)]
        for metres, seconds in rows
    ]


def _valhalla(http: httpx.Client, url: str, origins: Sequence[Spot], ends: Sequence[Spot]) -> Table:
    body = {
        "sources": [{"lat": s.latitude, "lon": s.longitude} for s in origins],
        "targets": [{"lat": s.latitude, "lon": s.longitude} for s in ends],
        "costing": "truck",
        "units": "kilometers",
    }
    answer = _json(http.post(f"{url}/sources_to_targets", json=body))
    return [
        [_way(cell["distance"], cell["time"], 1.0) for cell in row]
        for row in answer["sources_to_targets"]
    ]


def _json(response: httpx.Response) -> dict[str, Any]:
    if response.status_code >= 500 or response.status_code in (404, 413, 429):
        response.raise_for_status()
    answer = response.json()
    if not response.is_success and isinstance(answer, dict):
        said = answer.get("message") or answer.get("error") or ""
        raise NotReady(f"the router refused the table ({response.status_code}): {said}")
    if not isinstance(answer, dict):
        raise TypeError("not an object")
    return answer


def _way(distance: Any, seconds: Any, per_km: float) -> Way:
    if distance is None or seconds is None:
        return None
    return float(distance) / per_km, float(seconds) / 3600.0
