"""PNG of strangers: decoded within limits and written anew, so that only its pixels are kept."""

import io

from PIL import Image, UnidentifiedImageError

from ops.errors import BadData, Problem

LEAST, MOST = 32, 2048  # pixels of a side
_WIDEST = 8.0


def clean_png(data: bytes) -> bytes:
    """Write a PNG anew: no text, no profile, no trailing bytes.

    Raises
    ------
    BadData
        If it is no PNG, is damaged, or a side has fewer than 32 or more than 2048 pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            _check(*image.size)  # known from the header: nothing is decoded yet
            pixels = image.convert("RGBA")
    except UnidentifiedImageError as error:
        raise _refused("it is not a PNG file") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused(f"it is damaged: {error}") from error
    written = io.BytesIO()
    pixels.save(written, "PNG", optimize=True)
    return written.getvalue()


def _check(width: int, height: int) -> None:
    if not (LEAST <= width <= MOST and LEAST <= height <= MOST):
        raise _refused(f"it is {width} x {height} pixels; a side has {LEAST} to {MOST}")
    if not 1 / _WIDEST <= width / height <= _WIDEST:
        raise _refused(f"it is {width} x {height}: more than {_WIDEST:g} times as long as wide")


def _refused(why: str) -> BadData:
    return BadData(f"this picture cannot be used: {why}", (Problem("", why),))
