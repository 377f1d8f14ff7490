"""Contrast of colours as WCAG 2 defines it, and the nearest shade that has enough.

References
----------
W3C, Web Content Accessibility Guidelines 2.2, "relative luminance" and "contrast ratio".
"""

import re

COLOR = re.compile(r"^#[0-9a-fA-F]{6}$")
TEXT = 4.5  # least contrast of text (1.4.3)
SHAPE = 3.0  # least contrast of a shape that says something (1.4.11)
_STEPS = 100


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours like ``#1f5fa8``: 1 (equal) to 21 (black on white).

    Examples
    --------
    >>> round(contrast("#767676", "#ffffff"), 2)
    4.54
    """
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def darkened(color: str, *, against: str = "#ffffff", ratio: float = TEXT) -> str:
    """First shade towards black that has the ratio against a light colour.

    Examples
    --------
    >>> darkened("#1f5fa8")
    '#1f5fa8'
    """
    channels = _channels(color)
    for step in range(_STEPS + 1):
        shade = _hex([c * (1 - step / _STEPS) for c in channels])
        if contrast(shade, against) >= ratio:
            return shade
    return "#000000"


def ink_on(color: str) -> str:
    """White or black, whichever is read better on a colour; one of them has 4.58 to 1 or more.

    Examples
    --------
    >>> ink_on("#1f5fa8"), ink_on("#ffd000")
    ('#ffffff', '#000000')
    """
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, color))


def _luminance(color: str) -> float:
    red, green, blue = (_linear(c / 255) for c in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _channels(color: str) -> list[int]:
    if not COLOR.match(color):
        raise ValueError(f"a colour is written like #1f5fa8, got {color!r}")
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]


def _hex(channels: list[float]) -> str:
    return "#" + "".join(f"{round(c):02x}" for c in channels)
