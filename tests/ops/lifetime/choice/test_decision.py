import numpy as np
import pytest
from scipy.special import ndtri

from ops.lifetime.choice.comparison import Comparison, compare_families
from ops.lifetime.choice.decision import VERDICTS, Waiver, choose
from ops.lifetime.choice.mechanism import mechanism_named
from ops.lifetime.choice.rules import GovernanceRules
from ops.lifetime.data import life_data
from ops.validation.published import entry

WAIVER = Waiver("failure analysis of all units shows TDDB", "j.doe")
TDDB, CORROSION = mechanism_named("dielectric_breakdown"), mechanism_named("corrosion")


def bearings() -> Comparison:
    return compare_families(
        life_data(entry("lifetime_families", "ball_bearing_choice")["inputs"]["x"])
    )


def lognormal_lives(n: int) -> Comparison:
    """Lives on the quantiles of a lognormal: the more, the clearer."""
    return compare_families(life_data(np.exp(0.8 * ndtri((np.arange(n) + 0.5) / n))))


def test_ball_bearings_are_not_distinguishable() -> None:
    found = choose(bearings())
    assert found.verdict == "not_distinguishable"
    assert found.chosen == ("lognormal", "weibull")
    assert found.delta == pytest.approx(1.125, abs=5e-4)
    assert found.lowest_bound


def test_of_two_that_are_near_the_mechanism_names_the_first() -> None:
    found = choose(bearings(), mechanism_named("rolling_contact"))
    assert found.verdict == "not_distinguishable"
    assert found.chosen == ("weibull", "lognormal")
    assert found.best == "lognormal"


def test_data_and_mechanism_agree() -> None:
    found = choose(lognormal_lives(60), CORROSION)
    assert (found.verdict, found.chosen, found.overridden) == ("agreed", ("lognormal",), "")


def test_data_alone_decide_where_no_mechanism_is_named() -> None:
    found = choose(lognormal_lives(60))
    assert (found.verdict, found.chosen) == ("data", ("lognormal",))
    assert found.runner_up == "weibull"


def test_a_mechanism_moves_the_choice_within_the_rule() -> None:
    comparison = lognormal_lives(60)
    assert 2 < comparison.rivals[1].delta < 10
    found = choose(comparison, TDDB)
    assert (found.verdict, found.chosen, found.overridden) == (
        "mechanism",
        ("weibull",),
        "lognormal",
    )
    assert found.override == comparison.rivals[1].delta


def test_beyond_the_rule_the_override_is_refused() -> None:
    comparison = lognormal_lives(300)
    assert comparison.rivals[1].delta > 10
    found = choose(comparison, TDDB)
    assert (found.verdict, found.chosen, found.overridden) == (
        "refused",
        ("lognormal",),
        "weibull",
    )


def test_a_recorded_waiver_lets_the_mechanism_stand() -> None:
    found = choose(lognormal_lives(300), TDDB, waiver=WAIVER)
    assert (found.verdict, found.chosen, found.overridden) == ("waived", ("weibull",), "lognormal")
    assert found.waiver == WAIVER
    assert any("j.doe" in clause.english() for clause in found.words)


@pytest.mark.parametrize("waiver", [Waiver(" ", "j.doe"), Waiver("because", "")])
def test_a_waiver_needs_a_reason_and_a_name(waiver: Waiver) -> None:
    assert choose(lognormal_lives(300), TDDB, waiver=waiver).verdict == "refused"


def test_a_waiver_that_is_not_needed_is_not_used() -> None:
    assert choose(lognormal_lives(60), TDDB, waiver=WAIVER).waiver is None


def test_a_site_may_set_its_own_rules() -> None:
    strict = GovernanceRules(indistinct_below=1.0, waiver_above=5.0)
    assert choose(bearings(), rules=strict).verdict == "data"
    assert choose(lognormal_lives(60), TDDB, strict).verdict in {"mechanism", "refused"}


def test_one_candidate_is_told_to_be_the_only_one() -> None:
    found = choose(compare_families(life_data([3.0, 5.0, 9.0, 14.0]), ("weibull",)))
    assert (found.verdict, found.chosen, found.delta) == ("only", ("weibull",), None)


def test_every_verdict_is_said_and_every_clause_can_be_read() -> None:
    for comparison in (bearings(), lognormal_lives(300)):
        for mechanism in (TDDB, CORROSION, mechanism_named("")):
            found = choose(comparison, mechanism)
            assert found.words[0].english() == VERDICTS[found.verdict]
            assert all("{" not in clause.english() for clause in found.words)
            assert any(mechanism.source in clause.english() for clause in found.words)
