"""Uploaded drawings: what draws stays, what acts goes, what is no drawing is refused."""

import io
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from api.render.clean_png import clean_png
from api.render.clean_svg import ATTRIBUTES, ELEMENTS, clean_svg
from ops.errors import BadData

SVG = 'xmlns="http://www.w3.org/2000/svg"'
HOSTILE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- a comment -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     xmlns:editor="urn:editor" viewBox="0,0 40 20" onload="alert(1)" editor:note="x">
  <script>alert(2)</script>
  <style>@import url(http://elsewhere/x.css); path { fill: red }</style>
  <style>.a { fill: url(#g) }</style>
  <foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onclick="x()">hi</body></foreignObject>
  <defs><linearGradient id="g"><stop offset="0" stop-color="#123456"/></linearGradient>
    <path id="p" d="M0 0H40V20Z"/></defs>
  <a href="javascript:alert(3)"><rect width="5" height="5"/></a>
  <image href="http://elsewhere/track.png" width="1" height="1"/>
  <use xlink:href="#p" fill="url('#g')"/>
  <use xlink:href="http://elsewhere/x.svg#p"/>
  <rect class="a" width="4" height="4" onmouseover="x()" style="fill:url(http://elsewhere/f)"/>
  <animate attributeName="href" values="javascript:alert(4)"/>
  <set attributeName="onload" to="x"/>
  <g editor:layer="1"><circle cx="3" cy="3" r="2" fill="&#x75;rl(//elsewhere)"/></g>
</svg>"""


def test_a_hostile_drawing_only_draws() -> None:
    clean = clean_svg(HOSTILE.encode())
    root = ET.fromstring(clean.svg)
    assert root.attrib["viewBox"] == "0 0 40 20"
    kept = [e.tag.rsplit("}")[-1] for e in root.iter()]
    assert kept == [
        "svg", "style", "defs", "linearGradient", "stop", "path", "use", "use", "rect", "g",
        "circle",
    ]  # fmt: skip
    text = clean.svg.decode().lower()
    for word in ("alert", "elsewhere", "javascript", "import", "onload", "editor", "comment"):
        assert word not in text, word
    assert 'href="#p"' in text
    assert "<script>" in clean.removed
    assert {"<foreignObject>", "<image>", "<animate>", "onload", "style", "href"} <= {
        *clean.removed
    }


@given(st.text(max_size=200), st.sampled_from(sorted(ATTRIBUTES)), st.text(max_size=80))
def test_nothing_beyond_the_lists_comes_out(text: str, name: str, value: str) -> None:
    root = ET.Element("svg", {"viewBox": "0 0 1 1", name: value, "onclick": value})
    ET.SubElement(root, "title").text = text
    ET.SubElement(root, "script").text = text
    try:
        found = ET.fromstring(clean_svg(ET.tostring(root)).svg)
    except BadData:
        return
    for element in found.iter():
        assert element.tag.rsplit("}")[-1] in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES


@pytest.mark.parametrize(
    ("svg", "why"),
    [
        (b"", "not well-formed"),
        (b"\xff\xfe<svg/>", "not UTF-8"),
        (b"<html/>", "outermost element is 'html'"),
        (f"<svg {SVG}/>".encode(), "has no size"),
        (f'<svg {SVG} viewBox="0 0 NaN 5"/>'.encode(), "must be above 0"),
        (f'<svg {SVG} viewBox="0 0 90 1"/>'.encode(), "times as long as wide"),
        (f'<svg {SVG} width="100%" height="2em"/>'.encode(), "has no size"),
        (b'<!DOCTYPE svg [<!ENTITY a "x">]><svg viewBox="0 0 1 1">&a;</svg>', "entities"),
        (f'<svg {SVG} viewBox="0 0 1 1">{"<g>" * 50}{"</g>" * 50}</svg>'.encode(), "nested"),
        (f'<svg {SVG} viewBox="0 0 1 1">{"<g/>" * 6000}</svg>'.encode(), "more than 5000"),
        (
            f'<svg {SVG} viewBox="0 0 1 1"><g id="a"><use href="#a"/></g></svg>'.encode(),
            "in circles",
        ),
    ],
)
def test_what_is_no_mark_is_refused_in_words(svg: bytes, why: str) -> None:
    with pytest.raises(BadData, match=why):
        clean_svg(svg)


def test_references_that_multiply_are_refused() -> None:
    steps = "".join(
        f'<g id="a{i}"><use href="#a{i + 1}"/><use href="#a{i + 1}"/></g>' for i in range(30)
    )
    bomb = f'<svg {SVG} viewBox="0 0 1 1">{steps}<path id="a30" d="M0 0H1"/></svg>'
    with pytest.raises(BadData, match="draws more than 20000"):
        clean_svg(bomb.encode())


def test_a_size_in_pixels_becomes_a_view_box() -> None:
    svg = clean_svg(f'<svg {SVG} width="24px" height="12"><path d="M0 0"/></svg>'.encode()).svg
    assert ET.fromstring(svg).attrib == {"viewBox": "0 0 24 12"}


def _png(width: int, height: int, **info: PngImagePlugin.PngInfo) -> bytes:
    written = io.BytesIO()
    Image.new("P", (width, height), 3).save(written, "PNG", **info)
    return written.getvalue()


def test_of_a_png_only_the_pixels_stay() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "somebody")
    clean = clean_png(_png(64, 40, pnginfo=info) + b"<script>trailing</script>")
    image = Image.open(io.BytesIO(clean))
    assert (image.size, image.mode, image.info) == ((64, 40), "RGBA", {})
    assert b"somebody" not in clean
    assert b"script" not in clean


@pytest.mark.parametrize(
    ("png", "why"),
    [
        (b"GIF89a", "not a PNG"),
        (_png(16, 64), "16 x 64 pixels"),
        (_png(4000, 40), "4000 x 40 pixels"),
        (_png(600, 40), "times as long as wide"),
        (_png(64, 64)[:60], "damaged|not a PNG"),
    ],
)
def test_other_pictures_are_refused(png: bytes, why: str) -> None:
    with pytest.raises(BadData, match=why):
        clean_png(png)
