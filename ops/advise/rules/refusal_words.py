"""Sentences that refuse an answer: what is missing, why, and where it comes from."""

from collections.abc import Mapping

from ops.advise.catalogue import Topic

NOTHING = (
    "Nothing that was computed speaks of this, so that there is nothing to answer"
    " from; what is not in the database is not guessed."
)
NAMED = (
    "Nothing that was computed speaks of {name}, so that there is nothing to"
    " answer from; what is not in the database is not guessed."
)
UNKNOWN = "{word} is no known tool, characteristic, model, scenario or life test."
NEAREST = (
    "{word} is no known tool, characteristic, model, scenario or life test; the"
    " nearest known name is {nearest}."
)
UNCLEAR = "This of the question could not be made a change of a plan: {word}."
RUN: Mapping[Topic, str] = {
    "drift": "A run of the drift screen, or of drift for one tool, would tell it: see Analyses.",
    "capability": "A run of capability for the characteristic would tell it: see Analyses.",
    "lifetime": (
        "A life test with its failures, and a run of lifetime on it, would tell it: see Life tests."
    ),
    "plan": (
        "A scenario of the network, and a run of the network plan on it, would tell"
        " it: see Scenarios."
    ),
    "classifier": (
        "A trained model, and a run of the classifier monitor on it, would tell it: see Models."
    ),
    "forecast": "A run of the demand forecast on a scenario would tell it: see Scenarios.",
    "gauge": "A gauge study, or a run of metrology agreement, would tell it: see Analyses.",
    "alert": "No such alert is open: see Alerts.",
}
RUN_OF = "A run of {analysis} would tell it: see Analyses."
ASKABLE = (
    "What can be asked: how tools, characteristics, gauges, models, life tests, plans, forecasts"
    " and alerts stand, why, since when and what to do, and what would be if a plan were changed."
)
ANY = "A run of an analysis on the data in question would tell it: see Analyses."
