"""Near to what is mended or let through for its form, and false: case, role, text, comparisons."""

False_ = tuple[str, str, tuple[str, ...]]

UNITS: tuple[False_, ...] = (
    ("drift", "finding", ("The slope is {slope.full} mm/week.",)),
    ("drift", "finding", ("The slope is {slope} um.",)),
    ("drift", "finding", ("The slope is {slope} um/day.",)),
    ("drift", "finding", ("The slope is {slope} um per day.",)),
    ("drift", "finding", ("The slope is {slope} um/week/week.",)),
    ("drift", "finding", ("The slope is {slope} um/week per lot.",)),
    ("drift", "finding", ("The upper limit is reached in {crossing-days} weeks.",)),
    ("drift", "finding", ("The upper limit is reached in {crossing-days} hours.",)),
    ("drift", "finding", ("The level now is {level-now} um/week.",)),
    ("drift", "finding", ("Sigma of single values is {spread} mm.",)),
    ("drift", "finding", ("The probability of meeting a limit is {crossing-probability} ppm.",)),
    ("drift", "finding", ("The probability of meeting a limit is {crossing-probability} percentage"
                          " points.",)),
    ("drift", "cost", ("Replacing the component costs {cost-acting} USD.",)),
    ("drift", "cost", ("Replacing the component costs {cost-acting} kEUR.",)),
    ("drift", "cost", ("Replacing the component costs {cost-acting} thousand EUR.",)),
    ("drift", "cost", ("Replacing the component costs {cost-acting} EUR per week.",)),
    ("drift", "cost", ("Replacing the component costs {cost-acting} EUR/week.",)),
    ("shear", "finding", ("The share outside that is expected is {ppm} percent.",)),
    ("shear", "finding", ("The share outside that is expected is {ppm} %.",)),
    ("life", "finding", ("Units that failed: {failures} %.",)),
    ("life", "finding", ("The B10 life is {b10} hours.",)),
    ("plan", "finding", ("The landed cost is {total-cost} EUR.",)),
)  # fmt: skip
CITED: tuple[False_, ...] = (
    ("drift", "finding", ("The slope is {slope.full} (E99).",)),
    ("drift", "finding", ("The slope is {slope.full} (M9).",)),
    ("drift", "finding", ("The slope is {slope.full} (C2).",)),
    ("drift", "finding", ("E1 is {slope.full}.",)),
    ("drift", "finding", ("The slope is {slope.full} (E1 of WB-09).",)),
    ("drift", "finding", ("The slope is {slope.full} (E1 < E2).",)),
    ("drift", "finding", ("The slope is {slope.full} (not E2).",)),
    ("drift", "finding", ("The slope is {slope.full} (E2 times E3).",)),
    ("drift", "finding", ("The slope is {slope.full} [E1](here).",)),
    ("drift", "finding", ("The level now is {slope.full} (E1).",)),
)
SURE: tuple[False_, ...] = (
    ("drift", "finding", ("The slope is {slope} with a 90 % confidence interval of"
                          " {slope.interval}.",)),
    ("drift", "finding", ("The slope is {slope.full} (99 % confidence).",)),
    ("drift", "finding", ("The slope is {slope.full} on 95 % of the parts.",)),
    ("drift", "finding", ("The slope is {slope.full}, 95 % of it by wear.",)),
    ("drift", "cost", ("Replacing the component costs {cost-acting} (95 % confidence).",)),
    ("drift", "finding", ("With 95 % confidence the upper limit is {limit}.",)),
)  # fmt: skip
VAGUE: tuple[False_, ...] = (
    ("drift", "finding", ("The slope is almost {slope}.",)),
    ("drift", "finding", ("The slope is more than {slope}.",)),
    ("drift", "finding", ("The slope is approximately twice {slope}.",)),
    ("drift", "finding", ("The slope is approximately above {slope.reference}.",)),
    ("drift", "finding", ("The slope is not approximately {slope}.",)),
    ("shear", "finding", ("Ppk is less than {ppk}.", "ppk below reference")),
    ("shear", "finding", ("Ppk is below {ppk}.", "ppk below reference")),
    ("shear", "finding", ("Pp is above {pp}.", "pp above reference")),
    ("shear", "finding", ("Pp exceeds {pp}.", "pp above reference")),
    ("drift", "cost", ("Acting costs less than {cost-acting}.", "cost-acting below cost-keeping")),
)
HINTS: tuple[False_, ...] = (
    ("drift", "finding", ("The process is consistent.",)),
    ("drift", "finding", ("The slope of {slope} is consistent with a gauge that is off.",)),
    ("drift", "cause", ("The slope of {slope} is consistent with the gauge, not creep.",)),
    ("drift", "finding", ("The slope of {slope} points to the material.",)),
    ("drift", "finding", ("The slope of {slope} points towards the last maintenance.",)),
    ("drift", "finding", ("The slope of {slope} indicates a change of the capillary.",)),
    ("drift", "finding", ("The slope of {slope} speaks for a mixture.",)),
    ("drift", "cause", ("Creep appears to be absent; the root cause is the gauge.",)),
    ("drift", "cause", ("Likely cause: gauge. It moves steadily, as a tool does that wears.",)),
    ("drift", "cause", ("The pattern is not consistent with creep.",)),
    ("life", "cause", ("The shape of {shape} points to wear-out and infant mortality.",)),
    ("life", "finding", ("The shape of {shape} points to wear-out.",)),
    ("shear", "finding", ("The mean of {mean} points to the gauge.",)),
    ("drift", "finding", ("The slope is {slope}. The gauge is off.",)),
    ("drift", "note", ("The material has changed.",)),
    ("shear", "action", ("Recentre the process. The gauge needs care.",)),
)
FORESEEN: tuple[False_, ...] = (
    ("drift", "finding", ("The drift of {slope} is as expected.",)),
    ("drift", "finding", ("The drift of {slope} is expected.",)),
    ("drift", "finding", ("The drift of {slope} is expected to stop.",)),
    ("drift", "finding", ("The drift of {slope} is expected to stay.",)),
    ("drift", "finding", ("The mean meets the lower limit in {crossing-days.full}.",)),
    ("drift", "finding", ("The mean does not meet the upper limit in {crossing-days.full}.",)),
    ("drift", "finding", ("The mean meets the upper limit of {limit}.",)),
    ("drift", "finding", ("The mean meets the upper limit in {level-now}.",)),
    ("drift", "finding", ("The mean meets the upper limit in {cost-week}.",)),
    ("drift", "finding", ("The level now, {level-now}, is below the lower limit of"
                          " {level-now.reference}.", "level-now below reference")),
    ("drift", "finding", ("The drift began around {slope}.",)),
    ("drift", "finding", ("The slope lies between {crossing-days.lower} and"
                          " {crossing-days.upper}.",)),
    ("drift", "finding", ("On average the level now is {level-now}.",)),
)  # fmt: skip
WEEKS: tuple[False_, ...] = (
    ("drift", "cost", ("Each week of waiting costs {cost-acting}.",)),
    ("drift", "cost", ("Each week of waiting costs {saving}.",)),
    ("drift", "cost", ("Every day of waiting costs {cost-week}.",)),
    ("drift", "cost", ("Every week costs {cost-keeping}.",)),
    ("drift", "cost", ("Each week of waiting saves {cost-week}.",)),
    ("drift", "cost", ("Each week of waiting costs less than {cost-week}.",)),
    ("drift", "cost", ("Each week of waiting costs {cost-keeping}; going on costs {cost-week}.",)),
    ("drift", "cost", ("Each week of waiting does not cost {cost-week}.",)),
    ("drift", "cost", ("Replacing the component saves {saving} against acting.",)),
)
DONE: tuple[False_, ...] = (
    ("shear", "action", ("Bring the tool to the line.",)),
    ("shear", "action", ("Bring the mean away from the target.",)),
    ("shear", "action", ("Bring the mean to the upper limit.",)),
    ("tilt", "action", ("Bring the mean to the target.",)),
    ("shear", "action", ("Recentre the process to the target of {ppk.reference}.",)),
    ("shear", "action", ("Recentre the process to the target of {limit}.",)),
    ("shear", "action", ("Expand the spread and recentre the process.",)),
    ("drift", "action", ("No action is needed.",)),
    ("quiet", "action", ("No action is not needed.",)),
    ("drift", "alternative", ("Alternatively, recalibrate the tool.",)),
    ("drift", "alternative", ("Instead, you should clean the tool.",)),
    ("drift", "alternative", ("Clean the tool.",)),
    ("quiet", "alternative", ("Instead, replace the tool.",)),
)
STEADY: tuple[False_, ...] = (
    ("drift", "finding", ("The level now of {level-now} is steady.",)),
    ("drift", "finding", ("A steady process: the slope is {slope}.",)),
    ("drift", "cause", ("The steady level points to creep.",)),
    ("tilt", "finding", ("The standard deviation is {ppm}.",)),
    ("shear", "finding", ("The mean is {limit}.",)),
    ("shear", "finding", ("The median is {mean}.",)),
    ("plan", "finding", ("The plan serves {total-cost} of the demand.",)),
    ("plan", "finding", ("The demand is {service-level}.",)),
    ("plan", "finding", ("The plan costs {service-level}.",)),
    ("life", "finding", ("The characteristic life is {b10}.",)),
    ("drift", "finding", ("The level is rising at {spread}.", "slope rises")),
)
DENIED: tuple[False_, ...] = (
    ("shear", "cause", ("The process is not off centre.",)),
    ("shear", "cause", ("The process is on centre.",)),
    ("shear", "cause", ("Ppk is low because the process is on centre.", "ppk below reference")),
    ("life", "action", ("A burn-in is not recommended.",)),
    ("life", "action", ("Never add a burn-in.",)),
    ("plan", "cause", ("Capacity at P-PENANG/QFN is not the bottleneck.",)),
    ("plan", "cause", ("The shortage is the capacity of P-PENANG/QFN.",)),
    ("quiet", "cause", ("There is not no sign of a drift.",)),
    ("quiet", "finding", ("Loop height WB-02 never shows no sign of drift.",)),
    ("quiet", "finding", ("No drift was not detected on Loop height WB-02.",)),
    ("quiet", "action", ("Keep the process as it is not.",)),
    ("quiet", "finding", ("The probability that it never drifts is only {drift-probability}.",)),
    ("shear", "finding", ("{ppm.full} are not expected to be outside the limits.",)),
    ("shear", "finding", ("Ball shear has not a Ppk of {ppk.full}.",)),
    ("shear", "finding", ("Off centre, {off-centre} of it is not lost.",)),
    ("drift", "action", ("Replace the component, which takes not off {recovered-share.full} of the"
                         " present offset on average.",)),
    ("drift", "finding", ("The process on WB-06 is not moving towards the upper limit of"
                          " {limit}.",)),
)  # fmt: skip
LOOSENED: tuple[False_, ...] = (
    *UNITS, *CITED, *SURE, *VAGUE, *HINTS, *FORESEEN, *WEEKS, *DONE, *STEADY, *DENIED,
)  # fmt: skip
