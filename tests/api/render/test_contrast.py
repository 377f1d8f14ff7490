"""Contrast: figures that others publish, and what the nearest shade promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.render.contrast import TEXT, contrast, darkened, ink_on

colors = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [  # W3C, Understanding WCAG 2.2, 1.4.3 and technique G18; each is published to two decimals
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#949494", "#ffffff", 3.03),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#ffff00", "#ffffff", 1.07),
    ],
)
def test_published_ratios(a: str, b: str, ratio: float) -> None:
    assert contrast(a, b) == pytest.approx(ratio, abs=0.005)
    assert contrast(b, a) == contrast(a, b)


@given(colors)
def test_ink_and_shade_can_always_be_read(color: str) -> None:
    assert contrast(ink_on(color), color) >= TEXT
    assert contrast(darkened(color), "#ffffff") >= TEXT


@given(colors)
def test_what_has_enough_contrast_is_left_alone(color: str) -> None:
    if contrast(color, "#ffffff") >= TEXT:
        assert darkened(color) == color


@pytest.mark.parametrize("wrong", ["red", "#fff", "#12345g", "#1f5fa8 ", ""])
def test_other_spellings_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="a colour is written like"):
        contrast(wrong, "#ffffff")
