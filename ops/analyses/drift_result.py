"""Result of the drift analysis: evidence, changes, forecast, memory, decision."""

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page_value import PageValue


class DriftEvidence(PageValue):
    """One piece of evidence."""

    mechanism: str = Field(description="What is claimed: trend, step, level, spread ...")
    method: str = Field(description="Method that claims it.")
    estimate: float | None = Field(description="Size of the effect; null: none.")
    unit: str = Field(description="What the estimate is in.")
    lower: float | None = Field(description="Lower bound; null if it has none.")
    upper: float | None = Field(description="Upper bound; null if it has none.")
    p_value: float | None = Field(description="Of the null; null: a distance only.")
    margin: float = Field(description="Half-width of what counts as nothing.")
    n: int = Field(description="Points that it rests on.")
    effective: float | None = Field(description="Independent points that they are worth.")
    since: int | None = Field(description="When it began, microseconds since 1970 UTC.")
    present: bool | None = Field(description="Whether it counts as drift; null: cannot be told.")
    absent: bool = Field(description="Whether it shows that there is none.")


class DriftChange(PageValue):
    """A step, and the event that goes with it."""

    at: int = Field(description="First point after it, microseconds since 1970 UTC.")
    lower: int = Field(description="Begin of the interval of its place.")
    upper: int = Field(description="End of the interval of its place.")
    size: float = Field(description="Level after less level before, in the unit.")
    size_lower: float = Field(description="Lower bound of the size.")
    size_upper: float = Field(description="Upper bound of the size.")
    p_value: float = Field(description="Of no step there.")
    event: str = Field(description="Kind of the event that goes with it; empty: none.")
    title: str = Field(description="Title of that event.")
    lag_minutes: float | None = Field(description="Minutes from the event to the change.")
    chance: float = Field(description="Probability of an event so near by chance.")
    convincing: bool = Field(description="Whether the event explains it.")


class DriftCrossing(PageValue):
    """When a target meets a limit, in days from the last value; null is beyond the horizon."""

    target: str = Field(description="mean, p99, p1, cpk-1.33 or cpk-1.00.")
    side: str = Field(description="upper, lower, or either.")
    limit: float | None = Field(description="Limit concerned.")
    median: float | None = Field(description="Median, days; 0: crossed already.")
    lower80: float | None = Field(description="Begin of the 80 % interval.")
    upper80: float | None = Field(description="End of the 80 % interval.")
    lower95: float | None = Field(description="Begin of the 95 % interval.")
    upper95: float | None = Field(description="End of the 95 % interval.")
    probability: float = Field(description="That it is crossed within the horizon.")
    now: float = Field(description="Probability that it is crossed already.")


class DriftFan(PageValue):
    """Quantiles of the level to come; one value for each day of `days`."""

    days: tuple[float, ...] = Field(description="Days from the last value.")
    lower95: tuple[float, ...] = Field(description="2.5 %.")
    lower80: tuple[float, ...] = Field(description="10 %.")
    median: tuple[float, ...] = Field(description="50 %.")
    upper80: tuple[float, ...] = Field(description="90 %.")
    upper95: tuple[float, ...] = Field(description="97.5 %.")


class DriftForecast(PageValue):
    """Where the level goes."""

    method: str = Field(description="How it was forecast.")
    level: float = Field(description="Level now.")
    level_lower: float = Field(description="Lower bound.")
    level_upper: float = Field(description="Upper bound.")
    slope: float = Field(description="Slope now, per day.")
    slope_lower: float = Field(description="Lower bound.")
    slope_upper: float = Field(description="Upper bound.")
    sigma: float = Field(description="Standard deviation of single values about the level.")
    day_sd: float = Field(description="Standard deviation of the mean of a day about the level.")
    drifting: float = Field(description="Probability that the slope is beyond the margin.")
    spread: float = Field(description="Factor by which the back-test widened it.")
    fan: DriftFan = Field(description="Level to come.")
    crossings: tuple[DriftCrossing, ...] = Field(description="Limits to be met.")


class DriftBacktest(PageValue):
    """How forecasts from earlier origins of this record did."""

    horizon_days: float = Field(description="Days ahead.")
    origins: int = Field(description="Forecasts that met their day.")
    held80: float | None = Field(description="Share within the 80 % interval.")
    held95: float | None = Field(description="Share within the 95 % interval.")
    skill: float | None = Field(description="1 less CRPS over that of no change; below 0: worse.")


