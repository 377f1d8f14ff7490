"""What the evidence of a case supports: the set from which whoever answers may choose."""

from collections.abc import Sequence

from ops.advise.case import Case
from ops.advise.catalogue import ActionId, CauseId
from ops.advise.rules.actions import supported
from ops.advise.rules.judge import TOPIC_RULES, behind, seen
from ops.advise.rules.judgement import weighed


def allowed(case: Case, beside: Sequence[Case] = ()) -> tuple[tuple[CauseId, ActionId], ...]:
    """Pairs of cause and action that the evidence of a case supports, the likeliest first.

    Parameters
    ----------
    beside
        Other cases of the same question, as for `judge`; give the same to both.
    """
    view = behind(seen(case, beside))
    causes = weighed(TOPIC_RULES[view.case.topic].rules, view)
    return tuple((cause, action) for cause, _ in causes for action in supported(cause, view))
