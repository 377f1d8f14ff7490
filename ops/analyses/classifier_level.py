"""Whether a model is better than the base rate beyond chance: the level of its verdict."""

from collections.abc import Sequence

from ops.analyses.classifier_parts import PairedLine, ScoreLine
from ops.analyses.classifier_train_lines import score_of
from ops.page_value import Level

NO_ORDER = 0.5  # ROC AUC of who cannot tell classes apart


def level_of(
    line: ScoreLine, base: float | None, scores: Sequence[ScoreLine], gain: PairedLine | None
) -> Level:
    """Good only where the gain over the base rate lies beyond chance.

    Parameters
    ----------
    line, base
        Headline score, and that of who always says the base rate.
    scores
        All scores: a model whose ROC AUC may be one half is never good.
    gain
        Losses of the rows against those of the best constant; None: the headline is of ranks.
    """
    if base is None or line.value is None:
        return "info"
    high = line.better == "high"
    if (line.value <= base) if high else (line.value >= base):
        return "bad"
    bound = line.lower if high else line.upper
    if bound is None or ((bound <= base) if high else (bound >= base)):
        return "warn"
    auc = score_of(scores, "roc_auc")
    if auc is not None and auc.lower is not None and auc.lower <= NO_ORDER:
        return "warn"
    return "good" if gain is None or gain.verdict == "better" else "warn"
