"""What the past says of a drift: what actions did to the tool, and whether it happened before.

Further quantities: actions-measured, actions-improved, revisit-at, revisit-action, revisit-cause.
"""

from ops.advise.read.dossier import Dossier
from ops.advise.read.drift_decision import WORDS
from ops.advise.read.drift_stored import Drift, Effect
from ops.page_value import Phrase


def add_past(of: Dossier, result: Drift) -> dict[str, str]:
    """Add effects of past actions, and the verified revisits."""
    for effect in result.effects:
        _add_effect(of, result, effect)
    verified = [] if result.memory is None else [r for r in result.memory.revisits if r.verified]
    for revisit in verified:
        of.time("revisit-at", "begin of an earlier episode like it", revisit.start)
        of.text("revisit-cause", "cause that people named then", revisit.causes, quoted=True)
        of.text("revisit-action", "what was done then", revisit.action, quoted=True)
        of.number("p-value", "p of so near a match by chance", revisit.p_chance)
    return {
        "revisited": "yes" if verified else "no",
        "revisit-outcome": verified[0].outcome if verified else "",
    }


def _add_effect(of: Dossier, result: Drift, effect: Effect) -> None:
    said = WORDS.get(effect.action, effect.action)
    of.number(
        "jump-after-action", Phrase.of("jump towards home after {action}", action=said),
        effect.jump, result.unit,
        lower=effect.lower, upper=effect.upper, confidence=result.confidence,
    )  # fmt: skip
    away = _away(result)
    if away is not None:
        of.number(
            "recovered-share",
            Phrase.of(
                "share of the present offset that {action} takes off on average", action=said
            ),
            effect.jump / away, lower=effect.lower / away, upper=effect.upper / away,
            confidence=result.confidence, decimals=0, percent=True,
        )  # fmt: skip
    of.number(
        "actions-measured",
        Phrase.of("times that {action} was measured", action=said),
        effect.n,
        decimals=0,
    )
    of.number(
        "actions-improved",
        Phrase.of("times that {action} improved it", action=said),
        effect.improved,
        decimals=0,
    )


def _away(result: Drift) -> float | None:
    """Distance of the level from its baseline; None unless more than counts as nothing."""
    if result.forecast is None or result.baseline_level is None:
        return None
    away = abs(result.forecast.level - result.baseline_level)
    return away if away > max(result.margin, 0.0) else None
