"""A mark made from a name and a colour: the first letter on a tile, as SVG outlines.

Letters are outlines of DejaVu Sans Bold, so that the mark looks the same where no font is. One
letter, not initials: at 16 pixels the stems of two are thinner than a pixel.
"""

from functools import cache
from xml.sax.saxutils import escape

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath

from api.render.contrast import SHAPE, contrast, darkened, ink_on
from ops.errors import BadData, Problem

VARIANTS = ("mark", "icon", "mono", "reversed")
SIDE = 32.0  # of the tile, in units of the drawing
_RADIUS = 7
_LETTER = 21.0  # height of a capital letter on the tile
_WIDEST = 26.0
_PAPER = "#ffffff"
_FONT = FontProperties(family="DejaVu Sans", weight="bold")
_NAME_SIZE = 16.0
_NAME_LEFT = SIDE + 9
_MOST_NAME = 40  # letters of a name beside the tile
_CODES = {Outline.MOVETO: "M", Outline.LINETO: "L", Outline.CURVE3: "Q", Outline.CURVE4: "C"}


def lettermark(name: str, color: str, variant: str = "icon") -> bytes:
    """Draw a mark as SVG.

    Parameters
    ----------
    color
        Like ``#1f5fa8``.
    variant
        ``icon``: the letter on a tile of the colour. ``mark``: with the name beside it. ``mono``:
        one ink, the letter cut out of the tile. ``reversed``: a white tile, for dark grounds.

    Raises
    ------
    BadData
        If the name has no letter or digit that can be drawn.
    """
    letter = letter_of(name)
    about = f"<title>{escape(name)}</title>"
    if variant == "mono":
        d = _tile_path() + _letter_path(letter)
        return _svg(SIDE, f'{about}<path fill-rule="evenodd" d="{d}"/>')
    if variant == "reversed":
        return _svg(SIDE, about + _plain_tile(_PAPER) + _glyph(letter, darkened(color)))
    icon = _tile(color) + _glyph(letter, ink_on(color))
    if variant == "icon":
        return _svg(SIDE, about + icon)
    path, width = _name_path(name)
    ink = f'<path fill="{darkened(color)}" d="{path}"/>' if path else ""
    return _svg(_NAME_LEFT + width if path else SIDE, about + icon + ink)


def letter_of(name: str) -> str:
    """First letter or digit of a name that the font can draw, as a capital."""
    for letter in name.upper():
        if letter.isalnum() and _drawable(letter):
            return letter
    problem = Problem("/name", "give a name with a Latin, Greek or Cyrillic letter, or a digit")
    raise BadData(f"no letter of {name!r} can be drawn; upload a mark instead", (problem,))


def _drawable(letter: str) -> bool:
    return len(letter) == 1 and ord(letter) in _known_letters()


@cache
def _known_letters() -> frozenset[int]:
    font = get_font(findfont(_FONT))
    return frozenset(font.get_charmap())


def _svg(width: float, body: str) -> bytes:
    size = f'viewBox="0 0 {width:.6g} {SIDE:.6g}" width="{width:.6g}" height="{SIDE:.6g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'.encode()


def _tile(color: str) -> str:
    if contrast(color, _PAPER) >= SHAPE:
        return _plain_tile(color)
    rim = darkened(color, ratio=SHAPE)  # else a pale tile has no edge on white
    place = f'x="0.75" y="0.75" width="30.5" height="30.5" rx="{_RADIUS - 0.75}"'
    return f'<rect {place} fill="{color}" stroke="{rim}" stroke-width="1.5"/>'


def _plain_tile(color: str) -> str:
    return f'<rect width="32" height="32" rx="{_RADIUS}" fill="{color}"/>'


def _tile_path() -> str:
    r, far = _RADIUS, SIDE - _RADIUS
    corner = f"a{r} {r} 0 0 1"
    return (
        f"M{r} 0H{far:g}{corner} {r} {r}V{far:g}{corner} {-r} {r}H{r}{corner} {-r} {-r}V{r}"
        f"{corner} {r} {-r}Z"
    )


def _glyph(letter: str, color: str) -> str:
    return f'<path fill="{color}" d="{_letter_path(letter)}"/>'


def _letter_path(letter: str) -> str:
    """Outline in the middle of the tile, as high as a capital letter, or as wide as it may be."""
    outline = TextPath((0, 0), letter, size=100, prop=_FONT)
    box = outline.get_extents()
    scale = min(_LETTER / box.height, _WIDEST / box.width)
    middle = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
    return _drawn(outline, scale, middle, np.array([SIDE / 2, SIDE / 2]))


def _name_path(name: str) -> tuple[str, float]:
    """Outline of the name and its width; empty where a letter of it cannot be drawn."""
    if not all(letter.isspace() or _drawable(letter) for letter in name):
        return "", 0.0
    outline = TextPath((0, 0), name[:_MOST_NAME], size=_NAME_SIZE, prop=_FONT)
    box = outline.get_extents()
    capital = TextPath((0, 0), "H", size=_NAME_SIZE, prop=_FONT).get_extents()
    at = np.array([_NAME_LEFT, SIDE / 2])
    return _drawn(outline, 1.0, np.array([box.x0, capital.y1 / 2]), at), float(box.width)


def _drawn(outline: Outline, scale: float, middle: np.ndarray, at: np.ndarray) -> str:
    """Write an outline as SVG path data; its y axis points up, that of SVG down."""
    parts: list[str] = []
    for vertices, code in outline.iter_segments(simplify=False):
        if code == Outline.CLOSEPOLY:
            parts.append("Z")
            continue
        points = (np.reshape(vertices, (-1, 2)) - middle) * (scale, -scale) + at
        parts.append(_CODES[code] + " ".join(f"{x:.2f} {y:.2f}" for x, y in points))
    return "".join(parts)
