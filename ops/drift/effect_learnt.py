"""What an action is expected to do, once its earlier effects on the tool are known."""

from math import sqrt

import numpy as np

from ops.drift.effect_pool import PooledEffect, Removed
from ops.drift.policy import ExpectedShare, PolicyAction

MOST_SD = 0.5


def learnt(action: PolicyAction, effect: PooledEffect | None) -> PolicyAction:
    """Return the action with its expected shares moved towards what was measured.

    The share of the policy is a normal prior with the standard deviation that it states, the
    measured one has its standard error: their precisions weigh. A standard deviation of 0 in the
    policy says that the share is known, and nothing moves it.
    """
    if effect is None:
        return action
    return action.model_copy(
        update={
            "level": _moved(action.level, effect.level),
            "slope": _moved(action.slope, effect.slope),
        }
    )


def _moved(prior: ExpectedShare, seen: Removed | None) -> ExpectedShare:
    if seen is None or prior.sd <= 0:
        return prior
    weight = prior.sd**2 / (prior.sd**2 + seen.error**2)
    share = (1.0 - weight) * prior.share + weight * float(np.clip(seen.share, 0.0, 1.0))
    return ExpectedShare(share=share, sd=min(sqrt(1.0 - weight) * prior.sd, MOST_SD))
