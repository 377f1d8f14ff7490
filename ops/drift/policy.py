"""The action policy of a site: what may be done about drift, what it costs, which evidence asks.

All of it is input. Money is in one currency; shares are of the offset from home and of the slope.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from ops.drift.evidence import Mechanism
from ops.drift.reason import ReasonId

ActionKind = Literal[
    "keep", "recalibrate", "clean", "replace-component", "refurbish", "replace-tool"
]
Money = Annotated[float, Field(ge=0, le=1e12)]
Days = Annotated[float, Field(ge=0, le=36_500)]
Share = Annotated[float, Field(ge=0, le=1)]
Word = Annotated[str, Field(min_length=1, max_length=64)]


class PolicyPart(BaseModel):
    """Base of the parts of a policy: frozen, finite, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ExpectedShare(PolicyPart):
    """Share of something that an action removes, and how sure that is."""

    share: Share = Field(description="Share that is expected to be removed.")
    sd: float = Field(
        default=0.0, ge=0, le=0.5, description="Standard deviation of that share over actions."
    )


class PolicyAction(PolicyPart):
    """One thing that may be done about drift."""

    kind: ActionKind = Field(description="What is done.")
    title: str = Field(min_length=1, max_length=200, description="Name in full.")
    cost: Money = Field(default=0.0, description="Parts and labour of acting once.")
    downtime_hours: float = Field(default=0.0, ge=0, le=10_000, description="Hours it stands.")
    downtime_cost_per_hour: Money = Field(default=0.0, description="Cost of one such hour.")
    lead_time_days: Days = Field(default=0.0, description="Days until it can be done at all.")
    lasts_days: float = Field(
        default=90.0,
        gt=0,
        le=36_500,
        description="Days that it usually serves; what it serves beyond the horizon isn't charged.",
    )
    level: ExpectedShare = Field(description="Share of the offset that it removes.")
    slope: ExpectedShare = Field(description="Share of the slope that it removes.")

    @property
    def acting(self) -> float:
        """Cost of acting once, downtime included."""
        return self.cost + self.downtime_hours * self.downtime_cost_per_hour


class NotActing(PolicyPart):
    """What it costs to go on."""

    units_per_day: float = Field(default=0.0, ge=0, le=1e9, description="Units made a day.")
    cost_per_unit: Money = Field(default=0.0, description="Of a unit out of specification.")
    escape_share: Share = Field(
        default=0.0, description="Share of the units out of specification that reach a customer."
    )
    cost_per_escape: Money = Field(default=0.0, description="Of each of them, beside the unit.")
    cpk_least: float = Field(default=1.33, ge=0, le=10, description="Cpk that is promised.")
    cost_per_day_below: Money = Field(
        default=0.0, description="Of a day on which Cpk is below it: sorting, waivers."
    )

    @property
    def cost_of_a_unit(self) -> float:
        """Expected cost of one unit out of specification."""
        return self.cost_per_unit + self.escape_share * self.cost_per_escape


