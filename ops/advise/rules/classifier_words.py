"""Sentences about models that foretell."""

from ops.advise.rules.saying import Ladder, Saying

SCORE: Ladder = (
    Saying(
        "{what}: the score is {score_now}, below the promised {score_promised} with"
        " all of its interval.",
        (("score-now", "surely-below", "score-promised"),),
    ),
    Saying(
        "{what}: the score is {score_now}, below the promised {score_promised}, though"
        " the intervals meet.",
        (("score-now", "below", "score-promised"),),
    ),
    Saying(
        "{what}: the score is {score_now}, above the promised {score_promised}.",
        (("score-now", "above", "score-promised"),),
    ),
    Saying(
        "{what}: the score is {score_now}, below {score_now__reference}.",
        (("score-now", "below", None),),
    ),
    Saying("{what}: the score is {score_now}."),
    Saying("{what}: average precision is {average_precision}."),
    Saying("{what}: the column {column} has moved by {input_shift} since {since__value}."),
    Saying("{what}: the column {column} has moved by {input_shift}."),
    Saying(
        "{what}: {event_ratio} times as many events came as were promised, more with all"
        " of its interval.",
        (("event-ratio", "surely-above", None),),
    ),
    Saying(
        "{what}: only {event_ratio} times as many events came as were promised, fewer with"
        " all of its interval.",
        (("event-ratio", "surely-below", None),),
    ),
    Saying("{what}: {verdict__value}"),
    Saying("{what} was judged, and none of its figures is at hand."),
)
EVENTS: Ladder = (
    Saying(
        "It saw {seen_events__value} events where {expected_events__value} were promised.",
        (("seen-events", "above", "expected-events"),),
    ),
    Saying(
        "It saw {seen_events__value} events where as many as {expected_events__value}"
        " were promised.",
        (("seen-events", "below", "expected-events"),),
    ),
)
SLOPE: Ladder = (
    Saying(
        "Its calibration slope is {calibration_slope}; right would be"
        " {calibration_slope__reference}."
    ),
    Saying("Its calibration slope is {calibration_slope}."),
)
INPUT: Ladder = (
    Saying(
        "Likely cause: its input {column} has moved, by {input_shift}. A model is"
        " asked of what it never learnt, so that the source of that input comes first,"
        " and training on it only then."
    ),
    Saying(
        "Likely cause: its input has moved, by {input_shift}. A model is asked of what"
        " it never learnt, so that the source of that input comes first, and training"
        " on it only then."
    ),
    Saying(
        "Likely cause: its input has moved. A model is asked of what it never learnt,"
        " so that the source of that input comes first, and training on it only then."
    ),
)
UNCALIBRATED: Ladder = (
    Saying(
        "Likely cause: its probabilities are no longer true, while it still ranks as"
        " it should: a new calibration is enough, and needs less than a new training.",
        (),
        lambda v: not v.short("score-now"),
        ("calibration-slope", "seen-events", "expected-events"),
    ),
    Saying("Likely cause: its probabilities are no longer true."),
)
WORSE: Ladder = (
    Saying(
        "Likely cause: what it learnt no longer holds. The score fell and not only the"
        " calibration, so that it must learn anew.",
        rests=("score-now", "score-promised"),
    ),
)
CHALLENGED: Ladder = (
    Saying(
        "A better model is there: the challenger gains {challenger_gain} over the"
        " champion {champion_version__value}.",
        (("challenger-gain", "rises", None),),
    ),
    Saying(
        "A better model is there: the challenger gains {challenger_gain} over the champion.",
        (("challenger-gain", "rises", None),),
    ),
    Saying("A better model is there: a challenger beats the champion."),
)
ADVISED: Ladder = (
    Saying(
        "The watch over the model recommends it; which of its parts failed is told by"
        " its own findings."
    ),
)
HOLDS: Ladder = (
    Saying(
        "Nothing needs to be done: the model keeps what it promised.",
        (),
        lambda v: not v.grave,
        ("score-now", "score-promised", "calibration-slope"),
    ),
)
