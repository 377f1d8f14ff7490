"""Life distributions beyond two parameters, and the choice between Weibull and lognormal."""

from collections.abc import Iterator

from ops.lifetime.choice.comparison import compare_families
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.families.threshold import fit_threshold
from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry


def cases() -> Iterator[Case]:
    """Cases of a threshold and of two rivals that the data do not tell apart."""
    fibres = entry("lifetime_families", "glass_fibre_threshold")
    expected, tolerance = fibres["expected"], fibres["tolerance"]
    yield Case(
        "lifetime_families/glass_fibre_threshold/any",
        "Glass fibres: threshold of a Weibull, negative ones admitted",
        fibres["source"],
        (expected["three"]["gamma"],),
        Tolerance("found by a profile on a flat ridge", tolerance["gamma"]),
        lambda: [fit_threshold(_fibres(), admissible="any").parameters["gamma"]],
    )
    yield Case(
        "lifetime_families/glass_fibre_threshold/loglik",
        "Glass fibres: log-likelihood with any threshold, and with none that is negative",
        fibres["source"],
        (expected["three"]["loglik"], expected["two"]["loglik"]),
        Tolerance("both kernels are at the maximum", tolerance["loglik"]),
        lambda: [
            fit_threshold(_fibres(), admissible="any").loglik,
            fit_threshold(_fibres(), admissible="physical").loglik,
        ],
    )
    bearings = entry("lifetime_families", "ball_bearing_choice")
    yield Case(
        "lifetime_families/ball_bearing_choice",
        "Ball bearings: AICc of the Weibull above that of the lognormal",
        bearings["source"],
        (bearings["expected"]["delta_aicc"],),
        printed(3),
        lambda: [compare_families(life_data(bearings["inputs"]["x"])).rivals[1].delta],
    )


def _fibres() -> LifeData:
    return life_data(entry("lifetime_families", "glass_fibre_threshold")["inputs"]["x"])
