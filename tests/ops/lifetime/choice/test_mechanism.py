import pytest

from ops.errors import BadData
from ops.lifetime.choice.mechanism import MECHANISMS, UNKNOWN, ask, mechanism_named
from ops.lifetime.families.candidate import CANDIDATES


def test_every_mechanism_has_a_reason_a_source_and_families_that_exist() -> None:
    for code, mechanism in MECHANISMS.items():
        assert mechanism.code == code
        assert mechanism.reason
        assert mechanism.source
        assert set(mechanism.families) <= set(CANDIDATES)
        assert mechanism.families or mechanism is UNKNOWN


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("dielectric_breakdown", "weibull"),
        ("series_interconnect", "weibull"),
        ("electromigration", "lognormal"),
        ("copper_electromigration", "lognormal_3p"),
        ("corrosion", "lognormal"),
        ("intermetallic_growth", "lognormal"),
        ("defects", "defective_weibull"),
    ],
)
def test_physics_names_the_family(code: str, first: str) -> None:
    assert mechanism_named(code).families[0] == first


@pytest.mark.parametrize("code", ["solder_fatigue", "wire_heel_crack"])
def test_fatigue_admits_both_and_says_on_what_it_hangs(code: str) -> None:
    mechanism = mechanism_named(code)
    assert set(mechanism.families) == {"weibull", "lognormal"}
    assert "state which one" in mechanism.reason


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("TDDB of the gate oxide", "dielectric_breakdown"),
        ("lifted balls, Kirkendall voids", "intermetallic_growth"),
        ("corrosion in HAST", "corrosion"),
        ("EM", "electromigration"),
        ("solder joints crack in thermal cycling", "solder_fatigue"),
        ("heel crack under power cycling", "wire_heel_crack"),
    ],
)
def test_an_engineer_may_ask_in_the_words_of_the_shop(said: str, meant: str) -> None:
    assert ask(said)[0].code == meant


def test_words_that_mean_nothing_find_nothing() -> None:
    assert ask("") == ()
    assert ask("zzz") == ()


def test_no_name_is_not_known_and_a_wrong_one_is_refused() -> None:
    assert mechanism_named("") is UNKNOWN
    with pytest.raises(BadData) as error:
        mechanism_named("rust")
    assert error.value.problems[0].pointer == "/mechanism"
