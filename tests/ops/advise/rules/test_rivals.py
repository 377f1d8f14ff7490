"""Which of two it is: a distribution, early failures or none, a champion or its challenger."""

import pytest

from ops.advise.case import Case
from ops.advise.question import Asks, Intent, Named, Question
from ops.advise.read.cases import cases_of
from ops.advise.rendering import sentence
from ops.advise.rules.advise import advise
from ops.advise.understand.extreme import extreme
from tests.ops.advise.case_samples import NOW, case, life, model, name, number, plan
from tests.ops.advise.read.plant import stored


def _first(intent: Intent, *cases: Case) -> str:
    answer = advise(Question(text="x"), intent, cases, (), now_us=NOW)
    return sentence(answer.claims[0], {one.id: one for one in answer.evidence})


def _intent(*quantities: str) -> Intent:
    return Intent(topics=(), quantities=quantities)


@pytest.mark.parametrize(
    ("lead", "said"),
    [(10.4, "Weibull fits best; the AICc of Lognormal is larger by 10.4."),
     (0.7, "Weibull and Lognormal fit about as well: their AICc differ by 0.7 only.")],
)  # fmt: skip
def test_the_distribution_that_fits_is_named_with_what_tells_it(lead: float, said: str) -> None:
    fitted = life(name("family", "Weibull"), name("runner-up", "Lognormal"),
                  number("family-lead", lead, decimals=1))  # fmt: skip
    assert _first(_intent("family"), fitted).endswith(said)


def test_a_fit_tells_which_family_fits_best_and_by_how_much() -> None:
    (fit,) = cases_of(stored("lifetime-fit"))
    assert fit.get("family") is not None
    lead = fit.number("family-lead")
    assert lead is not None
    assert lead >= 0.0


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [(0.4, 0.8, "yes, failures come early"), (1.5, 2.5, "no, failures do not come early"),
     (0.8, 1.4, "whether failures come early is not sure")],
)  # fmt: skip
def test_early_failures_are_told_by_the_interval_of_the_shape(
    lower: float, upper: float, said: str
) -> None:
    tested = life(number("shape", (lower + upper) / 2, lower, upper, label="Weibull shape"))
    assert said in _first(_intent("infant", "shape"), tested)


def test_without_an_interval_nothing_is_said_of_early_failures() -> None:
    bare = life(number("shape", 0.6, label="Weibull shape"))
    assert "failures come early" not in _first(_intent("infant", "shape"), bare)


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [(0.02, 0.08, "the challenger is better than the champion"),
     (-0.08, -0.02, "the champion is better than the challenger"),
     (-0.02, 0.08, "neither is surely better")],
)  # fmt: skip
def test_a_challenger_is_held_against_the_champion(lower: float, upper: float, said: str) -> None:
    held = model(number("challenger-gain", (lower + upper) / 2, lower, upper), level="info")
    assert said in _first(_intent("challenger-gain"), held)


def test_figures_of_a_site_or_customer_are_said_to_be_on_the_page_of_the_plan() -> None:
    planned = plan(number("service-level", 0.99, percent=True), level="good")
    asked = Intent(topics=("plan",), quantities=("service-level", "of-place"))
    assert _first(asked, planned).startswith("Figures of single sites, customers and warehouses")
    site = Named(kind="site", code="PG")
    used = Intent(topics=("plan",), quantities=("bottleneck",), named=(site,))
    assert _first(used, planned).startswith("Figures of single sites, customers and warehouses")
    asks: tuple[Asks, ...] = ("what-if",)
    assert not _first(asked.model_copy(update={"asks": asks}), planned).startswith("Figures of")


def test_positions_that_were_not_studied_are_said_not_to_be() -> None:
    whole = case("capability", number("ppk", 1.1, label="Ppk"))
    asked = Intent(topics=("capability",), quantities=("position",), wishes=("worst",))
    assert _first(asked, whole).startswith("Of single positions or wires nothing was computed")
    known = case("capability", number("ppk", 1.1, label="Ppk"), stratum_factor="position")
    assert not _first(asked, known).startswith("Of single positions")


def test_the_fastest_drift_is_the_steepest_in_a_day_whichever_way_it_goes() -> None:
    up = case("drift", number("slope", 0.3, unit="µm/d"), id="a")
    down = case("drift", number("slope", -0.5, unit="µm/d"), id="b")
    slow = case("drift", number("slope", 1.4, unit="µm/week"), id="c")
    fastest = Intent(topics=("drift",), quantities=("slope",), wishes=("most",))
    assert extreme(fastest, (up, down, slow)) == [down]
    slowest = Intent(topics=("drift",), quantities=("slope",), wishes=("least",))
    assert extreme(slowest, (up, down, slow)) == [slow]
