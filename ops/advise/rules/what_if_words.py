"""Sentences about a plan that is asked about: what was understood, and what came of it."""

from ops.advise.rules.saying import Ladder, Saying

UNDERSTOOD = "Understood as this change of the scenario {scenario}: {edit}."
WAITS = "It is being solved as a run of its own; the answer is told when it is done."
UNCLEAR = "This could not be made a change of the plan: {word}."
NO_CHANGE = (
    "Nothing of it could be made a change of the scenario {scenario}, so that no plan was solved."
)
NOT_ALL = (
    "Not all of it could be made a change of the scenario {scenario}, so that no plan was solved."
)
NEEDS_ROLE = (
    "No changed plan was solved: that takes the role planner or engineer, and yours is {own}."
)
NO_SCENARIO = "No changed plan was solved: there is no scenario that could be changed."
WHICH_SCENARIO = (
    "No changed plan was solved: more than one scenario may be meant; name one of them."
)
SAY_HOW = (
    "A change names what it is about and by how much: a site, a lane, a demand, a"
    " capacity or a cost."
)
SOLVED: Ladder = (
    Saying(
        "So changed, no plan keeps all that is required: {rule} has to bend.",
        (),
        lambda v: v.fact("status") == "infeasible",
    ),
    Saying(
        "So changed, no plan keeps all that is required.",
        (),
        lambda v: v.fact("status") == "infeasible",
    ),
    Saying(
        "So changed, the plan costs {cost_change} more than that it is held against: {total_cost}.",
        (("cost-change", "rises", None),),
    ),
    Saying(
        "So changed, the plan costs less than that it is held against, by"
        " {cost_change}: {total_cost}.",
        (("cost-change", "falls", None),),
    ),
    Saying(
        "So changed, the plan costs {cost_change} more than that it is held against.",
        (("cost-change", "rises", None),),
    ),
    Saying(
        "So changed, the plan costs less than that it is held against, by {cost_change}.",
        (("cost-change", "falls", None),),
    ),
    Saying(
        "So changed, the plan costs as much as that it is held against.",
        (),
        lambda v: v.has("cost-change") and v.number("cost-change") == 0,
        ("cost-change",),
    ),
    Saying("So changed, the plan costs {total_cost}."),
)
SERVES: Ladder = (
    Saying("It serves {service_change} more of the demand.", (("service-change", "rises", None),)),
    Saying(
        "It serves less of the demand, by {service_change}.", (("service-change", "falls", None),)
    ),
    Saying("It serves {service_level} of the demand."),
)
TIGHTEST: Ladder = (
    Saying(
        "Its tightest capacity is then another one: {where}.",
        (),
        lambda v: v.fact("bottleneck-moved") == "yes",
    ),
    Saying("Its tightest capacity is {where}."),
)
