"""Lettermarks: drawn by another renderer (that of Typst), also at 16 pixels."""

import io
import string
import xml.etree.ElementTree as ET
from functools import cache

import numpy as np
import pytest
import typst
from PIL import Image

from api.render.contrast import TEXT, contrast
from api.render.lettermark import VARIANTS, letter_of, lettermark
from ops.errors import BadData
from ops.values import FloatArray

PAGE = """#set page(width: {side}pt, height: {side}pt, margin: 0pt, fill: {ground})
#image(bytes(sys.inputs.svg), format: "svg", width: {side}pt, height: {side}pt)"""


@cache
def raster(svg: bytes, side: int, ground: str = 'rgb("#ffffff")') -> FloatArray:
    """Pixels as (side, side, 3), 0 to 255."""
    source = PAGE.format(side=side, ground=ground).encode()
    png = typst.compile(source, format="png", ppi=72.0, sys_inputs={"svg": svg.decode()})
    assert isinstance(png, bytes)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.float64)


def color_at(pixels: FloatArray, row: int, column: int) -> str:
    return "#" + "".join(f"{int(c):02x}" for c in pixels[row, column])


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_variant_is_well_formed_and_named(variant: str) -> None:
    root = ET.fromstring(lettermark("A & B <Assembly>", "#7a1f3d", variant))
    assert root[0].text == "A & B <Assembly>"
    assert root.attrib["viewBox"].startswith("0 0 ")


@pytest.mark.parametrize("color", ["#7a1f3d", "#ffd000", "#ffffff", "#000000", "#777777"])
def test_the_letter_is_read_on_its_tile_at_sixteen_pixels(color: str) -> None:
    """An I fills the middle: its pixels against those of the tile beside it."""
    pixels = raster(lettermark("I", color, "icon"), 16)
    assert contrast(color_at(pixels, 8, 8), color_at(pixels, 8, 3)) >= TEXT


@pytest.mark.parametrize("color", ["#ffd000", "#ffffff", "#f5f5dc"])
def test_a_pale_tile_has_an_edge_on_white(color: str) -> None:
    pixels = raster(lettermark("I", color, "icon"), 64)
    darkest = pixels[32, :6].mean(axis=1).min()
    assert darkest < 255 * 0.75


def test_letters_can_be_told_apart_at_sixteen_pixels() -> None:
    letters = string.ascii_uppercase + string.digits
    drawn = [raster(lettermark(letter, "#1f5fa8", "icon"), 16).mean(axis=2) for letter in letters]
    for i, one in enumerate(drawn):
        for j in range(i):
            apart = np.abs(one - drawn[j]) > 64  # a quarter of black to white
            assert apart.sum() >= 3, (letters[i], letters[j])


def test_one_ink_leaves_the_ground_in_the_letter() -> None:
    pixels = raster(lettermark("I", "#1f5fa8", "mono"), 32, 'rgb("#ffe9c0")')
    assert color_at(pixels, 16, 16) == "#ffe9c0"
    assert color_at(pixels, 16, 4) == "#000000"


def test_on_a_dark_ground_the_tile_is_white_and_the_letter_coloured() -> None:
    pixels = raster(lettermark("I", "#7a1f3d", "reversed"), 32, 'rgb("#192027")')
    assert color_at(pixels, 16, 4) == "#ffffff"
    assert color_at(pixels, 16, 16) == "#7a1f3d"


def test_the_letter_is_the_first_that_can_be_drawn() -> None:
    assert letter_of("  straits") == "S"
    assert letter_of("(4) Corners") == "4"
    assert letter_of("日月光 ASE") == "A"
    assert letter_of("Östlund") == "Ö"
    assert letter_of("ßtraße") == "S"
    with pytest.raises(BadData, match="upload a mark instead"):
        letter_of("日月光")


def test_a_name_that_cannot_be_drawn_leaves_the_tile_alone() -> None:
    assert b'viewBox="0 0 32 32"' in lettermark("日月光 ASE", "#1f5fa8", "mark")
    assert b'viewBox="0 0 32 32"' not in lettermark("ASE", "#1f5fa8", "mark")