class DriftRevisit(PageValue):
    """An earlier episode that looks like the present one."""

    tool: str = Field(description="Where it was.")
    start: int = Field(description="Begin of it, microseconds since 1970 UTC.")
    end: int = Field(description="End of it.")
    kind: str = Field(description="What agrees: shape, level, or course.")
    verified: bool = Field(description="Whether it counts.")
    reason: str = Field(description="Why not; empty if it does.")
    p_chance: float = Field(description="That chance finds so near a match.")
    p_difference: float = Field(description="Of the null that both courses agree.")
    causes: str = Field(description="Causes that people named then.")
    action: str = Field(description="What was done then.")
    outcome: str = Field(description="fixed, better, not fixed, worse, or unknown.")


class DriftMemory(PageValue):
    """Whether this happened before."""

    candidates: int = Field(description="Earlier episodes that could be compared.")
    stretches: int = Field(description="Places in them that were looked at.")
    revisits: tuple[DriftRevisit, ...] = Field(description="The surest first.")
    anchor_start: int | None = Field(description="Regime that it has returned to: its begin.")
    anchor_end: int | None = Field(description="Its end.")
    anchor_level: float | None = Field(description="Its level.")


class DriftEffect(PageValue):
    """What one kind of action did to this tool."""

    action: str = Field(description="Kind of action.")
    n: int = Field(description="How many could be measured.")
    jump: float = Field(description="Jump towards home, in the unit; positive is better.")
    lower: float = Field(description="Lower bound.")
    upper: float = Field(description="Upper bound.")
    improved: int = Field(description="After how many it was nearer to home.")


class DriftReason(PageValue):
    """Why a decision fell."""

    id: str = Field(description="Name of the sentence.")
    rule: str = Field(description="Rule of the policy that says it; empty: none.")
    values: dict[str, float | str] = Field(description="What stands in the sentence.")


class DriftTipping(PageValue):
    """What would change the decision."""

    what: str = Field(description="slope, cost-of-going-on, or cost-of-acting.")
    factor: float = Field(description="By how much it must change.")
    value: float | None = Field(description="The slope there, per day; null for costs.")
    action: str = Field(description="What wins beyond it.")
    day: int | None = Field(description="On which day; null to keep.")


class DriftAlternative(PageValue):
    """Another candidate."""

    action: str = Field(description="Kind of action.")
    title: str = Field(description="Its name.")
    cost: float | None = Field(description="Expected cost on its best day; null without costs.")
    day: int | None = Field(description="That day.")


class DriftDecision(PageValue):
    """What to do and when."""

    action: str = Field(description="Kind of action; keep is to do nothing.")
    title: str = Field(description="Its name.")
    day: int | None = Field(description="Day from now on which it costs least; null to keep.")
    day_lower: int | None = Field(description="Begin of the interval of that day.")
    day_upper: int | None = Field(description="End of the interval of that day.")
    saving: float | None = Field(description="Expected saving against to keep.")
    saving_lower: float | None = Field(description="Lower bound.")
    saving_upper: float | None = Field(description="Upper bound.")
    week: float | None = Field(description="Cost of waiting a week more.")
    unavoidable: float | None = Field(description="Expected cost until it can be done at all.")
    first_action: str = Field(description="What is done until then; empty: nothing.")
    first_title: str = Field(description="Its name.")
    first_day: int | None = Field(description="On which day.")
    first_saving: float | None = Field(description="What it saves beside the other.")
    currency: str = Field(description="Of the costs.")
    costed: bool = Field(description="Whether costs decided.")
    reasons: tuple[DriftReason, ...] = Field(description="Why, the heaviest first.")
    alternatives: tuple[DriftAlternative, ...] = Field(description="The others, cheapest first.")
    tippings: tuple[DriftTipping, ...] = Field(description="What would change it.")
    curve_days: tuple[int, ...] = Field(description="Days of the cost curve; empty without costs.")
    curve_cost: tuple[float, ...] = Field(description="Expected cost of acting on each.")
    curve_lower: tuple[float, ...] = Field(description="Lower bounds.")
    curve_upper: tuple[float, ...] = Field(description="Upper bounds.")
    keep: float | None = Field(description="Expected cost of going on.")


