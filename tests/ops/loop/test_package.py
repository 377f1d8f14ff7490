from typing import Any

import pytest
from pydantic import ValidationError

from ops.loop.package import Package


def package(**changes: Any) -> dict[str, Any]:
    wires = [
        {
            "position": f"W{i + 1}",
            "first": {"x_um": 0, "y_um": 60 * i, "z_um": 100},
            "second": {"x_um": 1500, "y_um": 90 * i},
            "height_um": 250,
        }
        for i in range(3)
    ]
    return {"cavity_height_um": 400, "wire_diameter_um": 20, "wires": wires, **changes}


def test_a_package_survives_json() -> None:
    one = Package.model_validate(package())
    assert Package.model_validate_json(one.model_dump_json()) == one


def test_pairs_are_those_that_lie_near() -> None:
    near = [(a.position, b.position) for a, b in Package.model_validate(package()).pairs(80)]
    assert near == [("W1", "W2"), ("W2", "W3")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cavity_height_um": 200}, "is not below the cavity"),
        ({"wires": [package()["wires"][0]] * 2}, "is there twice"),
        ({"characteristics": {"top": "LOOP-H"}}, "no parts of a loop profile"),
    ],
)
def test_what_cannot_be_built_is_refused_by_name(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Package.model_validate(package(**changes))
