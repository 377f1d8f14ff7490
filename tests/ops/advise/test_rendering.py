"""A sentence holds the numbers of its evidence and no others."""

import pytest

from ops.advise.claim import Claim, Slot
from ops.advise.evidence import Evidence
from ops.advise.rendering import pieces, sentence

CPK = Evidence(
    id="c.cpk", case="c", topic="capability", kind="number", quantity="cpk", label="Cpk",
    value=1.0812, decimals=2, lower=0.97, upper=1.19, confidence=0.95, reference=1.33,
    reference_label="requirement", link="/runs/1", at=0,
)  # fmt: skip
AT = Evidence(
    id="c.since", case="c", topic="drift", kind="time", quantity="since", label="begin",
    value=86_400_000_000, link="/runs/1", at=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("value", "1.08"),
        ("full", "1.08 (95 % 0.97 to 1.19)"),
        ("interval", "95 % 0.97 to 1.19"),
        ("reference", "1.33"),
        ("label", "Cpk"),
        ("lower", "0.97"),
    ],
)
def test_each_part_is_said(part: str, said: str) -> None:
    claim = Claim(role="finding", template="{x}", slots={"x": Slot(evidence="c.cpk", part=part)})
    assert sentence(claim, {"c.cpk": CPK}) == said


def test_a_bound_alone_is_said_as_such() -> None:
    one = CPK.model_copy(update={"upper": None})
    claim = Claim(role="finding", template="{x}", slots={"x": Slot(evidence="c.cpk", part="full")})
    assert sentence(claim, {"c.cpk": one}) == "1.08 (95 % at least 0.97)"


def test_a_time_is_a_date() -> None:
    claim = Claim(role="finding", template="since {x}.", slots={"x": Slot(evidence="c.since")})
    assert [p.text for p in pieces(claim, {"c.since": AT})] == ["since ", "1970-01-02 00:00", "."]


def test_what_is_not_there_cannot_be_said() -> None:
    claim = Claim(role="finding", template="{x}", slots={"x": Slot(evidence="gone")})
    with pytest.raises(KeyError):
        sentence(claim, {})


def test_a_value_is_of_its_kind() -> None:
    with pytest.raises(ValueError, match="is no number"):
        CPK.model_copy().__class__.model_validate(CPK.model_dump() | {"value": "1.08"})


def test_an_interval_without_a_width_is_not_said() -> None:
    one = CPK.model_copy(
        update={"value": 0.2594987, "lower": 0.2594987, "upper": 0.25949871, "decimals": None}
    )
    claim = Claim(role="finding", template="{x}", slots={"x": Slot(evidence="c.cpk", part="full")})
    assert sentence(claim, {"c.cpk": one}) == "0.2595"


def test_a_limit_has_its_own_decimals_and_a_vague_life_few_digits() -> None:
    life = CPK.model_copy(
        update={"value": 78005.2, "lower": 27796.6, "upper": 232487.3, "decimals": None}
    )
    held = CPK.model_copy(update={"reference": 161.0, "decimals": 1})
    claim = Claim(
        role="finding",
        template="{life}, {limit}",
        slots={
            "life": Slot(evidence="c.life", part="full"),
            "limit": Slot(evidence="c.cpk", part="reference"),
        },
    )
    said = sentence(claim, {"c.life": life, "c.cpk": held})
    assert said == "78000 (95 % 28000 to 232000), 161"
