"""What is read of a stored drift result."""

from ops.advise.read.stored import Stored


class Piece(Stored):
    """A piece of evidence."""

    mechanism: str
    method: str
    estimate: float | None
    unit: str
    lower: float | None
    upper: float | None
    p_value: float | None
    margin: float
    since: int | None
    present: bool | None
    absent: bool


class Change(Stored):
    """A step, and the event that goes with it."""

    at: int
    lower: int
    upper: int
    size: float
    size_lower: float
    size_upper: float
    event: str
    title: str
    lag_minutes: float | None
    chance: float
    convincing: bool


class Crossing(Stored):
    """When a target meets a limit."""

    target: str
    side: str
    limit: float | None
    median: float | None
    lower80: float | None
    upper80: float | None
    lower95: float | None
    upper95: float | None
    probability: float
    now: float


class Fan(Stored):
    """Days that were forecast."""

    days: tuple[float, ...]


class Forecast(Stored):
    """Where the level goes."""

    level: float
    level_lower: float
    level_upper: float
    sigma: float
    drifting: float
    fan: Fan
    crossings: tuple[Crossing, ...]


class Revisit(Stored):
    """An earlier episode that looks alike."""

    tool: str
    start: int
    end: int
    verified: bool
    p_chance: float
    causes: str
    action: str
    outcome: str


class Memory(Stored):
    """Whether it happened before."""

    revisits: tuple[Revisit, ...]


class Effect(Stored):
    """What one kind of action did."""

    action: str
    n: int
    jump: float
    lower: float
    upper: float
    improved: int


class Tipping(Stored):
    """What would change the decision."""

    what: str
    factor: float
    value: float | None
    action: str


class Alternative(Stored):
    """Another candidate."""

    action: str
    title: str
    cost: float | None
    day: int | None


class Decision(Stored):
    """What to do and when."""

    action: str
    title: str
    day: int | None
    day_lower: int | None
    day_upper: int | None
    saving: float | None
    saving_lower: float | None
    saving_upper: float | None
    week: float | None
    first_action: str
    first_title: str
    first_day: int | None
    first_saving: float | None
    currency: str
    costed: bool
    alternatives: tuple[Alternative, ...]
    tippings: tuple[Tipping, ...]
    curve_days: tuple[int, ...]
    curve_cost: tuple[float, ...]
    keep: float | None


class Group(Stored):
    """What a group did together."""

    pattern: str
    common: float
    lower: float | None
    upper: float | None


class Happened(Stored):
    """Something that happened to the tool."""

    at: int
    kind: str
    title: str


class Drift(Stored):
    """A drift result."""

    site: str
    code: str
    title: str
    unit: str
    stream: str
    tool: str
    lsl: float | None
    usl: float | None
    target: float | None
    margin: float
    confidence: float
    baseline_kind: str
    baseline_level: float | None
    evidence: tuple[Piece, ...]
    changes: tuple[Change, ...]
    group: Group | None
    forecast: Forecast | None
    memory: Memory | None
    effects: tuple[Effect, ...]
    decision: Decision
    events: tuple[Happened, ...]
