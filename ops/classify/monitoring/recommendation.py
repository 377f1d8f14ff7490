"""What to do with a served model, given what is known of it and of its challengers."""

from collections.abc import Sequence
from typing import Literal

Recommendation = Literal["promote", "keep", "retrain", "measure more"]
Standing = Literal["better", "worse", "not told apart", "not compared"]


def recommended(
    *, champion_fails: bool, inputs_moved: bool, judged: bool, challengers: Sequence[Standing]
) -> Recommendation:
    """Advise.

    Parameters
    ----------
    champion_fails
        Whether it is shown that its scores fell, or that its probabilities no longer come true.
    inputs_moved
        Whether columns moved that it lives by.
    judged
        Whether enough labels are known to say that it holds.
    challengers
        How each did against the champion on the same later rows.

    Examples
    --------
    >>> recommended(champion_fails=True, inputs_moved=True, judged=True, challengers=["better"])
    'promote'
    """
    if "better" in challengers:
        return "promote"
    if champion_fails:
        return "retrain"
    if not judged or inputs_moved:
        return "measure more"
    return "measure more" if "not told apart" in challengers else "keep"
