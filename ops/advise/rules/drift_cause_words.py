"""Sentences about what is behind a movement."""

from ops.advise.rules.saying import Ladder, Saying
from ops.advise.rules.signs import both, explained, fact, follows, of, proven, step, trend

STEADY: Ladder = (
    Saying(
        "Likely cause: creep. It moves steadily, as a tool does that wears or loses"
        " its setting, and the nearest event is no explanation of a steady movement:"
        " {event_title__value}.",
        (),
        lambda v: trend(v) and not explained(v),
        ("slope", "event-lag"),
    ),
    Saying(
        "Likely cause: creep. It moves steadily, as a tool does that wears or loses"
        " its setting, and no event explains when it began.",
        (),
        lambda v: trend(v) and not explained(v),
        ("slope",),
    ),
    Saying(
        "Likely cause: creep. It moves steadily, as a tool does that wears or loses its setting.",
        rests=("slope",),
    ),
)
OFF: Ladder = (
    Saying(
        "Likely cause: creep. It stands away from its baseline without a jump at a"
        " known time, as a tool does that has lost its setting bit by bit."
    ),
)
WORN: Ladder = (
    Saying(
        "Likely cause: the capillary is worn: a fresh one reaches"
        " {index_fresh__value}, a worn one {index_worn__value}.",
        (("index-worn", "below", "index-fresh"),),
    ),
    Saying(
        "Likely cause: the capillary is worn. A new one brings the bonds back; to set"
        " the tool anew does not."
    ),
)
FRESH_TOO: Ladder = (
    Saying(
        "Likely cause: the spread of the process. Capillaries do not explain it, since"
        " fresh ones fall short as well: {index_fresh}.",
        (("index-fresh", "below", None),),
    ),
    Saying(
        "Likely cause: the spread of the process. Capillaries do not explain it, since"
        " fresh ones fall short as well."
    ),
)
HIDDEN: Ladder = (
    Saying(
        "Likely cause: a hidden creep. The corrections grow by {slope}, so that the"
        " product looks right while the tool creeps, until no correction is left.",
        (),
        trend,
    ),
    Saying(
        "Likely cause: a hidden creep. Corrections come ever faster (growth"
        " {crow_beta}), so that the product looks right while the tool creeps.",
        (("crow-beta", "surely-above", None),),
    ),
    Saying(
        "Likely cause: a hidden creep. Corrections hold the product where it should be"
        " while the tool creeps, until no correction is left."
    ),
)
AFTER_MAINTENANCE: Ladder = (
    Saying(
        "Likely cause: the maintenance before it. A jump {event_lag} after"
        " {event_title__value} speaks for a set-up that was not put back as it was, and"
        " not for wear.",
        (),
        both(step, follows),
    ),
    Saying(
        "Likely cause: the maintenance at about the time at which it jumped"
        " ({event_title__value}): it speaks for a set-up that was not put back as it was.",
        (),
        step,
    ),
    Saying(
        "Likely cause: the maintenance before it ({event_title__value}). What moves"
        " from such work on speaks for a set-up that was not put back as it was."
    ),
    Saying(
        "Likely cause: the maintenance before it. A set-up that was not put back as it"
        " was is likelier than wear."
    ),
)
AFTER_CALIBRATION: Ladder = (
    Saying(
        "Likely cause: the calibration before it. A jump {event_lag} after"
        " {event_title__value} speaks for a wrong setting, and not for wear.",
        (),
        both(step, follows),
    ),
    Saying(
        "Likely cause: the calibration before it. A setting that it left wrong is"
        " likelier than wear."
    ),
)
AFTER_MATERIAL: Ladder = (
    Saying(
        "Likely cause: the change of material. It began {event_lag} after"
        " {event_title__value}, which chance explains badly; what was made of the other"
        " material did not show it.",
        (),
        both(proven, follows),
    ),
    Saying(
        "Likely cause: the change of material. It began {event_lag} after"
        " {event_title__value}; that such an event came as near by chance cannot be ruled out.",
        (),
        both(step, follows),
    ),
    Saying("Likely cause: the change of material. It began with {event_title__value}."),
    Saying("Likely cause: the change of material with which it began."),
)
AFTER_CAPILLARY: Ladder = (
    Saying(
        "Likely cause: the change of capillary. It began {event_lag} after"
        " {event_title__value}, which chance explains badly.",
        (),
        both(proven, follows),
    ),
    Saying(
        "Likely cause: the change of capillary. It began {event_lag} after"
        " {event_title__value}; that such an event came as near by chance cannot be ruled out.",
        (),
        both(step, follows),
    ),
    Saying("Likely cause: the change of capillary. It began with {event_title__value}."),
    Saying("Likely cause: the change of capillary with which it began."),
)
SHARED: Ladder = (
    Saying(
        "Likely cause: something that several tools share, as material, recipe,"
        " climate or gauge. They move alike, and to set this tool alone would hide it."
    ),
)
BY_GAUGE: Ladder = (
    Saying(
        "Likely cause: the gauge. What is measured here is a master that does not"
        " change, so that the gauge moves and not the product."
    ),
)
BY_DOUBTFUL_GAUGE: Ladder = (
    Saying(
        "Likely cause: the gauge. What measured this is in doubt, and nothing that it"
        " shows is certain until the gauge is qualified again."
    ),
)
SPREADS: Ladder = (
    Saying(
        "Likely cause: a wider spread of single values. The mean does not explain it,"
        " so that to set the tool anew would not help."
    ),
)
IN_ORDER: Ladder = (
    Saying(
        "It ranks what helped in situations alike, and judges no tool.",
        (),
        of("action-ranking"),
    ),
    Saying(
        "No tool is to be set anew without a movement that counts.",
        (),
        fact("quiet"),
        ("found", "tested"),
    ),
    Saying(
        "There is no sign of a drift that counts: what it moves is less than {margin__value}.",
        (),
        lambda v: not v.grave,
    ),
    Saying("There is no sign of a drift that counts.", (), lambda v: not v.grave),
)
OVER: Ladder = (
    Saying("It is over: since {event_title__value} the values are back where they were."),
    Saying("It is over: the values are back where they were."),
)
