"""Outlines of countries in degrees, from a vendored TopoJSON file of Natural Earth (1:110m).

TopoJSON 3 (2013): an arc is a list of quantised steps; a ring is a list of arcs, ``~i`` being arc
``i`` backwards, whose shared end points are written once.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "static/vendor/natural-earth/countries-110m.json"
Ring = tuple[tuple[float, float], ...]


@cache
def outlines() -> tuple[Ring, ...]:
    """Rings of all countries, (longitude, latitude) in degrees."""
    topology: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    rings: list[Ring] = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings += [_ring(ring, arcs) for polygon in polygons for ring in polygon]
    return tuple(rings)


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (scale_x, scale_y), (at_x, at_y) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[tuple[float, float]] = []
    for dx, dy in steps:
        x, y = x + dx, y + dy
        points.append((x * scale_x + at_x, y * scale_y + at_y))
    return tuple(points)


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return _unbroken(points)


def _unbroken(points: list[tuple[float, float]]) -> Ring:
    """Let a ring that crosses the date line go on beyond 180 degrees instead of jumping back."""
    turn, last = 0.0, points[0][0]
    unbroken: list[tuple[float, float]] = []
    for x, y in points:
        if abs(x - last) > 180.0:
            turn += 360.0 if x < last else -360.0
        last = x
        unbroken.append((x + turn, y))
    return tuple(unbroken)
