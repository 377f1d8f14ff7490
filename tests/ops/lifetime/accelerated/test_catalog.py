"""The catalogue: every model states units, material and source, and refuses wrong use in words."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.accelerated.catalog import (
    ARRHENIUS,
    BLACK,
    COFFIN_MANSON,
    MODELS,
    NORRIS_LANDZBERG,
    PECK,
    material_of,
    model_named,
)
from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.model import AccelerationModel


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_a_model_says_what_it_is(model: AccelerationModel) -> None:
    assert model.title
    assert model.equation
    assert model.source
    assert model.valid_for
    assert len(set(model.constants)) == len(model.terms)
    for material in model.materials:
        assert set(material.constants) <= set(model.constants)
        for constant in material.constants.values():
            assert constant.source
            assert constant.range_source
            assert constant.lower <= constant.value <= constant.upper
    assert model_named(model.name) is model


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_a_covariate_goes_back_to_its_level(model: AccelerationModel) -> None:
    for term in model.terms:
        at = np.array([0.2, 0.9]) * min(term.stress.upper, 500.0)
        assert term.level(term.covariate(at)) == pytest.approx(at)


@pytest.mark.parametrize(
    ("model", "material", "words"),
    [
        (NORRIS_LANDZBERG, "", "solder joints .* needs the alloy: one of snpb, sac"),
        (NORRIS_LANDZBERG, "au-wire-heel-crack", "is described by coffin-manson"),
        (COFFIN_MANSON, "", "needs the failure site"),
        (COFFIN_MANSON, "sac", "is described by norris-landzberg"),
        (BLACK, "snpb", "electromigration in metal lines; snpb is not among its metals"),
        (BLACK, "", "needs the metal"),
        (PECK, "", "needs the material"),
        (ARRHENIUS, "unheard", "not among its mechanisms"),
    ],
)
def test_wrong_use_is_refused_in_words(model: AccelerationModel, material: str, words: str) -> None:
    with pytest.raises(BadData, match=words):
        material_of(model, material)


def test_a_material_is_optional_where_the_data_can_speak() -> None:
    assert material_of(ARRHENIUS, "") is None


def test_constants_of_solders_and_of_bond_sites_differ() -> None:
    solder = {m.name: m.constants for m in NORRIS_LANDZBERG.materials}
    assert solder["snpb"]["n"].value == 1.9
    assert solder["sac"]["n"].value == 2.65
    site = {m.name: m.constants for m in COFFIN_MANSON.materials}
    assert site["au-wire-heel-crack"]["q"].value != site["au-al-ball-lift"]["q"].value


def test_a_cycle_cannot_reach_below_absolute_zero() -> None:
    units = {"temperature_range": "K", "max_temperature": "degC", "frequency": "1/d"}
    at = {"temperature_range": 400.0, "max_temperature": 100.0, "frequency": 1.0}
    with pytest.raises(BadData, match="below absolute zero"):
        NORRIS_LANDZBERG.point(at, units)


def test_a_stress_that_is_missing_is_named() -> None:
    with pytest.raises(BadData, match=r"Peck needs the stress humidity .*given are temperature"):
        PECK.point({"temperature": 85.0}, {})


def test_an_unknown_model_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadData, match="no acceleration model hallberg; there are arrhenius"):
        model_named("hallberg")


def test_a_constant_lies_within_its_range() -> None:
    with pytest.raises(BadData, match=r"0\.9 lies outside of its range \[0\.6, 0\.8\]"):
        Constant(0.9, 0.6, 0.8, "a book")


def test_quantiles_of_a_constant() -> None:
    one = Constant(2.0, 1.0, 4.0, "a book")
    share = np.array([0.0, 0.5, 1.0])
    assert one.draw(share).tolist() == [1.0, 2.5, 4.0]
    central = one.draw(np.array([0.025, 0.5, 0.975]), "normal")
    assert central == pytest.approx([1.0, 2.0, 4.0])