class EvidencePattern(PolicyPart):
    """What must be seen: everything that is given has to hold."""

    shown: Literal["drift", "no-drift"] | None = Field(
        default="drift",
        description="Evidence that counts as drift, or that shows there is none; null: neither.",
    )
    mechanisms: tuple[Mechanism, ...] = Field(
        default=(), max_length=8, description="One of these mechanisms; empty: any."
    )
    methods: tuple[Word, ...] = Field(
        default=(), max_length=20, description="By one of these methods; empty: any."
    )
    direction: Literal["up", "down"] | None = Field(
        default=None, description="Which way; null: either."
    )
    least_share: float = Field(
        default=0.0,
        ge=0,
        le=10,
        description="Least size as a share of the tolerance; a slope counts over `slope_days`.",
    )
    least_sigma: float = Field(
        default=0.0, ge=0, le=100, description="Least size in sigmas of the process."
    )
    slope_days: float = Field(
        default=30.0, gt=0, le=3_650, description="Days over which a slope is made a size."
    )
    agreeing: int = Field(default=1, ge=1, le=10, description="Methods that must say so.")
    unexplained: bool = Field(
        default=False, description="Only where no event goes with a step that was found."
    )
    after_events: tuple[Word, ...] = Field(
        default=(),
        max_length=20,
        description="A step that follows an event of one of these kinds; empty: not asked.",
    )
    after_actions: int = Field(
        default=0,
        ge=0,
        le=100,
        description="It persists, or came back, after at least so many actions against it of"
        " `of_actions`; where no evidence is asked for, of all in the record. Routine is left out.",
    )
    of_actions: tuple[ActionKind, ...] = Field(
        default=(), max_length=6, description="Which actions count for that; empty: any."
    )
    shrinking: bool = Field(
        default=False,
        description="The time between corrections shrinks: lower bound of beta (Crow-AMSAA) > 1.",
    )


class PolicyRule(PolicyPart):
    """Evidence to action."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", description="Name of the rule.")
    when: EvidencePattern = Field(description="What must be seen.")
    action: ActionKind = Field(description="What is then a candidate.")
    instead_of: tuple[ActionKind, ...] = Field(
        default=(), max_length=6, description="Candidates that it takes out of the running."
    )
    reason: ReasonId = Field(description="Sentence that says why.")


class ActionPolicy(PolicyPart):
    """What to do about drift: actions with their costs, and rules from evidence to action."""

    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$", description="Currency, ISO 4217.")
    horizon_days: int = Field(default=90, ge=7, le=730, description="Days that are compared.")
    actions: tuple[PolicyAction, ...] = Field(
        min_length=1, max_length=6, description="What may be done, each kind once; keep is free."
    )
    not_acting: NotActing = Field(
        default_factory=NotActing, description="What it costs to go on as it is."
    )
    rules: tuple[PolicyRule, ...] = Field(
        default=(), max_length=100, description="Rules, those that weigh most first."
    )
    event_kinds: dict[Word, ActionKind] = Field(
        default_factory=dict[str, ActionKind],
        max_length=50,
        description="Which event kinds count as which action.",
    )
    routine: tuple[Word, ...] = Field(
        default=(),
        max_length=50,
        description="Event kinds that are done on schedule, whatever the state: no cure is meant.",
    )

    @model_validator(mode="after")
    def _fits(self) -> "ActionPolicy":
        kinds = [action.kind for action in self.actions]
        for i, kind in enumerate(kinds):
            if kind in kinds[:i]:
                raise _flaw(("actions", i, "kind"), "is there twice", kind)
            if kind == "keep" and self.actions[i].acting > 0:
                raise _flaw(("actions", i, "cost"), "keep costs nothing to do", kind)
        ids = [rule.id for rule in self.rules]
        for i, rule in enumerate(self.rules):
            if rule.id in ids[:i]:
                raise _flaw(("rules", i, "id"), "is there twice", rule.id)
            if rule.action not in (*kinds, "keep"):
                raise _flaw(("rules", i, "action"), "is none of the actions", rule.action)
        return self

    def action(self, kind: ActionKind) -> PolicyAction:
        """Return the action of a kind; keep is there whether or not it is listed."""
        found = [action for action in self.actions if action.kind == kind]
        return found[0] if found else KEEP


KEEP = PolicyAction(
    kind="keep",
    title="Keep",
    level=ExpectedShare(share=0.0),
    slope=ExpectedShare(share=0.0),
)


def _flaw(where: tuple[str | int, ...], said: str, value: object) -> ValidationError:
    """Error of one field within the document, so that whoever sent it is shown the place."""
    kind = PydanticCustomError("policy", "{said}", {"said": said})
    return ValidationError.from_exception_data(
        "ActionPolicy", [InitErrorDetails(type=kind, loc=where, input=value)]
    )
