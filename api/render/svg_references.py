"""How much an SVG draws once its references are followed: a few lines can stand for millions."""

import re
import xml.etree.ElementTree as ET

from ops.errors import BadData, Problem

MOST_DRAWN = 20_000
_TARGET = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_OPEN = -1


def check_drawn(root: ET.Element) -> None:
    """Refuse a drawing whose references run in circles, or multiply beyond 20,000 elements.

    Raises
    ------
    BadData
        In both cases.
    """
    by_id = {e.attrib["id"]: e for e in reversed(list(root.iter())) if "id" in e.attrib}
    drawn: dict[ET.Element, int] = {}

    def count(element: ET.Element) -> int:
        known = drawn.get(element)
        if known == _OPEN:
            raise _refused("its references run in circles")
        if known is not None:
            return known
        drawn[element] = _OPEN
        parts = [*element, *(by_id[name] for name in _references(element) if name in by_id)]
        total = 1 + sum(map(count, parts))
        if total > MOST_DRAWN:
            raise _refused(f"it draws more than {MOST_DRAWN} elements; simplify it")
        drawn[element] = total
        return total

    try:
        count(root)
    except RecursionError as error:
        raise _refused("its references are nested too deep; save it as plain SVG") from error


def _references(element: ET.Element) -> list[str]:
    found = [name for value in element.attrib.values() for name in _TARGET.findall(value)]
    href = element.attrib.get("href", "")
    return [*found, href[1:]] if href.startswith("#") else found


def _refused(why: str) -> BadData:
    return BadData(f"this SVG cannot be used: {why}", (Problem("", why),))
