"""What the policy decided about a drift: action, day, saving, alternatives, what would tip it.

Further quantities: action-title, first-action-title, first-action-saving, alternative-title,
alternative-cost, alternative-day.
"""

from ops.advise.read.dossier import Dossier
from ops.advise.read.drift_stored import Decision, Drift
from ops.page_value import Phrase

WORDS = {  # kinds of actions, as they are said
    "keep": "going on", "recalibrate": "recalibrating", "clean": "cleaning",
    "replace-component": "replacing the component", "refurbish": "refurbishing",
    "replace-tool": "replacing the tool",
}  # fmt: skip


def add_decision(of: Dossier, result: Drift) -> dict[str, str]:
    """Add what was decided; the titles of actions were written by people."""
    made = result.decision
    _add_action(of, made, result.confidence)
    _add_costs(of, made)
    for other in made.alternatives:
        said = WORDS.get(other.action, other.action)
        of.text("alternative-title", "alternative", other.title, quoted=True)
        of.number(
            "alternative-cost",
            Phrase.of("cost of {action}", action=said),
            other.cost,
            made.currency,
            decimals=0,
        )
        of.number(
            "alternative-day",
            Phrase.of("best day of {action}", action=said),
            other.day,
            "d",
            decimals=0,
        )
    for tip in made.tippings:
        said = WORDS.get(tip.action, tip.action)
        of.number(
            "tipping-slope",
            Phrase.of("slope from which on {action} is better", action=said),
            tip.value,
            _daily(result),
        )
        of.number(
            "tipping-factor",
            Phrase.of("times the {what} for {action} to be better", what=tip.what, action=said),
            tip.factor,
        )
    return {
        "policy-action": made.action,
        "first-action": made.first_action,
        "alternatives": " ".join(other.action for other in made.alternatives),
        "tipping-action": made.tippings[0].action if made.tippings else "",
        "costed": "yes" if made.costed else "no",
    }


def _add_action(of: Dossier, made: Decision, confidence: float) -> None:
    if made.action == "keep":
        return
    said = WORDS.get(made.action, made.action)
    of.text("action-title", "action", made.title, quoted=True)
    of.number(
        "action-day", Phrase.of("best day of {action}", action=said), made.day, "d",
        lower=made.day_lower, upper=made.day_upper, confidence=confidence, decimals=0,
    )  # fmt: skip
    of.number(
        "saving", Phrase.of("saving of {action} against going on", action=said),
        made.saving, made.currency,
        lower=made.saving_lower, upper=made.saving_upper, confidence=confidence, decimals=0,
    )  # fmt: skip
    if made.first_action:
        first = WORDS.get(made.first_action, made.first_action)
        of.text("first-action-title", "first action", made.first_title, quoted=True)
        of.number(
            "first-action-day",
            Phrase.of("best day of {action}", action=first),
            made.first_day,
            "d",
            decimals=0,
        )
        of.number(
            "first-action-saving", Phrase.of("saving of {action} beside that", action=first),
            made.first_saving,
            made.currency, decimals=0,
        )  # fmt: skip


def _add_costs(of: Dossier, made: Decision) -> None:
    costs = dict(zip(made.curve_days, made.curve_cost, strict=False))
    if made.action != "keep" and made.day is not None:
        said = WORDS.get(made.action, made.action)
        cost = costs.get(made.day)
        of.number(
            "cost-acting",
            Phrase.of("cost of {action}", action=said),
            cost,
            made.currency,
            decimals=0,
        )
    of.number("cost-keeping", "cost of going on", made.keep, made.currency, decimals=0)
    of.number("cost-week", "cost of waiting a week", made.week, made.currency, decimals=0)


def _daily(result: Drift) -> str:
    return f"{result.unit}/d"
