"""Maps: outlines where they belong, places where they are, nobody's text as markup."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.render.atlas import LIGHT, WIDTH, draw_map, groups_of
from api.render.outlines import outlines
from ops.page_chart import Link, Map, Place
from tests.strategies import few

SVG = "{http://www.w3.org/2000/svg}"
# degrees east and north
PENANG, DRESDEN, DALLAS, OSAKA = (100.33, 5.41), (13.74, 51.05), (-96.80, 32.78), (135.50, 34.69)


def _map(*places: tuple[float, float], links: tuple[Link, ...] = ()) -> Map:
    named = tuple(Place(label=f"P{i}", longitude=x, latitude=y) for i, (x, y) in enumerate(places))
    return Map(title="Network", places=named, links=links)


def _circles(svg: str) -> list[tuple[float, float]]:
    found = ET.fromstring(svg).iter(f"{SVG}circle")
    return [(float(c.get("cx", "nan")), float(c.get("cy", "nan"))) for c in found]


def _inside(point: tuple[float, float]) -> bool:
    """Whether a point lies on land, by counting the edges to the east of it."""
    x, y = point
    crossings = 0
    for ring in outlines():
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("city", [DRESDEN, DALLAS, (2.35, 48.85), (-47.9, -15.8), (149.1, -35.3)])
def test_cities_lie_on_land(city: tuple[float, float]) -> None:
    assert _inside(city)


@pytest.mark.parametrize("sea", [(-40.0, 30.0), (-150.0, 0.0), (75.0, -20.0)])
def test_oceans_are_no_land(sea: tuple[float, float]) -> None:
    assert not _inside(sea)


@few(40)
@given(
    st.lists(
        st.tuples(st.floats(-180, 180), st.floats(-80, 80)), min_size=1, max_size=12, unique=True
    )
)
def test_every_place_is_inside_the_picture(places: list[tuple[float, float]]) -> None:
    svg = draw_map(_map(*places), themed=True)
    height = float(ET.fromstring(svg).get("viewBox", "").split()[3])
    for x, y in _circles(svg):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= height


def test_a_network_over_the_pacific_is_not_cut() -> None:
    (x1, _), (x2, _) = _circles(draw_map(_map(OSAKA, DALLAS), themed=True))
    assert x1 < x2  # Japan on the left, America on the right: the shorter way round


def test_east_is_right_and_north_is_up() -> None:
    (x1, y1), (x2, y2) = _circles(draw_map(_map(DRESDEN, PENANG), themed=True))
    assert x1 < x2
    assert y1 < y2


def test_texts_are_escaped_and_a_file_has_no_variables() -> None:
    bad = "</title><script>alert(1)</script>"
    place = Place(label=bad, longitude=1, latitude=1, note=bad)
    link = Link(origin=0, destination=0, group=bad, note=bad)
    svg = draw_map(Map(title="x", places=(place,), links=(link,)), themed=False)
    assert "<script" not in svg
    assert "var(--" not in svg
    ET.fromstring(svg)


def test_groups_are_told_apart_by_colour_and_dashes() -> None:
    links = tuple(Link(origin=0, destination=1, group=g) for g in ("road", "sea", "air", "road"))
    styles = groups_of(_map(OSAKA, DALLAS, links=links))
    assert list(styles) == ["road", "sea", "air"]
    assert len({colour for colour, _ in styles.values()}) == 3
    assert len({dashes for _, dashes in styles.values()}) == 3


def test_colours_of_a_file_are_those_of_the_light_theme() -> None:
    from api.documentation import STATIC  # noqa: PLC0415  (only this test reads the sheet)

    sheet = (STATIC / "app.css").read_text()
    light = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", sheet.split("@media")[0]))
    for name in set(LIGHT) & set(light):
        assert LIGHT[name] == light[name], name
