"""Why an action is proposed: sentences by name, with places for the evidence that fired."""

from typing import Literal, get_args

ReasonId = Literal[
    "no-drift-shown",
    "nothing-present",
    "creeps",
    "stepped",
    "stepped-after-component",
    "stepped-after-maintenance",
    "spreads",
    "near-limit",
    "corrections-grow",
    "came-back",
    "intervals-shrink",
    "differs-from-baseline",
    "group-moved",
    "held-before",
    "acting-costs-more",
    "no-limits",
    "no-forecast",
    "no-costs",
    "no-action-listed",
    "not-before-lead-time",
    "bridged",
]
SENTENCES: dict[ReasonId, str] = {
    "no-drift-shown": "The evidence shows that there is no drift beyond the margin.",
    "nothing-present": "No evidence of drift counts, and no rule of the policy fires.",
    "creeps": "It creeps by {size} {unit} a day.",
    "stepped": "It stepped by {size} {unit}, without an event that explains it.",
    "stepped-after-component": "It stepped by {size} {unit} after the {event}.",
    "stepped-after-maintenance": "It came back from the {event} changed by {size} {unit}.",
    "spreads": "The spread is {size} times what it was.",
    "near-limit": "Ever more values lie close to a limit.",
    "corrections-grow": "Ever more has to be corrected.",
    "came-back": "The drift persists after {times} actions against it.",
    "intervals-shrink": "The time between corrections shrinks: beta {beta}, at least {lower}.",
    "differs-from-baseline": "It differs from its baseline by {size} {unit}.",
    "group-moved": "Several characteristics of the tool moved together.",
    "held-before": "The same has happened before, and this action held.",
    "acting-costs-more": "Acting costs more than it saves within the horizon.",
    "no-limits": "Without specification limits there are no costs of going on.",
    "no-forecast": "Without a forecast of the level the actions are not compared by cost.",
    "no-costs": "The policy gives no cost of going on: the actions are compared by rule alone.",
    "no-action-listed": "A rule fires, but the policy lists no action to take.",
    "not-before-lead-time": "It cannot be done earlier: its lead time is {days} d.",
    "bridged": "Until then {first} saves {saving} {currency} more.",
}
if set(SENTENCES) != set(get_args(ReasonId)):  # a sentence for each name, a name for each sentence
    raise ValueError("reasons and their sentences differ")


def clause_of(sentence: str) -> str:
    """Make a sentence a clause of another.

    Examples
    --------
    >>> clause_of("It creeps by {size} {unit} a day.")
    'it creeps by {size} {unit} a day'
    """
    return sentence[0].lower() + sentence[1:].rstrip(".")