class DriftRemark(PageValue):
    """Something to know about the record or its baseline."""

    id: str = Field(description="Name of the remark.")
    name: str = Field(default="", description="Of which baseline.")
    count: int | None = Field(default=None, description="How many.")
    at: int | None = Field(default=None, description="Where, microseconds since 1970 UTC.")
    amount: float | None = Field(default=None, description="How much.")
    said: str = Field(default="", description="What else was told.")


class DriftGroupMember(PageValue):
    """One member of a group: a wire, or a characteristic."""

    name: str = Field(description="Position or code.")
    shift: float = Field(description="Mean since less mean of the reference, in the unit.")
    lower: float | None = Field(description="Lower bound.")
    upper: float | None = Field(description="Upper bound.")
    own: float = Field(description="Shift beyond what is common to all.")
    own_p: float | None = Field(description="P-value of that, all members allowed for.")
    responsible: bool = Field(description="Whether it is named.")


class DriftGroup(PageValue):
    """What a group did together."""

    pattern: str = Field(description="common, own, both, none, or unresolved.")
    common: float = Field(description="Shift common to all, in the unit.")
    lower: float | None = Field(description="Lower bound.")
    upper: float | None = Field(description="Upper bound.")
    members: tuple[DriftGroupMember, ...] = Field(description="Members.")


class DriftEvent(PageValue):
    """Something that happened to the tool."""

    at: int = Field(description="Microseconds since 1970 UTC.")
    kind: str = Field(description="Its kind.")
    title: str = Field(description="What was noted.")


class DriftResult(AnalysisResult):
    """Drift of one characteristic of one tool."""

    site: str = Field(description="Code of the site.")
    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name.")
    unit: str = Field(description="Its unit.")
    stream: str = Field(description="Factor of the tools.")
    tool: str = Field(description="Level that was judged; empty: all.")
    lsl: float | None = Field(description="Lower specification limit.")
    usl: float | None = Field(description="Upper specification limit.")
    target: float | None = Field(description="Target.")
    values: int = Field(description="Single values.")
    points: int = Field(description="Points: devices, or stretches of time.")
    each: int = Field(description="Points taken together where they were too many.")
    begin: int = Field(description="First point, microseconds since 1970 UTC.")
    end: int = Field(description="Last point.")
    since: int = Field(description="Begin of the stretch after the last step.")
    margin: float = Field(description="Change of the mean that counts as nothing, in the unit.")
    confidence: float = Field(description="Level of the intervals.")
    phi: float | None = Field(description="Correlation of neighbouring points.")
    remarks: tuple[DriftRemark, ...] = Field(description="What is wrong with the record.")
    baseline: str = Field(description="Name of the approved baseline; empty: the first stretch.")
    baseline_kind: str = Field(description="approved, first-stretch, or none.")
    baseline_level: float | None = Field(description="Its mean.")
    evidence: tuple[DriftEvidence, ...] = Field(description="By method.")
    changes: tuple[DriftChange, ...] = Field(description="Steps, oldest first.")
    group: DriftGroup | None = Field(description="What was measured together; null: nothing.")
    forecast: DriftForecast | None = Field(description="Where it goes; null: cannot be told.")
    backtest: tuple[DriftBacktest, ...] = Field(description="By horizon.")
    memory: DriftMemory | None = Field(description="Whether it happened before; null: unknown.")
    effects: tuple[DriftEffect, ...] = Field(description="Of past actions, by kind.")
    crow_beta: float | None = Field(description="Growth of corrections: 1 is a constant rate.")
    crow_lower: float | None = Field(description="Lower bound.")
    crow_upper: float | None = Field(description="Upper bound.")
    decision: DriftDecision = Field(description="What to do.")
    events: tuple[DriftEvent, ...] = Field(description="What happened to the tool, oldest first.")
    ts: tuple[int, ...] = Field(description="Points that are drawn: microseconds since 1970 UTC.")
    value: tuple[float, ...] = Field(description="Their values.")
    fitted: tuple[float, ...] = Field(description="Level by the straight lines between steps.")
