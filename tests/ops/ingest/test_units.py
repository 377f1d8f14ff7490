import pytest

from ops.ingest.units import Conversion, conversion


@pytest.mark.parametrize(
    ("source", "target", "factor", "offset"),
    [
        ("mil", "um", 25.4, 0.0),
        ("inch", "mm", 25.4, 0.0),
        ("gf", "mN", 9.80665, 0.0),
        ("degC", "degF", 1.8, 32.0),
        ("m^2", "mm**2", 1e6, 0.0),
        ("%", "1", 0.01, 0.0),
        ("wires", "wires", 1.0, 0.0),  # what pint does not know is itself
    ],
)
def test_conversions_are_exact(source: str, target: str, factor: float, offset: float) -> None:
    assert conversion(source, target) == Conversion(factor, offset)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("g", "N"),
        ("dB", "1"),
        ("nonsense", "um"),
        ("", "um"),
        ("9**9**9**9", "um"),
        ("m" * 99, "m"),
    ],
)
def test_what_cannot_be_converted_is_none(source: str, target: str) -> None:
    assert conversion(source, target) is None
