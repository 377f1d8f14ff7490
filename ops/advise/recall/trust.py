"""Trust in a memory: a Beta posterior of whether advice that uses it helps.

Prior Beta(a, b) by provenance, worth ten pieces of advice in each case, so that a few outcomes move
it slowly; each piece of advice that used the memory and helped counts for a, each that did not
for b. Trust is the mean (a + confirmed) / (a + b + confirmed + refuted).

==========  ====  ====  =====  ================================================
provenance  a     b     prior  because
==========  ====  ====  =====  ================================================
outcome     9     1     0.90   a person saw the action work or fail
person      8     2     0.80   what people know, or want
run         7     3     0.70   measured, but an action is not an experiment
==========  ====  ====  =====  ================================================

References
----------
Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., 2.4 (Beta prior of a binomial share).
"""

from collections.abc import Mapping

from ops.advise.memory import Provenance

PRIORS: Mapping[Provenance, tuple[float, float]] = {
    "outcome": (9.0, 1.0),
    "person": (8.0, 2.0),
    "run": (7.0, 3.0),
}


def trust_of(provenance: Provenance, *, confirmed: int = 0, refuted: int = 0) -> float:
    """Posterior mean of the share of advice with this memory that helps, in (0, 1).

    Parameters
    ----------
    confirmed, refuted
        Pieces of advice that used it and helped, and that did not; at least 0.

    Examples
    --------
    >>> trust_of("person"), trust_of("person", refuted=10)
    (0.8, 0.4)
    """
    a, b = PRIORS[provenance]
    return (a + confirmed) / (a + b + confirmed + refuted)
