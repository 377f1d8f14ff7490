"""SVG of strangers: what draws is kept, what acts or asks elsewhere is left out.

A list of what is allowed, not of what is forbidden: scripts, event attributes, foreign objects,
animations, external references and entities are unknown to it.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from api.render.svg_references import check_drawn
from ops.errors import BadData, Problem

NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    "svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop"
    " clipPath mask use symbol title desc text tspan style"
)
ATTRIBUTES = _words(
    "id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points viewBox"
    " preserveAspectRatio transform fill fill-opacity fill-rule stroke stroke-width stroke-opacity"
    " stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity"
    " color display visibility offset stop-color stop-opacity gradientUnits gradientTransform"
    " spreadMethod clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits font-family"
    " font-size font-weight font-style text-anchor letter-spacing dominant-baseline dx dy"
    " vector-effect paint-order href style"
)
MOST_DEPTH = 40
MOST_ELEMENTS = 5_000
_WIDEST = 8.0  # width to height, or height to width
_ELSEWHERE = re.compile(r"url\((?!\s*['\"]?#)|[\\@<]|expression|javascript:|data:", re.IGNORECASE)
_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(px)?\s*$")


@dataclass(frozen=True, slots=True)
class Clean:
    """A drawing that only draws, and what was left out of it."""

    svg: bytes
    removed: tuple[str, ...]


def clean_svg(data: bytes) -> Clean:
    """Keep what draws of an SVG document.

    Raises
    ------
    BadData
        If it is no SVG, declares entities, is nested or drawn out of measure, or has no size.
    """
    root = _parsed(data)
    if _local(root.tag) != "svg":
        raise _refused(f"its outermost element is {_local(root.tag)!r}, not svg")
    removed: dict[str, None] = {}
    kept = _kept(root, removed, 0)
    kept.set("xmlns", NAMESPACE)
    kept.set("viewBox", _view_box(root))
    for name in ("width", "height", "x", "y"):
        kept.attrib.pop(name, None)
    if sum(1 for _ in kept.iter()) > MOST_ELEMENTS:
        raise _refused(f"it has more than {MOST_ELEMENTS} elements; simplify it")
    check_drawn(kept)
    return Clean(ET.tostring(kept, encoding="utf-8"), tuple(removed))


def _parsed(data: bytes) -> ET.Element:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("it is not UTF-8 text; save it as plain SVG") from error
    if "<!ENTITY" in text:
        raise _refused("it declares entities; save it as plain SVG")
    # the text is decoded already: what the declaration says of its encoding is void
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    try:
        return ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise _refused(f"it is not well-formed: {error}") from error


def _kept(element: ET.Element, removed: dict[str, None], depth: int) -> ET.Element:
    if depth > MOST_DEPTH:
        raise _refused(f"it is nested more than {MOST_DEPTH} deep; save it as plain SVG")
    copy = ET.Element(_local(element.tag), _attributes(element, removed))
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        name = _local(child.tag)
        if name not in ELEMENTS or (name == "style" and _ELSEWHERE.search(child.text or "")):
            removed[f"<{name}>"] = None
        else:
            copy.append(_kept(child, removed, depth + 1))
    return copy


def _attributes(element: ET.Element, removed: dict[str, None]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for given, value in element.attrib.items():
        name = "href" if given == _XLINK else given
        local = _local(name)
        if name in ATTRIBUTES and not _ELSEWHERE.search(value) and _inside(name, value):
            kept[name] = value
        elif name in ATTRIBUTES or local.lower().startswith("on"):
            removed[local] = None  # what editors note for themselves is not worth a word
    return kept


def _inside(name: str, value: str) -> bool:
    return name != "href" or value.startswith("#")


def _view_box(root: ET.Element) -> str:
    given = root.get("viewBox")
    try:
        if given is not None:
            x, y, width, height = (float(v) for v in given.replace(",", " ").split())
        else:
            x, y = 0.0, 0.0
            width, height = (_length(root.get(name, "")) for name in ("width", "height"))
    except ValueError as error:
        raise _refused("it has no size; give the svg element a viewBox") from error
    # a comparison with NaN is false: it is refused too
    if not (0 < width < 1e6 and 0 < height < 1e6 and abs(x) < 1e6 and abs(y) < 1e6):
        raise _refused(f"its viewBox is {width:g} x {height:g}; both must be above 0")
    if not 1 / _WIDEST <= width / height <= _WIDEST:
        raise _refused(f"it is {width:g} x {height:g}: more than {_WIDEST:g} times as long as wide")
    return f"{x:g} {y:g} {width:g} {height:g}"


def _length(text: str) -> float:
    found = _LENGTH.match(text)
    if found is None:
        raise ValueError(text)
    return float(found[1])


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _refused(why: str) -> BadData:
    return BadData(f"this SVG cannot be used: {why}", (Problem("", why),))
