"""Published routing instances as scenario documents, and the costs of published routes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from solvers.scenario.document import Scenario
from solvers.values import FloatArray

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "optimization"


@dataclass(frozen=True)
class Instance:
    """An instance: node 0 is the depot; windows and service times are hours."""

    name: str
    capacity: float
    vehicles: int
    service: float
    xy: FloatArray
    demand: FloatArray
    window: FloatArray | None
    way: FloatArray


def file(folder: str, name: str) -> Path:
    """Path of a data file; skips the test where the data is absent."""
    path = FOLDER / folder / name
    if not path.exists():
        pytest.skip(f"no {path.name} beside the repository: it is not part of it")
    return path


def instance(folder: str, name: str) -> Instance:
    """Read an instance. CVRP: distances rounded; VRPTW: truncated to one decimal."""
    head: dict[str, str] = {}
    parts: dict[str, list[list[float]]] = {}
    section = ""
    for line in file(folder, f"{name}.vrp").read_text().splitlines():
        key, _, value = line.partition(":")
        if value:
            head[key.strip()] = value.strip()
        elif line.strip().endswith("_SECTION"):
            section = line.strip()
        elif section and line.strip() not in {"EOF", "-1"}:
            parts.setdefault(section, []).append([float(v) for v in line.split()])
    nodes = {key: np.array(rows)[:, 1:] for key, rows in parts.items() if key[:5] != "DEPOT"}
    xy = nodes["NODE_COORD_SECTION"]
    planar = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    windows = nodes.get("TIME_WINDOW_SECTION")
    return Instance(
        name=name,
        capacity=float(head["CAPACITY"]),
        vehicles=int(head.get("VEHICLES", len(xy) - 1)),
        service=float(head.get("SERVICE_TIME", 0)),
        xy=xy,
        demand=nodes["DEMAND_SECTION"][:, 0],
        window=windows,
        way=np.floor(planar + 0.5) if windows is None else np.floor(10 * planar) / 10,
    )


def published(folder: str, name: str) -> tuple[list[list[int]], float]:
    """Routes of the best known solution (node 0 is the depot), and the cost that is printed."""
    routes, cost = list[list[int]](), float("nan")
    for line in file(folder, f"{name}.sol").read_text().splitlines():
        if line.startswith("Route"):
            routes.append([int(v) for v in line.partition(":")[2].split()])
        elif line.startswith("Cost"):
            cost = float(line.split()[1])
    return routes, cost


def document(of: Instance) -> Scenario:
    """Write the instance as a scenario: a matrix of ways, coordinates for the map only."""
    places = ["D", *(f"C{i}" for i in range(1, len(of.xy)))]
    degrees = of.xy / 20.0
    visits = [_visit(of, i, degrees) for i in range(1, len(of.xy))]
    vehicle: dict[str, Any] = {
        "code": "V",
        "depot": "D",
        "count": of.vehicles,
        "capacity": of.capacity,
    }
    matrix: dict[str, Any] = {"places": places, "distance": of.way.tolist()}
    if of.window is not None:
        vehicle["shift_end_h"] = float(of.window[0, 1])
        matrix["duration_h"] = of.way.tolist()
    return Scenario.model_validate(
        {
            "title": of.name,
            "sites": [
                {
                    "code": "D",
                    "kind": "dc",
                    "latitude": degrees[0, 1],
                    "longitude": degrees[0, 0],
                }
            ],
            "routing": {"vehicles": [vehicle], "visits": visits, "matrix": matrix},
        }
    )


def _visit(of: Instance, i: int, degrees: FloatArray) -> dict[str, Any]:
    visit = {
        "code": f"C{i}",
        "latitude": degrees[i, 1],
        "longitude": degrees[i, 0],
        "load": of.demand[i],
        "service_h": of.service,
    }
    if of.window is not None:
        visit |= {"window_start_h": of.window[i, 0], "window_end_h": of.window[i, 1]}
    return visit
