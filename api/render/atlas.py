"""A `Map` as SVG: outlines, connections, places; no script, no picture from elsewhere.

The projection is equirectangular, true to scale at the middle latitude of what is shown. The map is
cut where it matters least: the meridian opposite to the middle of the widest gap between places.
On a page the colours are those of the style sheet, in a file they are those of the light theme.
"""

from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians

from api.render.labels import Spot, spots
from api.render.outlines import Ring, outlines
from ops.page_chart import Link, Map, Place

WIDTH, MOST_HEIGHT, LEAST_HEIGHT = 960.0, 620.0, 260.0
MARGIN_DEG = 2.5
ROLES = ("data", "limit", "center", "fit", "event")  # colours of groups of connections, in turn
DASHES = ("", "7 4", "2 3", "10 3 2 3", "")
LIGHT = {
    "sea": "#f6f7f8", "land": "#e3e8ec", "border": "#c3ccd3", "text": "#1b2430", "surface": "#fff",
    "data": "#2f6fb0", "limit": "#b3541e", "center": "#3d7a3a", "fit": "#7a4fa3",
    "event": "#6d6a00", "good": "#1b7346", "warn": "#8a5800", "bad": "#b3261e", "info": "#46566a",
    "muted": "#55616d",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Frame:
    """Degrees to picture: `west` is the left edge, `scale` in units for a degree of latitude."""

    west: float
    north: float
    scale: float
    stretch: float
    width: float
    height: float
    middle: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Point of the picture, the longitude brought within half a turn of the middle."""
        turned = (longitude - self.middle + 180.0) % 360.0 - 180.0 + self.middle
        return self.flat(turned, latitude)

    def flat(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Point of the picture, the longitude as it stands."""
        x = (longitude - self.west) * self.scale * self.stretch
        return round(x, 1), round((self.north - latitude) * self.scale, 1)


def groups_of(drawn: Map) -> dict[str, tuple[str, str]]:
    """Group of connections to its colour and its dashes, in order of appearance."""
    names = list(dict.fromkeys(link.group for link in drawn.links))
    return {n: (ROLES[i % len(ROLES)], DASHES[i % len(DASHES)]) for i, n in enumerate(names)}


def draw_map(drawn: Map, *, themed: bool) -> str:
    """Draw a map.

    Parameters
    ----------
    themed
        Colours as variables of the style sheet, for a page; else those of the light theme.
    """
    frame = _frame(drawn.places)
    styles = groups_of(drawn)
    parts = [_land(frame, themed)]
    for link in sorted(drawn.links, key=lambda link: link.width):
        parts.append(_link(link, drawn.places, frame, styles[link.group], themed))
    ordered = sorted(drawn.places, key=lambda p: -p.size)
    points = [frame.at(p.longitude, p.latitude) for p in ordered]
    names = [p.label for p in ordered]
    places = spots(points, names, width=frame.width, height=frame.height)
    parts += [_place(*each, themed) for each in zip(ordered, points, places, strict=True)]
    size = f'viewBox="0 0 {frame.width:g} {frame.height:g}"'
    back = f'<rect width="100%" height="100%" fill="{_colour("sea", themed)}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{back}{"".join(parts)}</svg>'


def _colour(name: str, themed: bool) -> str:
    return f"var(--{name})" if themed else LIGHT[name]


def _frame(places: tuple[Place, ...]) -> _Frame:
    west, east = _span([p.longitude for p in places] or [0.0])
    latitudes = [p.latitude for p in places] or [0.0]
    south, north = min(latitudes), max(latitudes)
    pad = MARGIN_DEG + 0.08 * max(east - west, north - south)
    west, east, south, north = west - pad, east + pad, max(south - pad, -85), min(north + pad, 85)
    stretch = max(cos(radians((south + north) / 2)), 0.2)
    scale = WIDTH / ((east - west) * stretch)
    height = (north - south) * scale
    if height > MOST_HEIGHT:  # tall: wider than its places, they stand in the middle
        scale, height = MOST_HEIGHT / (north - south), MOST_HEIGHT
        more = WIDTH / (scale * stretch) - (east - west)
        west, east = west - more / 2, east + more / 2
    if height < LEAST_HEIGHT:
        more = (LEAST_HEIGHT - height) / scale
        north, height = north + more / 2, LEAST_HEIGHT
    middle = (west + east) / 2
    return _Frame(west, north, scale, stretch, WIDTH, round(height, 1), middle)


def _span(longitudes: list[float]) -> tuple[float, float]:
    """Shortest stretch of the circle that holds all; its end may lie beyond 180 degrees."""
    ordered = sorted({x % 360.0 % 360.0 for x in longitudes})  # twice: -1e-20 % 360 is 360
    gaps = [
        ((ordered[(i + 1) % len(ordered)] - here) % 360.0 or 360.0, i)
        for i, here in enumerate(ordered)
    ]
    widest, before = max(gaps)
    west = ordered[(before + 1) % len(ordered)]
    return west, west + 360.0 - widest


def _land(frame: _Frame, themed: bool) -> str:
    east = frame.west + frame.width / (frame.scale * frame.stretch)
    paths: list[str] = []
    for ring in outlines():
        for turn in (-360.0, 0.0, 360.0):
            if (
                max(x for x, _ in ring) + turn > frame.west
                and min(x for x, _ in ring) + turn < east
            ):
                paths.append(_path(ring, turn, frame))
    fill, line = _colour("land", themed), _colour("border", themed)
    return f'<path d="{"".join(paths)}" fill="{fill}" stroke="{line}" stroke-width=".6"/>'


def _path(ring: Ring, turn: float, frame: _Frame) -> str:
    points = (frame.flat(x + turn, y) for x, y in ring)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _link(
    link: Link, places: tuple[Place, ...], frame: _Frame, style: tuple[str, str], themed: bool
) -> str:
    begin, end = places[link.origin], places[link.destination]
    (x1, y1), (x2, y2) = (frame.at(p.longitude, p.latitude) for p in (begin, end))
    away = hypot(x2 - x1, y2 - y1)
    bend = 0.14  # of the length, to the left: there and back do not cover each other
    x, y = (x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1)
    role, dashes = style
    colour = _colour("bad" if link.level == "bad" else role, themed)
    line = (
        f'fill="none" stroke="{colour}" stroke-opacity=".75" stroke-linecap="round"'
        f' stroke-width="{0.8 + 5.2 * link.width:.1f}"'
    )
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    curve = f"M{x1:g} {y1:g}Q{x:.1f} {y:.1f} {x2:g} {y2:g}" if away > 1 else f"M{x1:g} {y1:g}h.1"
    said = link.note or f"{begin.label} → {end.label}"
    return f'<path d="{curve}" {line}{dashed}><title>{escape(said)}</title></path>'


def _place(place: Place, point: tuple[float, float], spot: Spot | None, themed: bool) -> str:
    colour = _colour("muted" if place.faded else place.level, themed)
    fill = "none" if place.faded else colour
    style = f'fill="{fill}" stroke="{_colour("surface", themed) if fill != "none" else colour}"'
    title = f"<title>{escape(place.note or place.label)}</title>"
    mark = f"{_symbol(place.shape, *point, 3.5 + 5.5 * place.size)} {style}>{title}"
    closed = "</circle>" if place.shape == "circle" else "</path>"
    return f"<g>{mark}{closed}{_name(place, spot, themed) if spot else ''}</g>"


def _name(place: Place, spot: Spot, themed: bool) -> str:
    x, y, side = spot
    halo = f'stroke="{_colour("sea", themed)}" stroke-width="3" paint-order="stroke"'
    fill = f'fill="{_colour("muted" if place.faded else "text", themed)}"'
    where = f'x="{x:g}" y="{y:g}" text-anchor="{side}" font-size="13" font-family="sans-serif"'
    return f"<text {where} {fill} {halo}>{escape(place.label)}</text>"


def _symbol(shape: str, x: float, y: float, r: float) -> str:
    if shape == "circle":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{r:.1f}"'
    if shape == "square":
        return f'<path d="M{x - r:.1f} {y - r:.1f}h{2 * r:.1f}v{2 * r:.1f}h{-2 * r:.1f}z"'
    if shape == "diamond":
        r *= 1.3
        return f'<path d="M{x:.1f} {y - r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}z"'
    r *= 1.2
    return f'<path d="M{x:.1f} {y - r:.1f}L{x + r:.1f} {y + r:.1f}H{x - r:.1f}z"'
