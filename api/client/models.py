# Generated from the OpenAPI document by `make client`; do not edit.

from __future__ import annotations

from typing import Annotated, Any, Literal
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from datetime import date


class About(BaseModel):
    """
    Something of the service that a question is about: the page that it was asked on.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal[
        "run",
        "alert",
        "characteristic",
        "tool",
        "model",
        "scenario",
        "life-test",
        "dataset",
        "analysis",
        "site",
    ]
    """
    What it is.
    """
    code: str
    """
    Its code or id.
    """
    site: str | None = None
    """
    Code of its site.
    """


class AdviceJudged(BaseModel):
    """
    What is recommended for one case.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    case: str
    """
    Id of the case.
    """
    title: str
    """
    What it is about.
    """
    level: Literal["good", "warn", "bad", "info"]
    """
    How bad it is.
    """
    cause: Literal[
        "creep",
        "hidden-creep",
        "material-change",
        "capillary-change",
        "maintenance",
        "calibration",
        "gauge",
        "common-cause",
        "off-centre",
        "spread",
        "mixture",
        "unstable",
        "capillary-wear",
        "early-failures",
        "infant-mortality",
        "short-life",
        "wear-out",
        "too-few-failures",
        "bottleneck",
        "infeasible",
        "shortage",
        "demand-moved",
        "plan-outdated",
        "disruption",
        "input-drift",
        "calibration-lost",
        "performance-lost",
        "better-challenger",
        "forecast-off",
        "none",
        "unknown",
    ]
    """
    What is behind it.
    """
    cause_title: str
    """
    The cause in words.
    """
    action: Literal[
        "keep",
        "recalibrate",
        "clean",
        "replace-component",
        "refurbish",
        "replace-tool",
        "verify-setup",
        "contain-lot",
        "requalify-gauge",
        "recentre",
        "reduce-spread",
        "isolate-stratum",
        "find-special-cause",
        "extend-test",
        "burn-in",
        "add-capacity",
        "relax-limit",
        "replan",
        "retrain",
        "recalibrate-model",
        "check-input",
        "promote-model",
        "reforecast",
        "measure-more",
    ]
    """
    What to do; a person decides and does it.
    """
    action_title: str
    """
    The action in words, the plant's own if it has some.
    """
    alternatives: list[
        Literal[
            "keep",
            "recalibrate",
            "clean",
            "replace-component",
            "refurbish",
            "replace-tool",
            "verify-setup",
            "contain-lot",
            "requalify-gauge",
            "recentre",
            "reduce-spread",
            "isolate-stratum",
            "find-special-cause",
            "extend-test",
            "burn-in",
            "add-capacity",
            "relax-limit",
            "replan",
            "retrain",
            "recalibrate-model",
            "check-input",
            "promote-model",
            "reforecast",
            "measure-more",
        ]
    ]
    """
    What else may be done.
    """
    also: list[
        Literal[
            "creep",
            "hidden-creep",
            "material-change",
            "capillary-change",
            "maintenance",
            "calibration",
            "gauge",
            "common-cause",
            "off-centre",
            "spread",
            "mixture",
            "unstable",
            "capillary-wear",
            "early-failures",
            "infant-mortality",
            "short-life",
            "wear-out",
            "too-few-failures",
            "bottleneck",
            "infeasible",
            "shortage",
            "demand-moved",
            "plan-outdated",
            "disruption",
            "input-drift",
            "calibration-lost",
            "performance-lost",
            "better-challenger",
            "forecast-off",
            "none",
            "unknown",
        ]
    ]
    """
    Causes that the evidence does not rule out.
    """


class AdviceJudgement(BaseModel):
    """
    Whether somebody accepts an advice; nothing is carried out by that.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    verdict: Literal["accepted", "rejected"]
    """
    Accepted or rejected.
    """
    said: str | None = None
    """
    Why.
    """


class AdviceOutcome(BaseModel):
    """
    What came of an advice that was accepted.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    outcome: Literal["helped", "did-not-help", "unclear"]
    """
    What came of it.
    """
    said: str | None = None
    """
    What happened.
    """


class AdvicePiece(BaseModel):
    """
    A part of a sentence: words, or a number or name that is evidence.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    text: str
    """
    As it is read.
    """
    evidence: str | None = None
    """
    Id of the evidence behind it.
    """
    part: (
        Literal[
            "value", "lower", "upper", "interval", "full", "reference", "label", "name"
        ]
        | None
    ) = None
    """
    Which part of the evidence it is.
    """


class AdvicePlan(BaseModel):
    """
    A what-if: edits of a scenario, solved by a run.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    scenario: str
    """
    Code of the scenario.
    """
    edits: list[dict[str, Any]]
    """
    What is changed.
    """
    run: str | None
    """
    Run that solves it; null: none was submitted.
    """
    base_run: str | None
    """
    Run that it is held against.
    """


class AdviceQuestion(BaseModel):
    """
    A question to the advisor.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    text: str
    """
    The question, in words.
    """
    site: str | None = None
    """
    Only what is known of this site.
    """
    about: list[About] | None = None
    """
    What it is about, if it was asked on a page.
    """
    wording: Literal["auto", "rules"] | None = None
    """
    Whether a language model may word the answer, if there is one.
    """


class AdviceSummary(BaseModel):
    """
    An advice in a list.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    UUID of the advice.
    """
    question: str
    """
    What was asked.
    """
    site: str | None
    """
    Code of the site that it was asked of.
    """
    state: Literal["waiting", "answered", "refused"]
    """
    Whether it waits for a run, was answered, or refused for want of evidence.
    """
    source: Literal["rules", "model"]
    """
    Who worded it.
    """
    level: Literal["good", "warn", "bad", "info"]
    """
    How bad what it says is.
    """
    headline: str
    """
    Its first sentence.
    """
    asked_by: str
    """
    Who asked.
    """
    asked_at: AwareDatetime
    """
    When.
    """
    verdict: Literal["accepted", "rejected"] | None
    """
    What a person said of it.
    """
    outcome: Literal["helped", "did-not-help", "unclear"] | None
    """
    What came of it.
    """
    links: dict[str, str]
    """
    Where its parts are.
    """


class AdviceTrail(BaseModel):
    """
    All that an answer was made of.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    intent: dict[str, Any]
    """
    What was understood of the question.
    """
    by_rules: dict[str, Any] | None
    """
    The rules' answer, if a model's shows.
    """
    trail: dict[str, Any]
    """
    Prompt, context and what fell out of it, model, settings, raw output, what the guard said, timings.
    """


class AlertActionDraft(BaseModel):
    """
    What was done about an alert.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    actions: list[str] | None = None
    """
    What was done, each by its name.
    """
    parts: list[str] | None = None
    """
    Spare parts that were put in.
    """
    helped: bool | None = None
    """
    Whether it helped; empty: not known yet.
    """
    at: AwareDatetime | None = None
    """
    When it was done; empty: now.
    """
    module: str | None = None
    """
    Part of the tool that it was done to.
    """
    note: str | None = None
    """
    What else is to be said.
    """
    outcome_of: int | None = None
    """
    Event of what was done earlier, if only its outcome is told.
    """


class AlertActionView(BaseModel):
    """
    What was done about an alert, as its event keeps it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    event: int
    """
    Number of the event that keeps it.
    """
    actions: list[str]
    """
    What was done.
    """
    parts: list[str]
    """
    Spare parts that were put in.
    """
    helped: bool | None
    """
    Whether it helped, if somebody said so.
    """
    at: AwareDatetime
    """
    When it was done.
    """
    module: str
    """
    Part of the tool that it was done to.
    """
    note: str
    """
    What else was said.
    """
    outcome_of: int | None
    """
    Event of what was done earlier, if only its outcome is told.
    """
    created_by: str
    """
    Who entered it.
    """
    created_at: AwareDatetime
    """
    When it was entered.
    """


class AlertActions(BaseModel):
    """
    All that was done about an alert.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[AlertActionView]
    """
    The oldest first.
    """


class AlertBrief(BaseModel):
    """
    An alert, as a list shows it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the alert.
    """
    site: str
    """
    Code of its site.
    """
    characteristic_id: int | None
    """
    Characteristic that it is about.
    """
    characteristic: str | None
    """
    Code of that characteristic.
    """
    stream: str
    """
    Level of the factor whose levels are judged apart.
    """
    state: Literal["open", "acknowledged", "closed"]
    """
    Open, acknowledged or closed.
    """
    disposition: Literal["warn", "hold"]
    """
    What becomes of the lot.
    """
    title: str
    """
    What was found, in one line.
    """
    points: int
    """
    Points that it rests on; 0 once all were taken back.
    """
    first_ts: AwareDatetime
    """
    When the first of them was measured.
    """
    last_ts: AwareDatetime
    """
    When the last of them was measured.
    """
    opened_at: AwareDatetime
    """
    When it was opened.
    """
    due_at: AwareDatetime | None
    """
    By when its plan is to be done.
    """


class AlertClosing(BaseModel):
    """
    Why an alert is closed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    note: str
    """
    What was found and done.
    """
    outcome: Literal["confirmed", "false-alarm", "unclear"] | None = None
    """
    Whether it was real: the honesty ledger counts it.
    """


class AlertView(BaseModel):
    """
    An alert with its evidence and its reaction plan.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the alert.
    """
    site: str
    """
    Code of its site.
    """
    characteristic_id: int | None
    """
    Characteristic that it is about.
    """
    characteristic: str | None
    """
    Code of that characteristic.
    """
    stream: str
    """
    Level of the factor whose levels are judged apart.
    """
    state: Literal["open", "acknowledged", "closed"]
    """
    Open, acknowledged or closed.
    """
    disposition: Literal["warn", "hold"]
    """
    What becomes of the lot.
    """
    title: str
    """
    What was found, in one line.
    """
    points: int
    """
    Points that it rests on; 0 once all were taken back.
    """
    first_ts: AwareDatetime
    """
    When the first of them was measured.
    """
    last_ts: AwareDatetime
    """
    When the last of them was measured.
    """
    opened_at: AwareDatetime
    """
    When it was opened.
    """
    due_at: AwareDatetime | None
    """
    By when its plan is to be done.
    """
    cause: str
    """
    What makes two alerts the same; one of a cause is open.
    """
    design_id: int | None
    """
    Chart design whose rules are broken.
    """
    run_id: str | None
    """
    Run that found it, if one did.
    """
    evidence: dict[str, Any]
    """
    Rules, points, limits, stratum, last events.
    """
    reaction: dict[str, Any]
    """
    Plan as it stood when the alert was opened: owner, minutes, steps.
    """
    updated_at: AwareDatetime
    """
    When it was last changed.
    """
    closed_at: AwareDatetime | None
    """
    When it was closed.
    """
    closed_by: str | None
    """
    Who closed it.
    """
    closing_note: str | None
    """
    What was done.
    """
    outcome: Literal["confirmed", "false-alarm", "unclear"] | None
    """
    Whether it was real, if somebody said so.
    """


class AlterDuty(BaseModel):
    """
    Raise or set the customs duty between two countries, in shares of the value.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["duty"] | None = None
    """
    Kind of edit.
    """
    origin: str
    """
    ISO code it comes from.
    """
    destination: str
    """
    ISO code it enters.
    """
    duty_class: str | None = None
    """
    Null: every class.
    """
    add: float | None = None
    """
    Added: 0.25 is +25 %.
    """
    to: float | None = None
    """
    Instead: 0.25 is 25 %.
    """


class Alteration(BaseModel):
    """
    One of: times a factor, plus a sum, to a value, no limit any more.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    factor: float | None = None
    """
    Times this.
    """
    add: float | str | None = None
    """
    Plus this; may be negative.
    """
    to: float | str | None = None
    """
    This instead.
    """
    lift: bool | None = None
    """
    True: no limit any more.
    """


class AnalysisView(BaseModel):
    """
    An analysis: all that a form, a script or a schedule needs to know.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Its name in paths and commands.
    """
    title: str
    """
    Its name for readers.
    """
    summary: str
    """
    What it is for.
    """
    version: int
    """
    Raised when the result of equal data changes.
    """
    params: dict[str, Any]
    """
    JSON schema of its parameters.
    """
    result: dict[str, Any]
    """
    JSON schema of its result.
    """
    example: dict[str, Any]
    """
    Parameters that work.
    """


class ApiKeyDraft(BaseModel):
    """
    An API key to be issued.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Who or what uses it.
    """
    role: Literal["viewer", "engineer", "planner", "admin"]
    """
    What it may do.
    """
    sites: list[int] | None = None
    """
    Ids of the sites seen; null = all.
    """
    expires_at: AwareDatetime | None = None
    """
    When it ends by itself.
    """
    user_id: int | None = None
    """
    Whose key it is.
    """


class ApiKeyIssued(BaseModel):
    """
    A new API key, with the text that is shown this once.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the key.
    """
    user_id: int | None
    """
    Whose key it is.
    """
    name: str
    """
    Who or what uses it.
    """
    prefix: str
    """
    The key starts with `lr_` and this.
    """
    role: Literal["viewer", "engineer", "planner", "admin"]
    """
    What it may do.
    """
    sites: list[int] | None
    """
    Ids of the sites seen; null = all.
    """
    created_by: str
    """
    Who issued it.
    """
    created_at: AwareDatetime
    """
    When it was issued.
    """
    expires_at: AwareDatetime | None
    """
    When it ends by itself.
    """
    revoked_at: AwareDatetime | None
    """
    When it was revoked.
    """
    last_used_at: AwareDatetime | None
    """
    Last use, to about a minute.
    """
    token: str
    """
    The key; it cannot be read again.
    """


class ApiKeyView(BaseModel):
    """
    An API key, without its secret.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the key.
    """
    user_id: int | None
    """
    Whose key it is.
    """
    name: str
    """
    Who or what uses it.
    """
    prefix: str
    """
    The key starts with `lr_` and this.
    """
    role: Literal["viewer", "engineer", "planner", "admin"]
    """
    What it may do.
    """
    sites: list[int] | None
    """
    Ids of the sites seen; null = all.
    """
    created_by: str
    """
    Who issued it.
    """
    created_at: AwareDatetime
    """
    When it was issued.
    """
    expires_at: AwareDatetime | None
    """
    When it ends by itself.
    """
    revoked_at: AwareDatetime | None
    """
    When it was revoked.
    """
    last_used_at: AwareDatetime | None
    """
    Last use, to about a minute.
    """


class ApprovalDraft(BaseModel):
    """
    The plan that is to be in force.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    run: str
    """
    Id of a succeeded network-plan run of this scenario.
    """


class Arl0View(BaseModel):
    """
    Mean number of points between two false alarms of the main chart.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    value: float | None
    """
    With these rules and known parameters; null: unknown.
    """
    method: str
    """
    How it was found.
    """
    reason: str | None
    """
    Why it is unknown.
    """


class Arrival(BaseModel):
    """
    When a fact counts as known: when it was committed, or so long after it happened.

    History that was loaded at once was committed long after it happened; by that time no feature
    would be seen. `assumed` takes for it the delay that news has in daily work, which is an
    assumption and is told among the cautions.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    rule: Literal["committed", "assumed"] | None = None
    """
    committed: when the database learned of it; assumed: `delay_minutes` after it happened, if the database learned of it later.
    """
    delay_minutes: float | None = None
    """
    Of `assumed`.
    """
    until: AwareDatetime | None = None
    """
    Of `assumed`: only what was committed up to then, the load of the history; empty: all.
    """


class AssumedConstant(BaseModel):
    """
    A constant that is given, not estimated: with its range, which enters every bound.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    symbol: str
    """
    Symbol in the model, e.g. Ea.
    """
    value: float
    """
    Value, in the unit of the model: eV for Ea.
    """
    lower: float
    """
    Lower end of its range.
    """
    upper: float
    """
    Upper end of its range.
    """
    source: str
    """
    Where it comes from.
    """


class AuditView(BaseModel):
    """
    One change.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the record.
    """
    at: AwareDatetime
    """
    When.
    """
    actor: str
    """
    Who.
    """
    action: str
    """
    create, update, delete, approve, revoke ...
    """
    resource: str
    """
    Kind of the thing changed.
    """
    resource_id: str
    """
    Its id.
    """
    site_id: int | None
    """
    Its site.
    """
    before: dict[str, Any] | None
    """
    The fields that changed, before.
    """
    after: dict[str, Any] | None
    """
    The same fields, after.
    """
    correlation_id: str | None
    """
    The request that did it.
    """


class Axis(BaseModel):
    """
    A chart axis; `time` counts microseconds since 1970 UTC.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    label: str
    """
    What is measured along it.
    """
    unit: str | None = None
    """
    Unit; empty if it has none.
    """
    scale: (
        Literal["linear", "log", "time", "category", "weibull", "normal", "logistic"]
        | None
    ) = None
    """
    How values are placed; time is microseconds since 1970 UTC. The last three are probability paper for the y axis: values are probabilities between 0 and 1, and what follows that distribution (weibull: over a logarithmic x axis) lies on a straight line.
    """


class BaselineBody(BaseModel):
    """
    What the limits were estimated from.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    points: int
    """
    Plotted points.
    """
    size: int | None = None
    """
    Values in each; 1: sigma by moving ranges.
    """


class BaselineChange(BaseModel):
    """
    What of a baseline is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str | None = None
    """
    Name.
    """
    start: AwareDatetime | None = None
    """
    Begin.
    """
    end: AwareDatetime | None = None
    """
    End.
    """
    where: dict[str, list[str]] | None = None
    """
    Factor to levels.
    """
    note: str | None = None
    """
    Why this window.
    """
    review_days: int | None = None
    """
    Days from its approval until it is due for review.
    """


class BaselineDraft(BaseModel):
    """
    A baseline to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    characteristic_id: int
    """
    Of which characteristic.
    """
    name: str
    """
    Name, unique for the characteristic.
    """
    start: AwareDatetime
    """
    Begin of the window, included.
    """
    end: AwareDatetime
    """
    End of the window, not included.
    """
    where: dict[str, list[str]] | None = None
    """
    Factor to the levels that count.
    """
    note: str | None = None
    """
    Why this window.
    """
    review_days: int | None = None
    """
    Days from its approval until it is due for review.
    """


class BaselineView(BaseModel):
    """
    A baseline.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the baseline.
    """
    characteristic_id: int
    """
    Of which characteristic.
    """
    name: str
    """
    Name.
    """
    start: AwareDatetime
    """
    Begin of the window, included.
    """
    end: AwareDatetime
    """
    End of the window, not included.
    """
    where: dict[str, list[str]]
    """
    Factor to the levels that count.
    """
    note: str
    """
    Why this window.
    """
    approved_by: str | None
    """
    Who approved it.
    """
    approved_at: AwareDatetime | None
    """
    When it was approved; then it is fixed.
    """
    review_days: int | None
    """
    Days from then until it is due for review.
    """
    review_at: AwareDatetime | None
    """
    When it is due for review; null: never.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class Between(BaseModel):
    """
    An absolute, half-open window.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    start: AwareDatetime
    """
    First instant, with offset, e.g. 2026-03-01T00:00Z.
    """
    end: AwareDatetime
    """
    First instant after the window, with offset.
    """


class BondPoint(BaseModel):
    """
    Where a wire is bonded.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    x_um: float
    """
    Along x, micrometres.
    """
    y_um: float
    """
    Along y, micrometres.
    """
    z_um: float | None = None
    """
    Height of the bond, micrometres.
    """


class BoostingSettings(BaseModel):
    """
    Histogram gradient boosting of scikit-learn.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    rounds: int | None = None
    """
    Most rounds of boosting.
    """
    learning_rate: float | None = None
    """
    Share of each tree that is added.
    """
    max_leaves: int | None = None
    """
    Most leaves of one tree.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    l2: float | None = None
    """
    Square penalty on the values of leaves.
    """
    kind: Literal["gradient-boosting"] = "gradient-boosting"
    """
    Kind of model.
    """
    early_stopping: bool | None = None
    """
    Hold a random tenth of the rows back and stop when its loss falls no more; it looks across time and groups, so it is off.
    """


class BrandDraft(BaseModel):
    """
    How the organisation is called and coloured.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name, as it stands on pages and reports.
    """
    color: str | None = None
    """
    Colour of the mark, like #1f5fa8.
    """


class BrandView(BaseModel):
    """
    How the organisation is shown.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name.
    """
    color: str
    """
    Colour.
    """
    source: Literal["longrun", "lettermark", "upload"]
    """
    Longrun's own mark, one drawn from name and colour, or an uploaded one.
    """
    media_type: str
    """
    Of the mark.
    """
    contrast: float
    """
    Contrast of the letter on its tile, by WCAG 2.
    """
    marks: dict[str, str]
    """
    Addresses of mark, icon, mono and reversed.
    """


class Break(BaseModel):
    """
    A step of a tariff: from `load` on, the rate (and the fixed charge) is another.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    load: float | str
    """
    Load of the lane in a period, in its basis; starts at 0.
    """
    rate: float | str
    """
    Money for one unit of load.
    """
    fixed: float | str | None = None
    """
    Money once this step is reached.
    """


class BrokenRule(BaseModel):
    """
    A rule that a point breaks.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name, as in the design.
    """
    sentence: str
    """
    What it looks for.
    """


class ByPeriod(BaseModel):
    """
    An amount for one period, where it differs from the rest.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    period: str
    """
    Code of the period.
    """
    amount: float | str
    """
    The amount in that period.
    """


class CandidatesDraft(BaseModel):
    """
    The study whose sites become candidates.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    run: str
    """
    Id of a succeeded greenfield run of this scenario.
    """
    note: str | None = None
    """
    Why.
    """
    revision: int | None = None
    """
    Made from it; null: the newest.
    """


class CategoryFeature(BaseModel):
    """
    A column of texts as 0/1 features, one for each frequent level.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["category"] = "category"
    """
    Kind of feature.
    """
    column: str
    """
    Name of the column.
    """
    min_frequency: float | None = None
    """
    Levels rarer than this share become one: 'rare'.
    """
    unknown: Literal["rare", "refuse"] | None = None
    """
    What a level does that training has not seen.
    """
    reference: bool | None = None
    """
    Leave the most frequent level out, so that the others are told against it: an unpenalised fit has no single answer otherwise.
    """


class ChangeView(BaseModel):
    """
    One difference between two documents.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    pointer: str
    """
    Where; members of lists are named by their codes.
    """
    kind: Literal["added", "removed", "changed"]
    """
    What happened.
    """
    before: Any
    """
    The value before; null where there was none.
    """
    after: Any
    """
    The value after; null where there is none.
    """
    sentence: str
    """
    The same in words.
    """


class CharacteristicChange(BaseModel):
    """
    What of a characteristic is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name in full.
    """
    unit: str | None = None
    """
    Unit of its values.
    """
    kind: Literal["variable", "attribute"] | None = None
    """
    Measured or counted.
    """
    gauge_lower: float | None = None
    """
    Least value the gauge can read.
    """
    gauge_upper: float | None = None
    """
    Largest value the gauge can read.
    """


class CharacteristicDraft(BaseModel):
    """
    A characteristic to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name, unique at the site, never changed.
    """
    title: str
    """
    Name in full.
    """
    unit: str
    """
    Unit of its values, e.g. um; fixed once there are data.
    """
    kind: Literal["variable", "attribute"] | None = None
    """
    Measured (variable) or counted.
    """
    gauge_lower: float | None = None
    """
    Least value the gauge can read.
    """
    gauge_upper: float | None = None
    """
    Largest one.
    """


class CharacteristicView(BaseModel):
    """
    A characteristic.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the characteristic.
    """
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name.
    """
    title: str
    """
    Name in full.
    """
    unit: str
    """
    Unit of its values.
    """
    kind: Literal["variable", "attribute"]
    """
    Measured (variable) or counted (attribute).
    """
    gauge_lower: float | None
    """
    Least value the gauge can read.
    """
    gauge_upper: float | None
    """
    Largest value the gauge can read.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class ChartDesignApproval(BaseModel):
    """
    From when on an approved design judges.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    effective_from: AwareDatetime | None = None
    """
    Time of measurement from which it judges; absent: now.
    """


class ChartEvent(BaseModel):
    """
    An event to be drawn on the axis of time.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the event.
    """
    ts: int
    """
    Microseconds since 1970 UTC.
    """
    kind: str
    """
    What kind of event.
    """
    tool: str | None
    """
    Code of the tool.
    """
    title: str
    """
    What happened.
    """


class ChartMark(BaseModel):
    """
    A point that somebody marked, with the newest of its marks.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ts: int
    """
    Microseconds since 1970 UTC.
    """
    seq: str
    """
    Its seq.
    """
    value: float
    """
    Value in force; of a chart of means the mean drawn there.
    """
    kind: Literal["annotate", "exclude", "include", "void", "restore"]
    """
    What was said last.
    """
    is_left_out: bool
    """
    Whether limits are not estimated from it.
    """
    is_void: bool
    """
    Whether it enters no statistics; then it is not drawn.
    """
    cause: str | None
    """
    Code of the catalogue: why.
    """
    action: str | None
    """
    Code of the catalogue: what was done.
    """
    note: str
    """
    In words.
    """
    person: str
    """
    Who said it.
    """
    at: int
    """
    When it was said: microseconds since 1970 UTC.
    """


class Check(BaseModel):
    """
    One part of the service.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    database, revision or worker.
    """
    ready: bool
    """
    Whether it is ready.
    """
    detail: str
    """
    What was found, and how to mend it.
    """


class Column(BaseModel):
    """
    Heading of a table column; numbers are shown with `decimals`.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    label: str
    """
    Heading.
    """
    unit: str | None = None
    """
    Unit of the column; empty if it has none.
    """
    decimals: int | None = None
    """
    Decimals to show; null: as needed.
    """


class ColumnView(BaseModel):
    """
    A column of a sample, as it stands in the file.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Its name.
    """
    first: list[str | None]
    """
    Its first values, as text.
    """


class ColumnsView(BaseModel):
    """
    The columns of a sample; nothing is judged, nothing stored.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    columns: list[ColumnView]
    """
    In the order of the file.
    """


class Commodity(BaseModel):
    """
    A product, a part or a material; `unit` is what its quantities count.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique in the scenario.
    """
    title: str | None = None
    """
    Name for readers.
    """
    unit: str | None = None
    """
    What one unit is.
    """
    weight: float | str | None = None
    """
    Of one unit.
    """
    volume: float | str | None = None
    """
    Of one unit.
    """
    value: float | str | None = None
    """
    Money; what duties and capital count.
    """
    handling: float | None = None
    """
    Throughput that one unit takes.
    """
    shelf_life: int | None = None
    """
    Periods it may be held.
    """
    duty_class: str | None = None
    """
    Customs class.
    """
    group: str | None = None
    """
    Product family; edits name it.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class Comparison(BaseModel):
    """
    Something held against something else, to be computed anew by whoever checks.

    `left` alone is held against its own reference; `rises` and `falls` look at the sign of `left`.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    left: str
    """
    Id of evidence.
    """
    relation: Literal[
        "above",
        "below",
        "surely-above",
        "surely-below",
        "equals",
        "rises",
        "falls",
        "within",
        "outside",
        "before",
        "after",
    ]
    """
    What is claimed.
    """
    right: str | None = None
    """
    Id of evidence; null: its reference.
    """


class Constant(BaseModel):
    """
    A value that is the same for the whole file.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    constant: str
    """
    The value itself.
    """


class ContextFeature(BaseModel):
    """
    A context factor of the row (package, material, capillary lot, shift) as a category.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["context"] = "context"
    factor: str
    """
    Name of the factor.
    """


class ContributionView(BaseModel):
    """
    What one column adds to the score of a row.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    feature: str
    """
    Feature, or column, that it is of.
    """
    column: str
    """
    Column of the rows, or derived feature.
    """
    value: float | str | None
    """
    Its value, in its own unit; null: missing.
    """
    amount: float
    """
    Log-odds that it adds, against the mean of training.
    """


class CusumBody(BaseModel):
    """
    A tabular CUSUM.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["cusum"] = "cusum"
    k: float | None = None
    """
    Reference value, in sigmas.
    """
    h: float | None = None
    """
    Decision interval, in sigmas.
    """
    headstart: float | None = None
    """
    Where the sums start; at most h / 2 + k.
    """
    sides: Literal[1, 2] | None = None
    """
    2, or 1: upper sum only.
    """


class DatasetColumn(BaseModel):
    """
    A column: its type, what it is for, its unit.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name of the column in the rows.
    """
    type: Literal["number", "category", "time", "trace"] | None = None
    """
    What its values are.
    """
    role: (
        Literal[
            "feature",
            "label",
            "time",
            "known_time",
            "group",
            "unit",
            "stratum",
            "ignore",
        ]
        | None
    ) = None
    """
    What it is for.
    """
    unit: str | None = None
    """
    Unit of its numbers.
    """
    description: str | None = None
    """
    What it means.
    """


class DatasetDocument(BaseModel):
    """
    A dataset in words: shown on its page and on the card of every model learned from it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    subject: str | None = None
    """
    What a row is: a bond, a lot.
    """
    columns: list[DatasetColumn] | None = None
    """
    Columns; those of a file that are not named here are features of the type that their values have.
    """
    positive: str | None = None
    """
    Label that counts as the event (fail, abnormal).
    """
    source: str | None = None
    """
    Where the rows come from.
    """
    cautions: list[str] | None = None
    """
    What a reader of scores must know of these rows.
    """


class DatasetRevisionBrief(BaseModel):
    """
    A revision in the list of them.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    number: int
    """
    Its number; 1 is the first.
    """
    note: str
    """
    What has changed, and why.
    """
    origin: dict[str, Any]
    """
    `kind`: file, append, recipe or document; and what goes with it.
    """
    rows: int
    """
    Its rows.
    """
    labels: dict[str, int]
    """
    Rows of each label, the 50 most frequent.
    """
    size: int
    """
    Bytes of its rows, compressed.
    """
    sha256: str
    """
    Digest of its rows.
    """
    created_by: str
    """
    Who made it.
    """
    created_at: AwareDatetime
    """
    When it was made.
    """


class DatasetView(BaseModel):
    """
    A dataset without its rows.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code.
    """
    site: str | None
    """
    Code of its site; null: of all sites.
    """
    title: str
    """
    Name for readers.
    """
    kind: Literal["table", "traces"]
    """
    What a row holds.
    """
    document: DatasetDocument
    """
    What a row is, and what its columns mean.
    """
    recipe: dict[str, Any] | None
    """
    How its rows are built; null: from files.
    """
    newest: int
    """
    Number of its newest revision; 0: it has no rows yet.
    """
    archived_at: AwareDatetime | None
    """
    Since when it is out of use.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """
    updated_at: AwareDatetime
    """
    When anything of it was changed last.
    """


class DatasetWarningView(BaseModel):
    """
    A doubt about the rows.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    severity: str
    """
    refuse: nothing honest can be learned; warn: told.
    """
    pointer: str
    """
    Where it stands.
    """
    detail: str
    """
    The fact with its number, and the mend.
    """
    code: str
    """
    Which check it is.
    """


class DecisionTreeSettings(BaseModel):
    """
    One classification tree.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    kind: Literal["decision-tree"] = "decision-tree"
    """
    Kind of model.
    """
    max_depth: int | None = None
    """
    Most splits above a leaf; null: no limit.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    pruning: float | None = None
    """
    Cost of one more leaf in Gini impurity (cost-complexity alpha).
    """


class DiffView(BaseModel):
    """
    The differences between two revisions.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    from_revision: int
    """
    Number of the first.
    """
    to_revision: int | None
    """
    Number of the second; null: not stored.
    """
    change_count: int
    """
    How many differences there are.
    """
    changes: list[ChangeView]
    """
    The first 1000 of them.
    """


class Difference(BaseModel):
    """
    `of` minus `minus`.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    make: Literal["difference"] = "difference"
    """
    How it is made.
    """
    name: str
    """
    Name of the new feature.
    """
    of: str
    """
    Column.
    """
    minus: str
    """
    Column that is taken away.
    """


class DifferenceView(BaseModel):
    """
    A place where the versions differ.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    pointer: str
    """
    JSON pointer.
    """
    values: list[Any]
    """
    What stands there, one for each version.
    """


class DigestSeenView(BaseModel):
    """
    From when on things are new to the caller.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    seen_at: AwareDatetime
    """
    When the caller last said to have seen what is new.
    """


class DistancesDraft(BaseModel):
    """
    Which distances are to be measured.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    pairs: Literal["lanes", "all"] | None = None
    """
    Those of the lanes of `mode`, or of all sites.
    """
    mode: str | None = None
    """
    Code of the mode, for `lanes`.
    """
    replace: bool | None = None
    """
    Also those that the document has; else they stay.
    """
    note: str | None = None
    """
    Why; the source is written behind it.
    """
    revision: int | None = None
    """
    Made from it; null: the newest.
    """


class DriftPoint(BaseModel):
    """
    Run lengths under a linear drift that starts with the chart.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    slope: float
    """
    In sigmas a point.
    """
    mean: float
    """
    Mean run length.
    """
    median: float
    """
    Median run length.
    """


class EbmSettings(BaseModel):
    """
    Explainable boosting machine: one curve per feature and a few pairs; extra [boost].
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    kind: Literal["ebm"] = "ebm"
    """
    Kind of model.
    """
    interactions: int | None = None
    """
    Most pairs of features that act together; 0 beyond two classes.
    """
    rounds: int | None = None
    """
    Most rounds of boosting.
    """
    learning_rate: float | None = None
    """
    Share of each tree that is added.
    """
    bags: int | None = None
    """
    Fits on parts of the rows that are averaged.
    """


class ElasticNetSettings(BaseModel):
    """
    Least squares with an l1 and an l2 penalty.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["elastic-net"] = "elastic-net"
    """
    Kind of model.
    """
    strength: float | None = None
    """
    Weight of the penalty against half the mean squared error of the label divided by its standard deviation.
    """
    l1_ratio: float | None = None
    """
    Share of the absolute values in the penalty.
    """


class EstimatedPoint(BaseModel):
    """
    Distance of false alarms of a chart with estimated limits, over all possible baselines.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    mean: float | None
    """
    Null where a few baselines with wide limits decide it.
    """
    median: float | None
    """
    Median run length, over baselines and series.
    """
    arl0: dict[str, float]
    """
    Mean distance of false alarms that a share of baselines stays below.
    """


class EventChange(BaseModel):
    """
    What of an event is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: (
        Literal[
            "maintenance",
            "capillary-change",
            "calibration",
            "correction",
            "material-change",
            "cleaning",
            "component-change",
            "refurbishment",
            "tool-change",
            "note",
            "other",
        ]
        | None
    ) = None
    """
    Its kind.
    """
    ts: AwareDatetime | None = None
    """
    When it began.
    """
    ended_at: AwareDatetime | None = None
    """
    Its end.
    """
    title: str | None = None
    """
    What happened.
    """
    detail: dict[str, Any] | None = None
    """
    More, by name.
    """


class EventCountFeature(BaseModel):
    """
    How many events of some kinds the row's tool had in a window before the moment.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["event_count"] = "event_count"
    name: str | None = None
    """
    Name of the column.
    """
    events: list[str]
    """
    Kinds of events.
    """
    hours: float
    """
    Length of the window.
    """


class EventDraft(BaseModel):
    """
    An event to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of its site.
    """
    tool: str | None = None
    """
    Code of the tool, if it was one tool.
    """
    characteristic: str | None = None
    """
    Code, if it was about one.
    """
    kind: Literal[
        "maintenance",
        "capillary-change",
        "calibration",
        "correction",
        "material-change",
        "cleaning",
        "component-change",
        "refurbishment",
        "tool-change",
        "note",
        "other",
    ]
    """
    What kind of event.
    """
    ts: AwareDatetime
    """
    When it happened or began.
    """
    ended_at: AwareDatetime | None = None
    """
    When it ended.
    """
    title: str
    """
    What happened, in one line.
    """
    detail: dict[str, Any] | None = None
    """
    More, by name.
    """


class EventLabel(BaseModel):
    """
    An event on the row's tool.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    from_hours: float | None = None
    """
    Begin of the label's window, counted from the moment.
    """
    horizon_hours: float
    """
    Length of the label's window; a row whose window has not ended and that has no event is unknown, not negative.
    """
    settle_hours: float | None = None
    """
    So long after its window a row without event is still unknown: late news of it may come.
    """
    kind: Literal["event"] = "event"
    events: list[str]
    """
    Kinds of events.
    """


class EventView(BaseModel):
    """
    An event.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the event.
    """
    site: str
    """
    Code of its site.
    """
    tool: str | None
    """
    Code of the tool.
    """
    characteristic: str | None
    """
    Code of the characteristic.
    """
    kind: Literal[
        "maintenance",
        "capillary-change",
        "calibration",
        "correction",
        "material-change",
        "cleaning",
        "component-change",
        "refurbishment",
        "tool-change",
        "note",
        "other",
    ]
    """
    What kind of event.
    """
    ts: AwareDatetime
    """
    When it happened or began.
    """
    ended_at: AwareDatetime | None
    """
    When it ended.
    """
    title: str
    """
    What happened.
    """
    detail: dict[str, Any]
    """
    More, by name.
    """
    created_by: str
    """
    Who entered it.
    """
    created_at: AwareDatetime
    """
    When it was entered.
    """


class EvidencePattern(BaseModel):
    """
    What must be seen: everything that is given has to hold.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    shown: Literal["drift", "no-drift"] | None = None
    """
    Evidence that counts as drift, or that shows there is none; null: neither.
    """
    mechanisms: (
        list[
            Literal[
                "trend",
                "step",
                "level",
                "spread",
                "shape",
                "corrections",
                "near-limit",
                "group",
            ]
        ]
        | None
    ) = None
    """
    One of these mechanisms; empty: any.
    """
    methods: list[str] | None = None
    """
    By one of these methods; empty: any.
    """
    direction: Literal["up", "down"] | None = None
    """
    Which way; null: either.
    """
    least_share: float | None = None
    """
    Least size as a share of the tolerance; a slope counts over `slope_days`.
    """
    least_sigma: float | None = None
    """
    Least size in sigmas of the process.
    """
    slope_days: float | None = None
    """
    Days over which a slope is made a size.
    """
    agreeing: int | None = None
    """
    Methods that must say so.
    """
    unexplained: bool | None = None
    """
    Only where no event goes with a step that was found.
    """
    after_events: list[str] | None = None
    """
    A step that follows an event of one of these kinds; empty: not asked.
    """
    after_actions: int | None = None
    """
    It persists, or came back, after at least so many actions against it of `of_actions`; where no evidence is asked for, of all in the record. Routine is left out.
    """
    of_actions: (
        list[
            Literal[
                "keep",
                "recalibrate",
                "clean",
                "replace-component",
                "refurbish",
                "replace-tool",
            ]
        ]
        | None
    ) = None
    """
    Which actions count for that; empty: any.
    """
    shrinking: bool | None = None
    """
    The time between corrections shrinks: lower bound of beta (Crow-AMSAA) > 1.
    """


class EwmaBody(BaseModel):
    """
    An EWMA chart.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["ewma"] = "ewma"
    lambda_: float | None = None
    """
    Weight of the newest value.
    """
    width: float | None = None
    """
    Limits, in sigmas of the statistic.
    """
    sides: Literal[1, 2] | None = None
    """
    2, or 1: upper limit only, reset at the target.
    """
    limits: Literal["fixed", "exact"] | None = None
    """
    Fixed at the asymptote, or exact: they widen at the start.
    """


class Excluded(BaseModel):
    """
    A point that was left out of the estimation of limits, and why.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ts: int
    """
    Microseconds since 1970 UTC.
    """
    seq: int | None = None
    """
    Sequence of the measurement, if one.
    """
    value: float
    """
    Plotted value, in its unit.
    """
    reason: str
    """
    Why it was left out: the mark, or the rule that it broke.
    """


class Expansion(BaseModel):
    """
    A step of throughput capacity that can be bought once.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique at the site.
    """
    capacity: float | str
    """
    Throughput added in each period from then on.
    """
    cost: float | str
    """
    Money, once.
    """


class ExpectedShare(BaseModel):
    """
    Share of something that an action removes, and how sure that is.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    share: float
    """
    Share that is expected to be removed.
    """
    sd: float | None = None
    """
    Standard deviation of that share over actions.
    """


class ExponentialPart(BaseModel):
    """
    A part with a constant failure rate.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    family: Literal["exponential"] | None = None
    """
    Exponential.
    """
    mtbf: float
    """
    Mean life, in the unit of time.
    """
    factor: float | None = None
    """
    How far it may be off, as eta.
    """


class ExtraTreesSettings(BaseModel):
    """
    Trees with random cut points on all rows, averaged.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    trees: int | None = None
    """
    Number of trees.
    """
    max_depth: int | None = None
    """
    Most splits above a leaf; null: no limit.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    features_per_split: Literal["sqrt", "log2"] | float | None = None
    """
    Features that each split looks at: sqrt, log2 or a share.
    """
    kind: Literal["extra-trees"] = "extra-trees"
    """
    Kind of model.
    """


class FactorView(BaseModel):
    """
    A factor of the points, each level written once.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    levels: list[str]
    """
    Distinct levels.
    """
    codes: list[int]
    """
    Level of each point by its place; -1 where it has none.
    """


class Figure(BaseModel):
    """
    One number with its unit and interval.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["figure"] = "figure"
    """
    Kind of block.
    """
    label: str
    """
    What the number is.
    """
    value: float | None
    """
    The number; null if undefined.
    """
    unit: str | None = None
    """
    Unit; empty if it has none.
    """
    lower: float | None = None
    """
    Lower bound; null if it has none.
    """
    upper: float | None = None
    """
    Upper bound; null if it has none.
    """
    decimals: int | None = None
    """
    Decimals to show.
    """


class FindingLabel(BaseModel):
    """
    An alert on the row's tool.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    from_hours: float | None = None
    """
    Begin of the label's window, counted from the moment.
    """
    horizon_hours: float
    """
    Length of the label's window; a row whose window has not ended and that has no event is unknown, not negative.
    """
    settle_hours: float | None = None
    """
    So long after its window a row without event is still unknown: late news of it may come.
    """
    kind: Literal["finding"] = "finding"
    characteristics: list[str] | None = None
    """
    Alerts on these characteristics; empty: all.
    """
    confirmed: bool | None = None
    """
    Only alerts that were closed as confirmed: known when closed; while one is open the row is unknown.
    """


class FindingRows(BaseModel):
    """
    A row for each alert, at the moment at which it was opened.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["finding"] = "finding"
    characteristics: list[str] | None = None
    """
    Alerts on these characteristics; empty: all.
    """


class FittedLife(BaseModel):
    """
    A life whose model, shape and scale stand in the result of a run of this service.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    run: str
    """
    Run whose result has shape, scale and model.
    """
    age_days: float | None = None
    """
    Time that it has worked, days.
    """
    horizon_days: float | None = None
    """
    Time looked ahead, days.
    """


class FixedPart(BaseModel):
    """
    A part that works with a probability, whatever the time: a switch, a demand.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    family: Literal["fixed"] | None = None
    """
    Fixed.
    """
    reliability: float
    """
    Probability that it works.
    """


class FlawView(BaseModel):
    """
    A wrong place of a document.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    pointer: str
    """
    JSON pointer into the document.
    """
    detail: str
    """
    The value that is wrong, and how to mend it.
    """


class FlawsView(BaseModel):
    """
    What is wrong with a document: with none it can be planned.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    flaw_count: int
    """
    How many wrong places there are.
    """
    flaws: list[FlawView]
    """
    The first 200 of them.
    """


class ForecastRef(BaseModel):
    """
    A series of a demand forecast that this service has made.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    run: str | None = None
    """
    Run; null: the newest one.
    """
    series: str
    """
    Name of the series in its result.
    """


class FromColumn(BaseModel):
    """
    A value that each row carries.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    column: str
    """
    Name of the column.
    """


class FutureShipment(BaseModel):
    """
    Units that will be shipped.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    days: float
    """
    Days from now until they are shipped.
    """
    quantity: float
    """
    How many.
    """


class GoodsWhere(BaseModel):
    """
    Which of a site and a commodity: those that meet all that is given; empty means every one.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Code of the site (the customer).
    """
    site_group: str | None = None
    """
    Group of the site.
    """
    site_tag: str | None = None
    """
    A tag of the site.
    """
    commodity: str | None = None
    """
    Code of the commodity.
    """
    commodity_group: str | None = None
    """
    Its family.
    """
    tag: str | None = None
    """
    A tag of the part itself.
    """


class GovernanceRules(BaseModel):
    """
    Rules of the choice of a life distribution.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    indistinct_below: float | None = None
    """
    Difference of the criterion (AICc) below which two models are not told apart: both are reported.
    """
    waiver_above: float | None = None
    """
    Difference above which a mechanism does not override the data without a recorded waiver.
    """
    low_percentile: float | None = None
    """
    Share failed up to which, of models that are not told apart, the lowest bound is the one to use.
    """
    extrapolation_time: float | None = None
    """
    Ratio of a life to the longest time on test above which it is an extrapolation.
    """


class Health(BaseModel):
    """
    The process answers.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    status: Literal["alive"] | None = None
    """
    Always so, if it answers.
    """


class HistoryView(BaseModel):
    """
    A document made from history; nothing is stored.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    document: dict[str, Any]
    """
    The scenario; send it to /v1/scenarios.
    """
    report: dict[str, Any]
    """
    Fitted tariffs with residuals, aggregation errors, what was booked.
    """
    flaw_count: int
    """
    How many wrong places there are.
    """
    flaws: list[FlawView]
    """
    The first 200 of them.
    """


class HolidayDraft(BaseModel):
    """
    A day on which no shift starts.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    day: date
    """
    Local date.
    """
    name: str
    """
    What is celebrated.
    """


class IngestView(BaseModel):
    """
    One request or file of measurements.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the ingest.
    """
    site: str
    """
    Code of its site.
    """
    source: str | None
    """
    Saved source whose mapping was used.
    """
    file_name: str | None
    """
    Name of the file.
    """
    format: str
    """
    csv, parquet, arrow, json or xlsx.
    """
    state: Literal["running", "succeeded", "failed"]
    """
    How it stands.
    """
    rows: int
    """
    Rows read so far.
    """
    accepted: int
    """
    New rows, stored.
    """
    duplicate: int
    """
    Rows that were stored before, with the same content.
    """
    conflicting: int
    """
    Rows whose key is stored with other content.
    """
    rejected: int
    """
    Rows that are wrong.
    """
    warnings: list[str]
    """
    What is worth a look.
    """
    error: str | None
    """
    Why it failed.
    """
    person: str
    """
    Who sent it.
    """
    started_at: AwareDatetime
    """
    When it began.
    """
    finished_at: AwareDatetime | None
    """
    When it ended; null while it runs.
    """


class Ingredient(BaseModel):
    """
    What one unit started consumes.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    commodity: str
    """
    Code of the commodity.
    """
    quantity: float | str
    """
    Units for one unit started.
    """


class LabelNames(BaseModel):
    """
    How the two classes are called.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    column: str | None = None
    """
    Name of the column.
    """
    positive: str | None = None
    """
    Class of a row with an event.
    """
    negative: str | None = None
    """
    Class of a row without one.
    """


class LabourTier(BaseModel):
    """
    Handling of the next `size` units of throughput in a period at a unit cost.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    size: float | str | None = None
    """
    Units of the tier; null: the rest.
    """
    unit_cost: float | str
    """
    Money for one unit of throughput.
    """


class Lag(BaseModel):
    """
    Value of an earlier row, within a group, in the order of the time column.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    make: Literal["lag"] = "lag"
    """
    How it is made.
    """
    name: str
    """
    Name of the new feature.
    """
    of: str
    """
    Column.
    """
    rows: int | None = None
    """
    How many rows before.
    """
    by: str | None = None
    """
    Column of texts: lags stay within a level.
    """


class LaneWhere(BaseModel):
    """
    Which lanes: those that meet all that is given; empty means every lane.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    origin: str | None = None
    """
    Code of the site they leave.
    """
    destination: str | None = None
    """
    Code of the site they reach.
    """
    mode: str | None = None
    """
    Code of the mode.
    """
    tag: str | None = None
    """
    A tag of the lane.
    """
    commodity: str | None = None
    """
    What they may carry.
    """


class LastDuration(BaseModel):
    """
    The time just before the fire time.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    last: str
    """
    Duration: "30min", "24h", "7d" or "4w".
    """


class Layer(BaseModel):
    """
    One drawn thing; a `rule` is a line across the chart at each value of `y` (or `x`).
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    mark: Literal["line", "points", "bars", "spans", "band", "rule"]
    """
    How it is drawn; spans are bars that float between y and y2.
    """
    label: str
    """
    Name in the legend.
    """
    x: list[float | str | None] | None = None
    """
    Places along x.
    """
    y: list[float | None] | None = None
    """
    Heights, one for each x.
    """
    y2: list[float | None] | None = None
    """
    Other side of a band or span.
    """
    role: (
        Literal["data", "limit", "spec", "center", "fit", "event", "signal"] | None
    ) = None
    """
    What it stands for; decides its colour.
    """
    symbol: Literal["dot", "plus", "arrow"] | None = None
    """
    How points are drawn; plus: censored there, arrow: lasted beyond it.
    """


class LeadTimeShock(BaseModel):
    """
    Lanes are slower (and less sure) than they were.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["lead-time-shock"] | None = None
    """
    Kind of edit.
    """
    where: LaneWhere | None = None
    """
    Which lanes.
    """
    factor: float | None = None
    """
    Mean and standard deviation times this.
    """
    add: float | str | None = None
    """
    Plus this, to the mean.
    """


class Life(BaseModel):
    """
    A life distribution and an age.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    model: Literal["weibull", "lognormal"] | None = None
    """
    Family.
    """
    shape: float
    """
    Weibull: beta; lognormal: sigma of the log life.
    """
    scale: float
    """
    Weibull: eta; lognormal: median; days.
    """
    age_days: float | None = None
    """
    Time that it has worked, days.
    """
    horizon_days: float | None = None
    """
    Time looked ahead, days.
    """


class LifeApprovalDraft(BaseModel):
    """
    A run whose life somebody stands for.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    run: str
    """
    Id of a succeeded run of this life test.
    """
    rationale: str
    """
    Why this life, in words; it is kept for good.
    """
    waiver: str | None = None
    """
    Why a rule was waived, such as mechanism over likelihood.
    """


class LifeApprovalView(BaseModel):
    """
    An approved run; it is never changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the approval.
    """
    run_id: str
    """
    Id of the run.
    """
    rationale: str
    """
    Why.
    """
    waiver: str
    """
    Why a rule was waived; empty if none was.
    """
    approved_by: str
    """
    Who approved it.
    """
    approved_at: AwareDatetime
    """
    When.
    """


class LifeLabel(BaseModel):
    """
    Whether a unit failed in a life test before an age.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["life"] = "life"
    life_test: str
    """
    Code of the life test; its units are those of the rows.
    """
    before: float
    """
    Age, in the unit of the life test.
    """
    modes: list[str] | None = None
    """
    Only failures by these modes; empty: all.
    """


class LifeMeasure(BaseModel):
    """
    What is read again and again in a degradation test, and when a unit counts as failed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name, e.g. contact resistance.
    """
    unit: str
    """
    Unit of the readings.
    """
    lower: float | None = None
    """
    Failed at or below it.
    """
    upper: float | None = None
    """
    Failed at or above it.
    """


class LifeStress(BaseModel):
    """
    A stress of the test: its unit, and what it is in the field.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name, e.g. temperature; the header of its column.
    """
    unit: str
    """
    Unit of its levels, e.g. degC.
    """
    use: float | None = None
    """
    Level at use conditions, in `unit`.
    """


class LifeStressSummary(BaseModel):
    """
    One stress of the rows.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    unit: str
    """
    Unit of its levels.
    """
    levels: list[float]
    """
    The distinct levels, the first 50.
    """


class LifeSummary(BaseModel):
    """
    What rows hold, counted.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    rows: int
    """
    Rows.
    """
    units: float
    """
    Units or systems.
    """
    failures: float
    """
    Units that failed, returns, or events.
    """
    censored: float
    """
    Units that have not failed.
    """
    modes: dict[str, float]
    """
    Failures by mode, the 50 most frequent.
    """
    groups: dict[str, float]
    """
    Units by group, the 50 largest.
    """
    stresses: dict[str, LifeStressSummary]
    """
    Levels of each stress.
    """
    first: float | None
    """
    Earliest time; of field returns the first day of shipping since 1970.
    """
    last: float | None
    """
    Latest time; of field returns the day up to which is known.
    """


class LifeTestDocument(BaseModel):
    """
    Facts of a life test that its rows do not hold.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    product: str | None = None
    """
    What was tested.
    """
    failure: str | None = None
    """
    What counts as a failure, e.g. resistance + 20 % at 25 degC.
    """
    mechanism: str | None = None
    """
    Physical mechanism, where it is known, e.g. electromigration.
    """
    time_unit: str | None = None
    """
    Unit of every time: h, d, cycles, km ...
    """
    stresses: list[LifeStress] | None = None
    """
    Stresses that were applied, each with its unit.
    """
    measure: LifeMeasure | None = None
    """
    What a degradation test reads; null for other kinds.
    """
    group_means: str | None = None
    """
    What the groups of the rows are: lot, supplier, design ...
    """
    standard: str | None = None
    """
    Standard it was run by, e.g. JESD22-A103.
    """
    planned_end: float | None = None
    """
    Time at which the test is to end, in `time_unit`.
    """
    readouts: list[float] | None = None
    """
    Times at which units are read, in `time_unit`.
    """
    notes: str | None = None
    """
    What else there is to know.
    """


class LifeTestDraft(BaseModel):
    """
    A life test to be added; its rows are sent to /rows.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique at its site.
    """
    site: str | None = None
    """
    Code of its site; null: seen by who sees all sites.
    """
    title: str | None = None
    """
    Name for readers; null: the code.
    """
    kind: Literal["life", "field", "recurrent", "degradation"] | None = None
    """
    What its rows are: times to failure, field returns, events of repairable systems, or degradation readings. Never changed.
    """
    document: LifeTestDocument | None = None
    """
    What was tested, and what a failure is.
    """


class LifeTestView(BaseModel):
    """
    A life test without its rows.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code.
    """
    site: str | None
    """
    Code of its site; null: of all sites.
    """
    title: str
    """
    Name for readers.
    """
    kind: Literal["life", "field", "recurrent", "degradation"]
    """
    What its rows are.
    """
    document: LifeTestDocument
    """
    What was tested, and what a failure is.
    """
    newest: int
    """
    Number of its newest revision; 0: it has no rows yet.
    """
    archived_at: AwareDatetime | None
    """
    Since when it is out of use.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """
    updated_at: AwareDatetime
    """
    When anything of it was changed last.
    """


class LightgbmSettings(BaseModel):
    """
    LightGBM, of the extra [boost].
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    rounds: int | None = None
    """
    Most rounds of boosting.
    """
    learning_rate: float | None = None
    """
    Share of each tree that is added.
    """
    max_leaves: int | None = None
    """
    Most leaves of one tree.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    l2: float | None = None
    """
    Square penalty on the values of leaves.
    """
    kind: Literal["lightgbm"] = "lightgbm"
    """
    Kind of model.
    """
    rows_share: float | None = None
    """
    Share of the rows that each tree sees.
    """
    columns_share: float | None = None
    """
    Share of the features that each tree sees.
    """


class LimitByCategory(BaseModel):
    """
    How far a column is from a limit that depends on a category: `of` - limit(category).
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    make: Literal["limit_by_category"] = "limit_by_category"
    """
    How it is made.
    """
    name: str
    """
    Name of the new feature.
    """
    of: str
    """
    Column, or an earlier derived feature.
    """
    category: str
    """
    Column of texts that chooses the limit.
    """
    limits: Annotated[dict[str, float], Field(min_length=1)]
    """
    Limit of each level.
    """
    relative: bool | None = None
    """
    Divide by the limit: of / limit - 1.
    """


class LimitColumns(BaseModel):
    """
    Limits that change from point to point, as columns of the length of the points.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    center: list[float | None]
    """
    Centre; null: not judged.
    """
    lower: list[float | None]
    """
    Lower limit; null: none.
    """
    upper: list[float | None]
    """
    Upper limit; null: none.
    """


class LimitsDraft(BaseModel):
    """
    A new version of specification limits; at least one side is given.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    effective_from: AwareDatetime
    """
    From when on it holds.
    """
    lower: float | None = None
    """
    Lower limit, in the unit.
    """
    upper: float | None = None
    """
    Upper limit, in the unit.
    """
    target: float | None = None
    """
    Target, within the limits.
    """
    reason: str | None = None
    """
    Why: drawing, change number ...
    """


class LimitsView(BaseModel):
    """
    One version of specification limits.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the version.
    """
    characteristic_id: int
    """
    Whose limits they are.
    """
    effective_from: AwareDatetime
    """
    From when on it holds, until the next.
    """
    lower: float | None
    """
    Lower limit.
    """
    upper: float | None
    """
    Upper limit.
    """
    target: float | None
    """
    Target.
    """
    reason: str
    """
    Why.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class Link(BaseModel):
    """
    A connection on a map between two of its places.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    origin: int
    """
    Place where it begins, by number.
    """
    destination: int
    """
    Place where it ends, by number.
    """
    group: str | None = None
    """
    Mode; the legend names it.
    """
    width: float | None = None
    """
    1 is the widest.
    """
    level: Literal["good", "warn", "bad", "info"] | None = None
    """
    bad: at its limit.
    """
    note: str | None = None
    """
    What a pointer over it says.
    """


class ListingAdviceSummary(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[AdviceSummary]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingAlertBrief(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[AlertBrief]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingApiKeyView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ApiKeyView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingAuditView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[AuditView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingBaselineView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[BaselineView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingCharacteristicView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[CharacteristicView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingDatasetRevisionBrief(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[DatasetRevisionBrief]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingDatasetView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[DatasetView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingEventView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[EventView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingIngestView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[IngestView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingLifeApprovalView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[LifeApprovalView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingLifeTestView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[LifeTestView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingLimitsView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[LimitsView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class LogisticSettings(BaseModel):
    """
    Binary or multinomial logistic regression.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    kind: Literal["logistic"] = "logistic"
    """
    Kind of model.
    """
    penalty: Literal["none", "l1", "l2", "elastic-net"] | None = None
    """
    What is added to the loss: nothing, the sum of absolute coefficients (l1), half their squares (l2), or both.
    """
    strength: float | None = None
    """
    Weight of the penalty against the sum of log-losses: 1 / C of scikit-learn.
    """
    l1_ratio: float | None = None
    """
    Share of the absolute values in an elastic-net penalty.
    """
    if_separated: Literal["refuse", "penalise"] | None = None
    """
    What an unpenalised fit does where a combination of columns separates the classes, so that no finite estimate exists: refuse and name the columns, or fit with an l2 penalty of this strength and say so.
    """


class LognormalPart(BaseModel):
    """
    A part with a lognormal life.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    family: Literal["lognormal"] | None = None
    """
    Lognormal.
    """
    median: float
    """
    Median life, in the unit of time.
    """
    sigma: float
    """
    Standard deviation of the logarithm.
    """
    factor: float | None = None
    """
    How far the median may be off, as eta.
    """


class LotOutcome(BaseModel):
    """
    What one lot came to under one stress.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    stress: str
    """
    Code of the planned stress.
    """
    lot: str
    """
    Name of the lot.
    """
    units: int | None = None
    """
    Units that went in.
    """
    readouts: list[float] | None = None
    """
    Readouts done, ascending, in the stress' unit.
    """
    failures: list[int] | None = None
    """
    Units found failed at each readout.
    """
    withdrawn: list[int] | None = None
    """
    Units taken out at each readout without a failure; empty means none.
    """
    values: list[float] | None = None
    """
    Strength: each measured bond, gf.
    """


class Magnitudes(BaseModel):
    """
    How strong generated disruptions are.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    capacity_cut: float | None = None
    """
    Share that each site loses.
    """
    lead_factor: float | None = None
    """
    Lead times times this.
    """
    demand_factor: float | None = None
    """
    Demand times this.
    """
    tariff: float | None = None
    """
    Added to each border's duty.
    """


class MakingWhere(BaseModel):
    """
    Which productions or tools: those that meet all that is given; empty means every one.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Code of the site.
    """
    commodity: str | None = None
    """
    What is made; not for tools.
    """
    tool_group: str | None = None
    """
    Code of the tool group.
    """
    revision: str | None = None
    """
    Not for tools.
    """
    tag: str | None = None
    """
    A tag.
    """


class MarksAnswer(BaseModel):
    """
    The batch of the marks that were made.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    batch_id: int
    """
    Batch from which on they are seen.
    """
    marks: int
    """
    How many points were marked.
    """


class Matrix(BaseModel):
    """
    A heat map: numbers in rows and columns, each printed, tinted by how good it is.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["matrix"] = "matrix"
    """
    Kind of block.
    """
    title: str
    """
    Title.
    """
    corner: str | None = None
    """
    What the rows are.
    """
    rows: list[str]
    """
    Names of the rows.
    """
    columns: list[Column]
    """
    Headings, with units.
    """
    values: list[list[float | None]]
    """
    One number for each cell.
    """
    tints: list[list[int]]
    """
    -3 (bad) to 3 (good) for each cell; 0 is neutral.
    """


class MeasuredFeature(BaseModel):
    """
    Aggregates of what was measured in a window before the moment.

    The window is ``(moment - hours, moment + until_hours]``; what had not arrived at the moment,
    and a correction that came after it, is not seen.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["measured"] = "measured"
    name: str | None = None
    """
    Begin of the names of the columns; the code if there is none.
    """
    characteristics: list[str]
    """
    Code of the characteristic; several are read as one (the same of several products).
    """
    match: Literal["row", "tool"] | None = None
    """
    row: of this unit, lot or slot; tool: of its tool.
    """
    positions: list[str] | None = None
    """
    Only these positions; empty: all.
    """
    each_position: bool | None = None
    """
    A column for each position instead of one over all.
    """
    hours: float | None = None
    """
    Length of the window before the moment; empty: no limit (not of a tool).
    """
    until_hours: float | None = None
    """
    End of the window, counted from the moment; one after it is refused.
    """
    scale: Literal["value", "limits"] | None = None
    """
    value: as measured; limits: 0 in the middle of the specification limits, -1 and 1 at them.
    """
    aggregates: (
        list[
            Literal[
                "last", "mean", "sd", "min", "max", "count", "slope", "share_beyond"
            ]
        ]
        | None
    ) = None
    """
    A column for each.
    """


class MemoryCorrection(BaseModel):
    """
    What a memory should say; the old one stays, ended and superseded.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["knowledge", "preference", "outcome"] | None = None
    """
    Knowledge is what is known, a preference what is wanted, an outcome what became of an action.
    """
    title: str
    """
    What it is about, in one line.
    """
    text: str
    """
    What is to be remembered, in words.
    """
    tags: (
        dict[
            Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_\-]{0,63}$")], str
        ]
        | None
    ) = None
    """
    Codes that it is about, by what they are: {"tool": "WB-07"}. With equal tags, memories can contradict each other.
    """
    cause: (
        Literal[
            "creep",
            "hidden-creep",
            "material-change",
            "capillary-change",
            "maintenance",
            "calibration",
            "gauge",
            "common-cause",
            "off-centre",
            "spread",
            "mixture",
            "unstable",
            "capillary-wear",
            "early-failures",
            "infant-mortality",
            "short-life",
            "wear-out",
            "too-few-failures",
            "bottleneck",
            "infeasible",
            "shortage",
            "demand-moved",
            "plan-outdated",
            "disruption",
            "input-drift",
            "calibration-lost",
            "performance-lost",
            "better-challenger",
            "forecast-off",
            "none",
            "unknown",
        ]
        | None
    ) = None
    """
    Cause that it is about.
    """
    action: (
        Literal[
            "keep",
            "recalibrate",
            "clean",
            "replace-component",
            "refurbish",
            "replace-tool",
            "verify-setup",
            "contain-lot",
            "requalify-gauge",
            "recentre",
            "reduce-spread",
            "isolate-stratum",
            "find-special-cause",
            "extend-test",
            "burn-in",
            "add-capacity",
            "relax-limit",
            "replan",
            "retrain",
            "recalibrate-model",
            "check-input",
            "promote-model",
            "reforecast",
            "measure-more",
        ]
        | None
    ) = None
    """
    Action that it is about.
    """
    helped: bool | None = None
    """
    Whether the action helped; null: not said.
    """
    valid_from: AwareDatetime | None = None
    """
    From when on it holds; null: from now on.
    """
    valid_to: AwareDatetime | None = None
    """
    Until when; null: until it is ended.
    """


class MemoryDraft(BaseModel):
    """
    A memory to be added by a person.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["knowledge", "preference", "outcome"] | None = None
    """
    Knowledge is what is known, a preference what is wanted, an outcome what became of an action.
    """
    title: str
    """
    What it is about, in one line.
    """
    text: str
    """
    What is to be remembered, in words.
    """
    tags: (
        dict[
            Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_\-]{0,63}$")], str
        ]
        | None
    ) = None
    """
    Codes that it is about, by what they are: {"tool": "WB-07"}. With equal tags, memories can contradict each other.
    """
    cause: (
        Literal[
            "creep",
            "hidden-creep",
            "material-change",
            "capillary-change",
            "maintenance",
            "calibration",
            "gauge",
            "common-cause",
            "off-centre",
            "spread",
            "mixture",
            "unstable",
            "capillary-wear",
            "early-failures",
            "infant-mortality",
            "short-life",
            "wear-out",
            "too-few-failures",
            "bottleneck",
            "infeasible",
            "shortage",
            "demand-moved",
            "plan-outdated",
            "disruption",
            "input-drift",
            "calibration-lost",
            "performance-lost",
            "better-challenger",
            "forecast-off",
            "none",
            "unknown",
        ]
        | None
    ) = None
    """
    Cause that it is about.
    """
    action: (
        Literal[
            "keep",
            "recalibrate",
            "clean",
            "replace-component",
            "refurbish",
            "replace-tool",
            "verify-setup",
            "contain-lot",
            "requalify-gauge",
            "recentre",
            "reduce-spread",
            "isolate-stratum",
            "find-special-cause",
            "extend-test",
            "burn-in",
            "add-capacity",
            "relax-limit",
            "replan",
            "retrain",
            "recalibrate-model",
            "check-input",
            "promote-model",
            "reforecast",
            "measure-more",
        ]
        | None
    ) = None
    """
    Action that it is about.
    """
    helped: bool | None = None
    """
    Whether the action helped; null: not said.
    """
    valid_from: AwareDatetime | None = None
    """
    From when on it holds; null: from now on.
    """
    valid_to: AwareDatetime | None = None
    """
    Until when; null: until it is ended.
    """
    site: str | None = None
    """
    Code of its site; null: seen by who sees all sites.
    """


class MemoryView(BaseModel):
    """
    A memory.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Its number.
    """
    site: str | None
    """
    Code of its site; null: of all sites.
    """
    kind: Literal["knowledge", "preference", "outcome"]
    """
    Knowledge, preference or outcome.
    """
    title: str
    """
    What it is about.
    """
    text: str
    """
    What is remembered.
    """
    tags: dict[str, str]
    """
    Codes that it is about, by what they are.
    """
    facts: dict[str, Any]
    """
    Numbers and ids that a lesson was made of.
    """
    cause: (
        Literal[
            "creep",
            "hidden-creep",
            "material-change",
            "capillary-change",
            "maintenance",
            "calibration",
            "gauge",
            "common-cause",
            "off-centre",
            "spread",
            "mixture",
            "unstable",
            "capillary-wear",
            "early-failures",
            "infant-mortality",
            "short-life",
            "wear-out",
            "too-few-failures",
            "bottleneck",
            "infeasible",
            "shortage",
            "demand-moved",
            "plan-outdated",
            "disruption",
            "input-drift",
            "calibration-lost",
            "performance-lost",
            "better-challenger",
            "forecast-off",
            "none",
            "unknown",
        ]
        | None
    )
    """
    Cause that it is about.
    """
    action: (
        Literal[
            "keep",
            "recalibrate",
            "clean",
            "replace-component",
            "refurbish",
            "replace-tool",
            "verify-setup",
            "contain-lot",
            "requalify-gauge",
            "recentre",
            "reduce-spread",
            "isolate-stratum",
            "find-special-cause",
            "extend-test",
            "burn-in",
            "add-capacity",
            "relax-limit",
            "replan",
            "retrain",
            "recalibrate-model",
            "check-input",
            "promote-model",
            "reforecast",
            "measure-more",
        ]
        | None
    )
    """
    Action that it is about.
    """
    helped: bool | None
    """
    Whether the action helped; null: not known.
    """
    provenance: Literal["person", "run", "outcome"]
    """
    Written by a person, a run or an outcome.
    """
    origin: str
    """
    Who or what wrote it: a name, a run, an alert, an advice.
    """
    trust: float
    """
    0 to 1: how often advice with it is expected to help.
    """
    confirmed: int
    """
    Pieces of advice that used it and helped.
    """
    refuted: int
    """
    Pieces of advice that used it and did not help.
    """
    stale: bool
    """
    Whether it is older than two half-lives of its kind.
    """
    state: Literal["valid", "ended", "superseded"]
    """
    Valid, ended or superseded.
    """
    valid_from: AwareDatetime
    """
    From when on it holds.
    """
    valid_to: AwareDatetime | None
    """
    Until when; null: until it is ended.
    """
    supersedes: int | None
    """
    Memory that it replaces.
    """
    superseded_by: int | None
    """
    Memory that replaces it.
    """
    written_by: str
    """
    Who wrote it.
    """
    written_at: AwareDatetime
    """
    When.
    """


class MistakeCost(BaseModel):
    """
    What it costs to call one class where another one is true.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    true: str
    """
    True class.
    """
    called: str
    """
    Class that is called instead.
    """
    cost: float
    """
    Cost, in any one unit; right calls cost 0.
    """


class MlpSettings(BaseModel):
    """
    Feed-forward network on standardised features.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    kind: Literal["mlp"] = "mlp"
    """
    Kind of model.
    """
    layers: list[int] | None = None
    """
    Units of each hidden layer.
    """
    l2: float | None = None
    """
    Square penalty on the weights.
    """
    learning_rate: float | None = None
    """
    First step of Adam.
    """
    epochs: int | None = None
    """
    Most passes over the rows.
    """
    early_stopping: bool | None = None
    """
    Hold a tenth of each class back and stop when its log-loss falls no more; left out, with a note, where a class has fewer than 20 rows.
    """


class Mode(BaseModel):
    """
    A way of transport, and what a lane of it costs where the lane does not say.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code: road, sea, air ...
    """
    speed_km_per_day: float | None = None
    """
    Mean progress.
    """
    cost_per_tonne_km: float | str | None = None
    """
    Money.
    """
    co2_kg_per_tonne_km: float | None = None
    """
    Emission factor.
    """


class ModelAliasChange(BaseModel):
    """
    Where an alias is to point, and why.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    version: int
    """
    Number of the version.
    """
    reason: str
    """
    Why, in words; it is kept for good.
    """
    waiver: str | None = None
    """
    Why it becomes the champion although its time-ordered score is not better; kept for good.
    """


class ModelAliasView(BaseModel):
    """
    An alias of a model as it is.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    alias: str
    """
    Its name.
    """
    number: int
    """
    Number of the version that it stands for.
    """


class ModelChange(BaseModel):
    """
    What of a model is to be changed; its versions never are.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name for readers.
    """
    archived: bool | None = None
    """
    Whether it is out of use: not listed, no new versions.
    """


class ModelPromotionView(BaseModel):
    """
    A move of an alias; it is never changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the move.
    """
    alias: str
    """
    Which alias.
    """
    number: int | None
    """
    To which version; null: it was taken away.
    """
    previous: int | None
    """
    From which version; null: it was not set.
    """
    reason: str
    """
    Why.
    """
    waiver: str
    """
    Why the rule was not followed; empty: it was.
    """
    evidence: dict[str, Any]
    """
    Scores that were compared.
    """
    moved_by: str
    """
    Who moved it.
    """
    moved_at: AwareDatetime
    """
    When.
    """


class ModelVersionDetail(BaseModel):
    """
    A version with its card.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    number: int
    """
    Its number; 1 is the first.
    """
    origin: Literal["own", "onnx", "endpoint"]
    """
    Trained here, an ONNX file, or an endpoint that is asked.
    """
    run_id: str | None
    """
    Run that made it; retention may have taken the run.
    """
    dataset: str
    """
    Code of the dataset that it learned from; empty: unknown.
    """
    revision: int
    """
    Revision of the dataset; 0: none.
    """
    fingerprint: str
    """
    SHA-256 of the table that it learned from.
    """
    spec: dict[str, Any]
    """
    Features, kind, settings: what makes it again.
    """
    libraries: dict[str, Any]
    """
    Version of each library that it needs.
    """
    metrics: dict[str, Any]
    """
    Scores by name, each with its interval.
    """
    note: str
    """
    What is to be said of it.
    """
    size: int
    """
    Bytes of its artefact; 0: there is none.
    """
    sha256: str
    """
    SHA-256 of its artefact.
    """
    created_by: str
    """
    Who made it, or whose run.
    """
    created_at: AwareDatetime
    """
    When it was made.
    """
    card: dict[str, Any]
    """
    Page of the card: data, cautions, scores, use.
    """


class ModelVersionView(BaseModel):
    """
    A version of a model without its artefact; it is never changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    number: int
    """
    Its number; 1 is the first.
    """
    origin: Literal["own", "onnx", "endpoint"]
    """
    Trained here, an ONNX file, or an endpoint that is asked.
    """
    run_id: str | None
    """
    Run that made it; retention may have taken the run.
    """
    dataset: str
    """
    Code of the dataset that it learned from; empty: unknown.
    """
    revision: int
    """
    Revision of the dataset; 0: none.
    """
    fingerprint: str
    """
    SHA-256 of the table that it learned from.
    """
    spec: dict[str, Any]
    """
    Features, kind, settings: what makes it again.
    """
    libraries: dict[str, Any]
    """
    Version of each library that it needs.
    """
    metrics: dict[str, Any]
    """
    Scores by name, each with its interval.
    """
    note: str
    """
    What is to be said of it.
    """
    size: int
    """
    Bytes of its artefact; 0: there is none.
    """
    sha256: str
    """
    SHA-256 of its artefact.
    """
    created_by: str
    """
    Who made it, or whose run.
    """
    created_at: AwareDatetime
    """
    When it was made.
    """


class ModelView(BaseModel):
    """
    A model: a name whose versions runs have made, or that came from outside.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code.
    """
    site: str | None
    """
    Code of its site; null: of all sites.
    """
    title: str
    """
    Name for readers.
    """
    task: Literal["classify", "regress", "trace"]
    """
    What it predicts: classes, numbers, classes of traces.
    """
    newest: int
    """
    Number of its newest version; 0: it has none yet.
    """
    aliases: dict[str, int]
    """
    Version that each alias stands for now.
    """
    archived_at: AwareDatetime | None
    """
    Since when it is out of use.
    """
    created_by: str
    """
    Who added it, or whose run.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """
    updated_at: AwareDatetime
    """
    When anything of it was changed last.
    """


class NextRuns(BaseModel):
    """
    When a schedule fires next.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    next_runs: list[AwareDatetime]
    """
    Instants in UTC, in order.
    """


class NotActing(BaseModel):
    """
    What it costs to go on.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    units_per_day: float | None = None
    """
    Units made a day.
    """
    cost_per_unit: float | None = None
    """
    Of a unit out of specification.
    """
    escape_share: float | None = None
    """
    Share of the units out of specification that reach a customer.
    """
    cost_per_escape: float | None = None
    """
    Of each of them, beside the unit.
    """
    cpk_least: float | None = None
    """
    Cpk that is promised.
    """
    cost_per_day_below: float | None = None
    """
    Of a day on which Cpk is below it: sorting, waivers.
    """


class Number(BaseModel):
    """
    A number within a phrase.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    value: float | None
    """
    The number; null if undefined.
    """
    decimals: int | None = None
    """
    Decimals to show; null: as needed.
    """
    percent: bool | None = None
    """
    Whether 0.5 is shown as 50 %.
    """


class NumberBoostingSettings(BaseModel):
    """
    Histogram gradient boosting of a number, squared error.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    rounds: int | None = None
    """
    Most rounds of boosting.
    """
    learning_rate: float | None = None
    """
    Share of each tree that is added.
    """
    max_leaves: int | None = None
    """
    Most leaves of one tree.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    l2: float | None = None
    """
    Square penalty on the values of leaves.
    """
    kind: Literal["gradient-boosting"] = "gradient-boosting"
    """
    Kind of model.
    """


class NumberFeature(BaseModel):
    """
    A column of numbers as a feature.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["number"] = "number"
    """
    Kind of feature.
    """
    column: str
    """
    Name of the column, or of a derived feature.
    """
    unit: str | None = None
    """
    Unit in which the model expects it.
    """
    missing: Literal["median", "mean", "zero", "refuse"] | None = None
    """
    What stands in for a missing value.
    """
    flag_missing: bool | None = None
    """
    Whether a 0/1 feature says that it was missing, where any was.
    """
    scale: Literal["standard", "robust", "none"] | None = None
    """
    How it is scaled.
    """


class NumberLabel(BaseModel):
    """
    The value itself, to be predicted as a number (virtual metrology).
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    from_hours: float | None = None
    """
    Begin of the label's window, counted from the moment.
    """
    horizon_hours: float
    """
    Length of the label's window; a row whose window has not ended and that has no event is unknown, not negative.
    """
    settle_hours: float | None = None
    """
    So long after its window a row without event is still unknown: late news of it may come.
    """
    kind: Literal["number"] = "number"
    characteristics: list[str]
    """
    Codes of the characteristics.
    """
    match: Literal["row", "tool"] | None = None
    """
    row: of this unit or lot; tool: of its tool.
    """
    positions: list[str] | None = None
    """
    Only these positions; empty: all.
    """
    aggregate: Literal["mean", "min", "max"] | None = None
    """
    Of the values in the window.
    """
    needed: int | None = None
    """
    With fewer values the label is unknown.
    """


class NumberPredictionView(BaseModel):
    """
    Answer of a regression for one row, in the unit of its label.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    value: float
    """
    Predicted number.
    """
    lower: float | None
    """
    Lower end of its interval; null: there is none.
    """
    upper: float | None
    """
    Upper end of its interval; null: there is none.
    """
    reliance: float
    """
    From 0 to 1: how far to rely on it.
    """
    measure: bool
    """
    Whether to measure instead.
    """
    unusual: bool
    """
    Whether training has seen no such row.
    """
    imputed: list[str]
    """
    Columns without a value, for which one stands in.
    """
    remarks: list[str]
    """
    What of it training has not seen.
    """


class One(BaseModel):
    """
    One part, by its name; the same name twice is the same part.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["part"] = "part"
    """
    One part.
    """
    part: str
    """
    Name of the part.
    """


class OutcomeLabel(BaseModel):
    """
    What an alert was closed as: confirmed or a false alarm; of rows that are alerts.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["outcome"] = "outcome"


class PartAgeFeature(BaseModel):
    """
    Age of a part of the tool since it was last changed: hours, or what a counter counted.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["part_age"] = "part_age"
    name: str | None = None
    """
    Name of the column.
    """
    events: list[str]
    """
    Kinds of events at which the part is changed.
    """
    per_hour: float | None = None
    """
    Touch-downs (or other uses) in an hour; empty: hours.
    """
    counter: str | None = None
    """
    Characteristic that counts uses of the tool: what it counted since the change; instead of `per_hour`.
    """


class PartTarget(BaseModel):
    """
    What a short-run chart takes from each value of one part or product.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    level: str
    """
    Level of the part's factor.
    """
    target: float
    """
    Nominal or mean of the part, in the unit.
    """
    sigma: float | None = None
    """
    Sigma of the part, in the unit; standardized charts.
    """


class PhaseOne(BaseModel):
    """
    Where the limits come from.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    start: int
    """
    Begin of the window, microseconds since 1970 UTC.
    """
    end: int
    """
    End of the window, not included.
    """
    points: int
    """
    Plotted points in the window.
    """
    estimator: str
    """
    Estimator of sigma, in words.
    """
    excluded: list[Excluded] | None = None
    """
    Points left out.
    """
    run_id: str | None = None
    """
    Run that estimated them, if one did.
    """


class Phrase(BaseModel):
    """
    A clause with named places for numbers and names; its template is what gets translated.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    template: str
    """
    English, with {names} for the values.
    """
    values: dict[str, Number | str] | None = None
    """
    What stands at each name.
    """


class Place(BaseModel):
    """
    A point of a map.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    label: str
    """
    Name.
    """
    longitude: float
    """
    Degrees east.
    """
    latitude: float
    """
    Degrees north.
    """
    shape: Literal["circle", "square", "diamond", "triangle"] | None = None
    """
    Symbol: what kind of place it is.
    """
    group: str | None = None
    """
    Kind of the place; the legend names it.
    """
    size: float | None = None
    """
    Of the symbol, 1 is the largest.
    """
    level: Literal["good", "warn", "bad", "info"] | None = None
    """
    How good or bad it is.
    """
    faded: bool | None = None
    """
    Takes no part.
    """
    note: str | None = None
    """
    What a pointer over it says.
    """


class PlannedCell(BaseModel):
    """
    A cell of an accelerated test that somebody has in mind.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    levels: list[float]
    """
    Level of each stress, in its unit.
    """
    units: int
    """
    Units of the cell.
    """


class PlannedStress(BaseModel):
    """
    One stress of a plan.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Short name: TC, HTOL, WBS ...
    """
    title: str | None = None
    """
    What it is.
    """
    standard: str
    """
    Standard that it follows.
    """
    conditions: str | None = None
    """
    Temperature, humidity, bias.
    """
    kind: Literal["attribute", "operating-life", "early-life", "strength"] | None = None
    """
    attribute: units pass or fail; operating-life: also gives FIT; early-life: also gives ppm; strength: measured values against a lower limit and a Cpk.
    """
    duration: float | None = None
    """
    At which it must be passed, in unit.
    """
    unit: Literal["h", "cycles", "reflows", "bonds"] | None = None
    """
    Of duration and readouts.
    """
    lots: int | None = None
    """
    Lots.
    """
    sample: int | None = None
    """
    Units (or bonds) of each lot.
    """
    accept: int | None = None
    """
    Failures of a lot that still pass.
    """
    readouts: list[float] | None = None
    """
    When units are tested, ascending, in unit.
    """
    energy_ev: float | None = None
    """
    Apparent activation energy of the mechanism, eV.
    """
    use_c: float | None = None
    """
    Junction temperature at use, degC.
    """
    stress_c: float | None = None
    """
    Junction temperature of the test, degC.
    """
    acceleration: float | None = None
    """
    Acceleration factor; given, it replaces the temperatures.
    """
    lower_limit: float | None = None
    """
    Strength: lower limit of each bond, gf.
    """
    cpk: float | None = None
    """
    Strength: Cpk to be reached.
    """
    note: str | None = None
    """
    Alternatives, what follows it.
    """


class PlannedStressRange(BaseModel):
    """
    A stress of an accelerated test.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name: temperature, humidity ...
    """
    unit: str | None = None
    """
    Unit of the levels.
    """
    use: float
    """
    Level at use.
    """
    high: float
    """
    Highest level at which the mechanism stays the same.
    """
    scale: Literal["arrhenius", "log", "linear"] | None = None
    """
    In what log life is linear: arrhenius (levels in degC), log, or linear.
    """
    acceleration: float
    """
    Acceleration factor from use to the highest level.
    """


class PluginView(BaseModel):
    """
    A package whose analyses were left out.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    package: str
    """
    The installed distribution.
    """
    entry: str
    """
    Its entry point.
    """
    reason: str
    """
    Why it was left out.
    """


class PointKey(BaseModel):
    """
    Which measurement.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ts: AwareDatetime
    """
    When it was measured, as its point says.
    """
    seq: str
    """
    Its seq, as its point says.
    """


class PointView(BaseModel):
    """
    One stored measurement, with its value and status in force.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of the site.
    """
    characteristic: str
    """
    Code of the characteristic.
    """
    ts: AwareDatetime
    """
    When it was measured.
    """
    seq: str
    """
    What tells it from others of the same instant: a 64-bit number as text, because JSON readers lose digits of large numbers.
    """
    value: float
    """
    Value in force, in the characteristic's unit.
    """
    subgroup: str | None
    """
    Rational subgroup.
    """
    unit_id: str | None
    """
    Serial of the unit.
    """
    position: str | None
    """
    Place on the unit: wire, site.
    """
    n: float
    """
    Sample size or area of an attribute count, 1 otherwise.
    """
    status: Literal["valid", "void", "corrected", "beyond_gauge"]
    """
    Status in force; only valid and corrected values enter statistics.
    """
    context_id: int
    """
    Number of its combination of factors.
    """
    batch_id: int
    """
    Number of the batch that brought it.
    """
    mark: Literal["annotate", "exclude", "include", "void", "restore"] | None
    """
    What was said of it last.
    """
    mark_cause: str | None
    """
    Code of the site's catalogue: why.
    """
    mark_action: str | None
    """
    Code of the site's catalogue: what was done.
    """
    mark_note: str | None
    """
    In words.
    """


class PolicyAction(BaseModel):
    """
    One thing that may be done about drift.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal[
        "keep", "recalibrate", "clean", "replace-component", "refurbish", "replace-tool"
    ]
    """
    What is done.
    """
    title: str
    """
    Name in full.
    """
    cost: float | None = None
    """
    Parts and labour of acting once.
    """
    downtime_hours: float | None = None
    """
    Hours it stands.
    """
    downtime_cost_per_hour: float | None = None
    """
    Cost of one such hour.
    """
    lead_time_days: float | None = None
    """
    Days until it can be done at all.
    """
    lasts_days: float | None = None
    """
    Days that it usually serves; what it serves beyond the horizon isn't charged.
    """
    level: ExpectedShare
    """
    Share of the offset that it removes.
    """
    slope: ExpectedShare
    """
    Share of the slope that it removes.
    """


class PolicyRule(BaseModel):
    """
    Evidence to action.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    Name of the rule.
    """
    when: EvidencePattern
    """
    What must be seen.
    """
    action: Literal[
        "keep", "recalibrate", "clean", "replace-component", "refurbish", "replace-tool"
    ]
    """
    What is then a candidate.
    """
    instead_of: (
        list[
            Literal[
                "keep",
                "recalibrate",
                "clean",
                "replace-component",
                "refurbish",
                "replace-tool",
            ]
        ]
        | None
    ) = None
    """
    Candidates that it takes out of the running.
    """
    reason: Literal[
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
    """
    Sentence that says why.
    """


class PredictionView(BaseModel):
    """
    Answer of a classifier for one row.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    probability: dict[str, float]
    """
    Calibrated probability of each class.
    """
    decided: str
    """
    Class at the threshold of costs.
    """
    possible: list[str]
    """
    Classes that cannot be ruled out: a class-conditional conformal set.
    """
    unusual: bool
    """
    Whether training has seen no such row.
    """
    imputed: list[str]
    """
    Columns without a value, for which one stands in.
    """
    remarks: list[str]
    """
    What of it training has not seen.
    """
    contributions: list[ContributionView] | None
    """
    Columns that move its score most; null unless asked for.
    """


class Product(BaseModel):
    """
    Product of two or more columns, times a factor.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    make: Literal["product"] = "product"
    """
    How it is made.
    """
    name: str
    """
    Name of the new feature.
    """
    of: list[str]
    """
    Columns.
    """
    factor: float | None = None
    """
    Constant factor, such as 2 pi / 60.
    """


class Production(BaseModel):
    """
    Making a commodity at a site: bill of materials, yield, tool hours, cost.

    Units *started* consume the ingredients and the hours; `yield` of them come out good.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of the site.
    """
    output: str
    """
    Commodity that is made.
    """
    inputs: list[Ingredient] | None = None
    """
    Bill of materials.
    """
    yield_: Annotated[float | None, Field(alias="yield")] = None
    """
    Good share.
    """
    yield_by_period: list[ByPeriod] | None = None
    """
    Exceptions.
    """
    unit_cost: float | str | None = None
    """
    Money for one unit started.
    """
    capacity: float | str | None = None
    """
    Units started in a period at most.
    """
    tool_group: str | None = None
    """
    Tool group at the site.
    """
    hours_per_unit: float | str | None = None
    """
    Tool hours for one unit started.
    """
    revision: str | None = None
    """
    Process revision.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class QualificationPlan(BaseModel):
    """
    A qualification: what is stressed, by which standard, on how many lots and units.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str
    """
    What is qualified.
    """
    basis: list[str] | None = None
    """
    Standards that the plan as a whole follows.
    """
    stresses: list[PlannedStress]
    """
    The stresses.
    """


class QuantileBoostingSettings(BaseModel):
    """
    Histogram gradient boosting of several quantiles of a number.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    rounds: int | None = None
    """
    Most rounds of boosting.
    """
    learning_rate: float | None = None
    """
    Share of each tree that is added.
    """
    max_leaves: int | None = None
    """
    Most leaves of one tree.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    l2: float | None = None
    """
    Square penalty on the values of leaves.
    """
    kind: Literal["quantile-boosting"] = "quantile-boosting"
    """
    Kind of model.
    """
    levels: list[float] | None = None
    """
    Probabilities of the quantiles, rising; the middle one is the prediction.
    """


class RandomForestSettings(BaseModel):
    """
    Trees on resampled rows, averaged.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    trees: int | None = None
    """
    Number of trees.
    """
    max_depth: int | None = None
    """
    Most splits above a leaf; null: no limit.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    features_per_split: Literal["sqrt", "log2"] | float | None = None
    """
    Features that each split looks at: sqrt, log2 or a share.
    """
    kind: Literal["random-forest"] = "random-forest"
    """
    Kind of model.
    """


class Ratio(BaseModel):
    """
    `numerator` / `denominator`.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    make: Literal["ratio"] = "ratio"
    """
    How it is made.
    """
    name: str
    """
    Name of the new feature.
    """
    numerator: str
    """
    Column above the line.
    """
    denominator: str
    """
    Column below the line; 0 gives a missing value.
    """


class ReactionPlanChange(BaseModel):
    """
    What of a reaction plan is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name of the plan.
    """
    owner: str | None = None
    """
    Who does it.
    """
    minutes: int | None = None
    """
    Within what time.
    """
    steps: list[str] | None = None
    """
    What is done.
    """


class ReactionPlanDraft(BaseModel):
    """
    A reaction plan to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    characteristic_id: int
    """
    Of which characteristic.
    """
    disposition: Literal["warn", "hold"]
    """
    Of which alerts it is the plan.
    """
    title: str
    """
    Name of the plan.
    """
    owner: str
    """
    Who does it.
    """
    minutes: int
    """
    Within what time, in minutes.
    """
    steps: list[str]
    """
    What is done, step by step.
    """


class ReactionPlanView(BaseModel):
    """
    A reaction plan.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the plan.
    """
    characteristic_id: int
    """
    Of which characteristic.
    """
    disposition: Literal["warn", "hold"]
    """
    Of which alerts it is the plan.
    """
    title: str
    """
    Name of the plan.
    """
    owner: str
    """
    Who does it.
    """
    minutes: int
    """
    Within what time, in minutes.
    """
    steps: list[str]
    """
    What is done, step by step.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class Readiness(BaseModel):
    """
    Whether the service can do its work.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ready: bool
    """
    Whether every part is ready.
    """
    checks: list[Check]
    """
    The parts.
    """


class ReasonChange(BaseModel):
    """
    What of a reason is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    What it means.
    """
    is_active: bool | None = None
    """
    False puts it away: marks keep it, new ones cannot take it.
    """


class ReasonDraft(BaseModel):
    """
    A cause or an action to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of its site.
    """
    kind: Literal["cause", "action"]
    """
    Why it happened, or what was done.
    """
    code: str
    """
    Short name, unique at the site, never changed.
    """
    title: str
    """
    What it means.
    """


class ReasonView(BaseModel):
    """
    A cause or an action of a site's catalogue.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the reason.
    """
    site: str
    """
    Code of its site.
    """
    kind: Literal["cause", "action"]
    """
    Why it happened, or what was done.
    """
    code: str
    """
    Short name.
    """
    title: str
    """
    What it means.
    """
    is_active: bool
    """
    Whether new marks can take it.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class RecalledView(BaseModel):
    """
    A memory that was searched for, with what it is worth.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Its number.
    """
    site: str | None
    """
    Code of its site; null: of all sites.
    """
    kind: Literal["knowledge", "preference", "outcome"]
    """
    Knowledge, preference or outcome.
    """
    title: str
    """
    What it is about.
    """
    text: str
    """
    What is remembered.
    """
    tags: dict[str, str]
    """
    Codes that it is about, by what they are.
    """
    facts: dict[str, Any]
    """
    Numbers and ids that a lesson was made of.
    """
    cause: (
        Literal[
            "creep",
            "hidden-creep",
            "material-change",
            "capillary-change",
            "maintenance",
            "calibration",
            "gauge",
            "common-cause",
            "off-centre",
            "spread",
            "mixture",
            "unstable",
            "capillary-wear",
            "early-failures",
            "infant-mortality",
            "short-life",
            "wear-out",
            "too-few-failures",
            "bottleneck",
            "infeasible",
            "shortage",
            "demand-moved",
            "plan-outdated",
            "disruption",
            "input-drift",
            "calibration-lost",
            "performance-lost",
            "better-challenger",
            "forecast-off",
            "none",
            "unknown",
        ]
        | None
    )
    """
    Cause that it is about.
    """
    action: (
        Literal[
            "keep",
            "recalibrate",
            "clean",
            "replace-component",
            "refurbish",
            "replace-tool",
            "verify-setup",
            "contain-lot",
            "requalify-gauge",
            "recentre",
            "reduce-spread",
            "isolate-stratum",
            "find-special-cause",
            "extend-test",
            "burn-in",
            "add-capacity",
            "relax-limit",
            "replan",
            "retrain",
            "recalibrate-model",
            "check-input",
            "promote-model",
            "reforecast",
            "measure-more",
        ]
        | None
    )
    """
    Action that it is about.
    """
    helped: bool | None
    """
    Whether the action helped; null: not known.
    """
    provenance: Literal["person", "run", "outcome"]
    """
    Written by a person, a run or an outcome.
    """
    origin: str
    """
    Who or what wrote it: a name, a run, an alert, an advice.
    """
    trust: float
    """
    0 to 1: how often advice with it is expected to help.
    """
    confirmed: int
    """
    Pieces of advice that used it and helped.
    """
    refuted: int
    """
    Pieces of advice that used it and did not help.
    """
    stale: bool
    """
    Whether it is older than two half-lives of its kind.
    """
    state: Literal["valid", "ended", "superseded"]
    """
    Valid, ended or superseded.
    """
    valid_from: AwareDatetime
    """
    From when on it holds.
    """
    valid_to: AwareDatetime | None
    """
    Until when; null: until it is ended.
    """
    supersedes: int | None
    """
    Memory that it replaces.
    """
    superseded_by: int | None
    """
    Memory that replaces it.
    """
    written_by: str
    """
    Who wrote it.
    """
    written_at: AwareDatetime
    """
    When.
    """
    relevance: float
    """
    0 to 1: how near it is to what was searched.
    """
    recency: float
    """
    0 to 1: it halves with each half-life of its kind.
    """
    score: float
    """
    Relevance x recency x trust.
    """
    conflicts: list[int]
    """
    Found memories that say the opposite.
    """
    loses_to: int | None
    """
    Memory that outweighs it; null: none does.
    """
    why: Literal["", "more-trusted", "newer"]
    """
    Why that one outweighs it.
    """


class RefusedRow(BaseModel):
    """
    A row that was not stored.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["rejected", "conflicting"]
    """
    Rejected: it is wrong. Conflicting: other content is stored under its key.
    """
    row: int
    """
    Its number in the file; 1 is the first data row.
    """
    column: str
    """
    The column at fault; empty for the row as a whole.
    """
    value: str | None
    """
    What it held, the first 200 characters.
    """
    reason: str
    """
    What is wrong, and how to mend it.
    """


class RegisteredModel(BaseModel):
    """
    A version that came from outside, and the run that scores it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    version: ModelVersionView
    """
    The version.
    """
    run: str | None
    """
    Id of the run that evaluates it; null: there is none.
    """


class RejectedDatasetRow(BaseModel):
    """
    A row of a file that cannot be kept.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    row: int
    """
    Its number in the file; 1 is the first data row.
    """
    column: str
    """
    The column at fault; empty for the row as a whole.
    """
    value: str | None
    """
    What it held, the first 200 characters.
    """
    reason: str
    """
    What is wrong, and how to mend it.
    """


class RejectedLifeRow(BaseModel):
    """
    A row of a file that cannot be kept.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    row: int
    """
    Its number in the file; 1 is the first data row.
    """
    column: str
    """
    The column at fault; empty for the row as a whole.
    """
    value: str | None
    """
    What it held, the first 200 characters.
    """
    reason: str
    """
    What is wrong, and how to mend it.
    """


class RevisionDraft(BaseModel):
    """
    What becomes of one measurement.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ts: AwareDatetime
    """
    When it was measured, as its point says.
    """
    seq: str
    """
    Its seq, as its point says.
    """
    action: Literal["void", "correct", "restore"]
    """
    Void leaves it out, correct replaces its value, restore undoes both.
    """
    value: float | None = None
    """
    The right value; only to correct.
    """


class RevisionView(BaseModel):
    """
    A revision of one measurement; the newest one counts.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the revision.
    """
    characteristic_id: int
    """
    Number of the characteristic.
    """
    batch_id: int
    """
    Batch from which on it is seen.
    """
    ts: AwareDatetime
    """
    When the measurement was made.
    """
    seq: str
    """
    Its seq.
    """
    action: Literal["void", "correct", "restore"]
    """
    What became of it.
    """
    value: float | None
    """
    The corrected value.
    """
    person: str
    """
    Who did it.
    """
    reason: str
    """
    Why.
    """
    revised_at: AwareDatetime
    """
    When.
    """


class RevisionsAnswer(BaseModel):
    """
    The batch of the revisions that were made.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    batch_id: int
    """
    Batch from which on they are seen.
    """
    revisions: int
    """
    How many were made.
    """


class RevisionsDraft(BaseModel):
    """
    Revisions of measurements of one characteristic, for one reason.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    characteristic_id: int
    """
    Number of the characteristic.
    """
    reason: str
    """
    Why; it is kept for good.
    """
    items: list[RevisionDraft]
    """
    The revisions, at most one of a measurement.
    """


class RidgeLinkSettings(BaseModel):
    """
    Least squares on the classes with an l2 penalty, and a logistic link on its scores.

    For many more features than rows, such as those of MiniRocket.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    kind: Literal["ridge-link"] = "ridge-link"
    """
    Kind of model.
    """
    strength: float | None = None
    """
    Weight of the squared coefficients; null: by exact leave-one-out errors.
    """


class RidgeSettings(BaseModel):
    """
    Least squares with an l2 penalty.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["ridge"] = "ridge"
    """
    Kind of model.
    """
    strength: float | None = None
    """
    Weight of the squared coefficients; 0: least squares.
    """


class Rolling(BaseModel):
    """
    Statistic of the rows before this one (itself left out), within a group, by time.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    make: Literal["rolling"] = "rolling"
    """
    How it is made.
    """
    name: str
    """
    Name of the new feature.
    """
    of: str
    """
    Column.
    """
    rows: int | None = None
    """
    How many rows before.
    """
    statistic: Literal["mean", "sd", "min", "max", "slope"] | None = None
    """
    Which statistic.
    """
    by: str | None = None
    """
    Column of texts: stays within a level.
    """


class Rule(BaseModel):
    """
    One pattern that chance alone seldom makes.

    Parameters
    ----------
    name
        Short name, as engineers say it.
    sentence
        What it looks for.
    pattern
        ``beyond``: `k` of `n` points further than `zone` sigma from the centre, on one side unless
        `either_side`; ``same-side``: `n` in a row on one side of the centre; ``trend``: `n` in a
        row, each above (or each below) the one before; ``alternating``: `n` in a row, up and down
        in turn; ``within``: `n` in a row closer than `zone` sigma (they hug the centre);
        ``hugging``: `k` of `n` points further than `zone` but not beyond `limit` sigma, on one
        side unless `either_side` (they hug the limits).
    id
        What switches it: ``nelson-5``; absent: ``custom-`` and the name.

    Raises
    ------
    ValueError
        If the pattern can never, or would always, be complete.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Short name, as engineers say it.
    """
    sentence: str
    """
    What it looks for, in words.
    """
    pattern: Literal["beyond", "same-side", "trend", "alternating", "within", "hugging"]
    """
    Kind of pattern.
    """
    n: int
    """
    Points that the pattern spans, 1 to 100.
    """
    k: int | None = None
    """
    How many of them, for beyond and hugging; else 0.
    """
    zone: float | None = None
    """
    Distance from the centre, in sigmas.
    """
    either_side: bool | None = None
    """
    Whether points of both sides count together.
    """
    id: str | None = None
    """
    What switches it; empty: made of the name.
    """
    limit: float | None = None
    """
    Hugging: the limit that is not exceeded, in sigmas.
    """


class RuleChoice(BaseModel):
    """
    Which rules judge: a published set, less those switched off, and custom ones.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    set: Literal["nelson", "western-electric", "aiag", "limits", "none"] | None = None
    """
    Published set that is begun with.
    """
    off: list[str] | None = None
    """
    Ids of its rules that are switched off: nelson-7.
    """
    custom: list[Rule] | None = None
    """
    Rules of your own, after those of the set.
    """


class RuleView(BaseModel):
    """
    A run rule and how many points of the window break it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    What switches it off: `nelson-7`.
    """
    name: str
    """
    Its name: 1 to 8 of Nelson, 1 to 4 of Western Electric.
    """
    sentence: str
    """
    What it looks for.
    """
    points: int
    """
    Points of the window that break it.
    """
    is_limit: bool
    """
    Whether it is that of one point beyond the limits.
    """


class RulesBody(BaseModel):
    """
    A Shewhart chart with run rules.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["rules"] = "rules"
    rule_set: Literal["nelson", "western-electric", "limits"] | None = None
    """
    The set.
    """
    names: list[str] | None = None
    """
    Names of the rules in use; none: all of the set.
    """


class RunError(BaseModel):
    """
    Why a run failed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: str
    """
    NotEnoughData, BadData, ComputeFailed ...
    """
    message: str
    """
    The reason, with its number and its mend.
    """


class RunIncumbent(BaseModel):
    """
    Where a solve stood at a moment; null where nothing was known.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    time_s: float
    """
    Seconds since the solve began.
    """
    value: float | None
    """
    Objective of the best solution.
    """
    bound: float | None
    """
    Best proven bound of the objective.
    """
    gap: float | None
    """
    |value - bound| / |value|.
    """


class RunLengthDesignDraft(BaseModel):
    """
    What a chart is to promise.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    family: Literal["ewma", "cusum", "shewhart"] | None = None
    """
    Family of charts.
    """
    arl0: float | None = None
    """
    Mean distance of false alarms, in points.
    """
    shift: float | None = None
    """
    Shift to be found, in sigmas of a plotted value.
    """
    state: Literal["zero", "steady"] | None = None
    """
    Shift from the start, or long after it (conditional).
    """


class RunLengthPoint(BaseModel):
    """
    Run lengths at one shift; null where practically no signal ever comes.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    shift: float
    """
    Of the mean, in sigmas of the plotted value.
    """
    zero_state: float | None
    """
    Mean, from the start of the chart.
    """
    steady_state: float | None
    """
    Mean, long after the start and without an alarm before (conditional).
    """
    quantiles: dict[str, float | None]
    """
    Of the run length from the start.
    """


class RunProgress(BaseModel):
    """
    How far a run has come.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    fraction: float
    """
    0 to 1.
    """
    message: str
    """
    What it is doing, or how it ended.
    """
    incumbent: RunIncumbent | None
    """
    Newest of a solve; null for other runs.
    """


class RunSummary(BaseModel):
    """
    A run in a list.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    UUID of the run.
    """
    analysis: str
    """
    Name of the analysis.
    """
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    """
    Where it is in its life.
    """
    progress: RunProgress
    error: RunError | None
    """
    Null unless it failed.
    """
    verdicts: list[str]
    """
    The sentences of its page; empty until it succeeded.
    """
    submitted_by: str
    """
    Who asked for it.
    """
    submitted_at: AwareDatetime
    """
    When it was asked for.
    """
    started_at: AwareDatetime | None
    """
    When its last attempt started.
    """
    finished_at: AwareDatetime | None
    """
    When it ended.
    """
    schedule_id: int | None
    """
    The schedule that submitted it.
    """
    links: dict[str, str]
    """
    Where its parts are.
    """


class RunView(BaseModel):
    """
    A run in full, without its page (see `links`).
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    UUID of the run.
    """
    analysis: str
    """
    Name of the analysis.
    """
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    """
    Where it is in its life.
    """
    progress: RunProgress
    error: RunError | None
    """
    Null unless it failed.
    """
    verdicts: list[str]
    """
    The sentences of its page; empty until it succeeded.
    """
    submitted_by: str
    """
    Who asked for it.
    """
    submitted_at: AwareDatetime
    """
    When it was asked for.
    """
    started_at: AwareDatetime | None
    """
    When its last attempt started.
    """
    finished_at: AwareDatetime | None
    """
    When it ended.
    """
    schedule_id: int | None
    """
    The schedule that submitted it.
    """
    links: dict[str, str]
    """
    Where its parts are.
    """
    version: int
    """
    Version of the analysis.
    """
    params: dict[str, Any]
    """
    Its parameters.
    """
    window_start: AwareDatetime | None
    """
    First instant of the data it saw.
    """
    window_end: AwareDatetime | None
    """
    First instant after the data it saw.
    """
    as_of: AwareDatetime
    """
    Instant whose limits and master data it saw.
    """
    max_batch: int
    """
    Highest ingest batch it saw; a retry sees the same.
    """
    fingerprint: str | None
    """
    SHA-256 of its data.
    """
    attempt: int
    """
    How often it was started.
    """
    queue: str
    """
    interactive or nightly.
    """
    timings: dict[str, Any]
    """
    Seconds by phase.
    """
    reused_from: str | None
    """
    Run whose equal result it took over.
    """
    retry_of: str | None
    """
    Run that it repeats.
    """
    correlation_id: str | None
    """
    Id of the request that submitted it.
    """
    result: dict[str, Any] | None
    """
    Result of the analysis; null until there is one, or if it is an artifact. A cancelled or failed run may have one: the best that it had when it was cut short.
    """
    artifacts: list[str]
    """
    Names of its artifacts.
    """
    incumbents: list[RunIncumbent]
    """
    How a solve went; empty for other runs.
    """


class SafetyCost(BaseModel):
    """
    Cost of safety stock as a piecewise linear function of what leaves the site in a period.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    throughput: float | str
    """
    Units a period.
    """
    cost: float | str
    """
    Money a period at that throughput.
    """


class SampleRow(BaseModel):
    """
    One measurement of a sample, as it would be stored.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    row: int
    """
    Its number in the file.
    """
    time: AwareDatetime
    """
    When it was measured, UTC.
    """
    characteristic: str
    """
    What was measured.
    """
    value: float
    """
    In the unit of the characteristic.
    """
    unit: str
    """
    That unit.
    """
    seq: int
    """
    Sequence number: mapped, or a hash of unit and position.
    """
    subgroup: str | None
    """
    Rational subgroup.
    """
    unit_id: str | None
    """
    Serial of the unit.
    """
    position: str | None
    """
    Place on the unit.
    """
    n: float
    """
    Sample size.
    """
    beyond_gauge: bool
    """
    Whether it is beyond what the gauge can read.
    """
    factors: dict[str, str]
    """
    Tool, lot and other slow context.
    """


class ScenarioAnswer(BaseModel):
    """
    A scenario as it was just stored, and what is wrong with its newest document.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    flaw_count: int
    """
    How many wrong places there are.
    """
    flaws: list[FlawView]
    """
    The first 200 of them.
    """
    code: str
    """
    Code.
    """
    site: str | None
    """
    Code of its site; null: of all sites.
    """
    title: str
    """
    Name for readers.
    """
    note: str
    """
    What it is for.
    """
    newest: int
    """
    Number of its newest revision.
    """
    approved_run: str | None
    """
    Run whose plan is in force.
    """
    approved_by: str | None
    """
    Who approved it.
    """
    approved_at: AwareDatetime | None
    """
    When it was approved.
    """
    archived_at: AwareDatetime | None
    """
    Since when it is out of use.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """
    updated_at: AwareDatetime
    """
    When anything of it was changed last.
    """


class ScenarioChange(BaseModel):
    """
    What of a scenario is to be changed, besides its document.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name for readers.
    """
    note: str | None = None
    """
    What it is for.
    """
    archived: bool | None = None
    """
    Whether it is out of use: not listed, not planned.
    """


class ScenarioRevisionView(BaseModel):
    """
    A revision of a scenario without its document; it is never changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    number: int
    """
    Its number; 1 is the first.
    """
    parent: int | None
    """
    The revision that it was made from.
    """
    note: str
    """
    What has changed, and why.
    """
    origin: dict[str, Any]
    """
    `kind`: create, upload, edits, copy, candidates or distances; and its source.
    """
    edits: list[Any] | None
    """
    The edits that made it from its parent.
    """
    size: int
    """
    Bytes of its document as JSON.
    """
    sha256: str
    """
    Digest of its document: equal documents, equal digest.
    """
    created_by: str
    """
    Who made it.
    """
    created_at: AwareDatetime
    """
    When it was made.
    """


class ScenarioView(BaseModel):
    """
    A scenario without its document.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code.
    """
    site: str | None
    """
    Code of its site; null: of all sites.
    """
    title: str
    """
    Name for readers.
    """
    note: str
    """
    What it is for.
    """
    newest: int
    """
    Number of its newest revision.
    """
    approved_run: str | None
    """
    Run whose plan is in force.
    """
    approved_by: str | None
    """
    Who approved it.
    """
    approved_at: AwareDatetime | None
    """
    When it was approved.
    """
    archived_at: AwareDatetime | None
    """
    Since when it is out of use.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """
    updated_at: AwareDatetime
    """
    When anything of it was changed last.
    """


class ScheduleChange(BaseModel):
    """
    What of a schedule is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str | None = None
    """
    What people call it.
    """
    params: dict[str, Any] | None = None
    """
    Parameters, all of them.
    """
    cron: str | None = None
    """
    When.
    """
    zone: str | None = None
    """
    IANA zone.
    """
    enabled: bool | None = None
    """
    Whether it fires.
    """
    catch_up: Literal["skip", "once", "all"] | None = None
    """
    Missed fires.
    """
    max_parallel: int | None = None
    """
    Live runs.
    """


class ScheduleDraft(BaseModel):
    """
    A schedule to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    What people call it.
    """
    analysis: str
    """
    Name of the analysis.
    """
    params: dict[str, Any] | None = None
    """
    Its parameters.
    """
    cron: str
    """
    Minute, hour, day of month, month, day of week.
    """
    zone: str
    """
    IANA zone of the expression.
    """
    enabled: bool | None = None
    """
    Whether it fires.
    """
    catch_up: Literal["skip", "once", "all"] | None = None
    """
    Fires missed while nobody worked: none, the latest, or all.
    """
    max_parallel: int | None = None
    """
    While so many of its runs are live, its next fire waits.
    """


class ScheduleView(BaseModel):
    """
    A schedule.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the schedule.
    """
    name: str
    """
    What people call it.
    """
    analysis: str
    """
    Name of the analysis.
    """
    params: dict[str, Any]
    """
    Its parameters.
    """
    cron: str
    """
    When, in `zone`.
    """
    zone: str
    """
    IANA zone.
    """
    enabled: bool
    """
    Whether it fires.
    """
    catch_up: Literal["skip", "once", "all"]
    """
    What becomes of missed fires.
    """
    max_parallel: int
    """
    Live runs beyond which a fire waits.
    """
    next_at: AwareDatetime | None
    """
    When it is due next; null while it is paused.
    """
    last_at: AwareDatetime | None
    """
    Up to when fires are dealt with.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """
    updated_at: AwareDatetime
    """
    When it was edited last.
    """


class ScoreCellView(BaseModel):
    """
    A score of one version.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    value: float | None
    """
    The score; null: it has none.
    """
    lower: float | None
    """
    Lower end of its interval.
    """
    upper: float | None
    """
    Upper end of its interval.
    """
    split: str
    """
    How it was tested.
    """


class ScoreRowView(BaseModel):
    """
    One score of all versions.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name of the score.
    """
    high: bool
    """
    Whether more is better.
    """
    best: int | None
    """
    Place of the best version; null: none is alone best.
    """
    cells: list[ScoreCellView]
    """
    One for each version, in their order.
    """


class SetValue(BaseModel):
    """
    Set one value by its JSON pointer: where no other edit fits.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["set"] | None = None
    """
    Kind of edit.
    """
    pointer: str
    """
    As in /lanes/3/capacity.
    """
    value: Any
    """
    The new value.
    """


class ShewhartBody(BaseModel):
    """
    A Shewhart chart without further rules.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["shewhart"] = "shewhart"
    width: float | None = None
    """
    Limits, in sigmas.
    """
    sides: Literal[1, 2] | None = None
    """
    2, or 1: upper limit only.
    """


class ShiftDraft(BaseModel):
    """
    A shift that repeats.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Unique in the calendar.
    """
    start_minute: int
    """
    Start, minutes after local midnight.
    """
    end_minute: int
    """
    End, minutes after local midnight; at or before the start: on the next day.
    """
    weekdays: list[int] | None = None
    """
    Days on which it starts, 0 = Monday.
    """


class ShiftView(BaseModel):
    """
    One shift on one day.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    label: str
    """
    Day and name.
    """
    start: AwareDatetime
    """
    First instant.
    """
    end: AwareDatetime
    """
    First instant after it.
    """


class ShiftWindow(BaseModel):
    """
    A shift of the site's calendar.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    shift: Literal["last", "current"]
    """
    The last complete shift, or the one that is running (up to the fire time).
    """


class ShortPhaseView(BaseModel):
    """
    What limits from few points do to the distance of false alarms, by the limits alone.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    points: int
    """
    Points of the stage with the fewest.
    """
    median: float
    """
    Median run length over all such windows.
    """
    median_known: float
    """
    Median run length with known parameters.
    """
    arl0_lower: float
    """
    ARL0 that one window in ten stays below.
    """
    arl0_upper: float
    """
    ARL0 that one window in ten is above.
    """
    phrase: Phrase
    """
    All of it in a sentence.
    """


class SideView(BaseModel):
    """
    A chart of spread beside the main one: its limits judge, no rules.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    moving range, range or standard deviation.
    """
    ts: list[int]
    """
    Microseconds since 1970 UTC, ascending.
    """
    value: list[float | None]
    """
    Statistic; null: a range without a neighbour.
    """
    limits: LimitColumns
    """
    Limits of each point.
    """
    beyond: list[int]
    """
    Drawn points that are beyond a limit, by number.
    """
    points_beyond: int
    """
    Points of the window that are.
    """


class SinceEventFeature(BaseModel):
    """
    Hours from the last event of some kinds on the row's tool to the moment.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["since_event"] = "since_event"
    name: str | None = None
    """
    Name of the column.
    """
    events: list[str]
    """
    Kinds of events.
    """


class SinceSuccess(BaseModel):
    """
    From the end of the last succeeded run of the same schedule to the fire time.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    since: Literal["last-success"] = "last-success"
    """
    Since the last succeeded run.
    """
    at_most: str | None = None
    """
    Longest window; also used when no run has succeeded yet.
    """


class Site(BaseModel):
    """
    A place of the network.

    `existing` sites are open at the start and may be closed, `candidate` sites may be opened,
    `must-open` sites stay open, `closed` sites take no part.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique in the scenario.
    """
    title: str | None = None
    """
    Name for readers.
    """
    kind: Literal["supplier", "plant", "cross-dock", "dc", "die-bank", "customer"]
    """
    Role in the network.
    """
    status: Literal["existing", "candidate", "must-open", "closed"] | None = None
    """
    Whether it is to be decided.
    """
    latitude: float | None = None
    """
    Degrees north.
    """
    longitude: float | None = None
    """
    Degrees east.
    """
    country: str | None = None
    """
    ISO 3166-1 alpha-2 code.
    """
    group: str | None = None
    """
    Region, segment ...; edits name it.
    """
    fixed_cost: float | str | None = None
    """
    Money a period while it is open.
    """
    open_cost: float | str | None = None
    """
    Money to open it, once.
    """
    close_cost: float | str | None = None
    """
    Money to close it, once.
    """
    throughput: float | str | None = None
    """
    Units that leave it in a period at most; null: no limit.
    """
    throughput_by_period: list[ByPeriod] | None = None
    """
    Exceptions.
    """
    labour: list[LabourTier] | None = None
    """
    Handling tiers, in order.
    """
    expansions: list[Expansion] | None = None
    """
    What can be added.
    """
    time_to_recover: float | str | None = None
    """
    Time until it works again after its loss; null: unknown.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class SiteChange(BaseModel):
    """
    What of a site is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name in full.
    """
    zone: str | None = None
    """
    IANA time zone.
    """


class SiteCount(BaseModel):
    """
    How many sites of a kind may be open.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["supplier", "plant", "cross-dock", "dc", "die-bank", "customer"]
    """
    Of which kind.
    """
    minimum: int | None = None
    """
    At least.
    """
    maximum: int | None = None
    """
    At most; null: any number.
    """


class SiteDraft(BaseModel):
    """
    A site to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Short name, unique, never changed.
    """
    title: str
    """
    Name in full.
    """
    zone: str | None = None
    """
    IANA time zone of its clocks.
    """


class SiteView(BaseModel):
    """
    A site.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the site.
    """
    code: str
    """
    Short name.
    """
    title: str
    """
    Name in full.
    """
    zone: str
    """
    IANA time zone.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class SiteWhere(BaseModel):
    """
    Which sites: those that meet all that is given; empty means every site.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    codes: list[str] | None = None
    """
    Codes of the sites.
    """
    group: str | None = None
    """
    Region, segment ...
    """
    tag: str | None = None
    """
    A tag of the site.
    """
    site_kind: (
        Literal["supplier", "plant", "cross-dock", "dc", "die-bank", "customer"] | None
    ) = None
    """
    Role in the network.
    """
    country: str | None = None
    """
    ISO code.
    """


class Slot(BaseModel):
    """
    What stands at a place of a template: a part of a piece of evidence, or a known name.

    `full` is value, unit and interval; `interval` its bounds with their confidence; `reference`
    what it is held against. A name is a word of the question or of the plant, never a number.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    evidence: str | None = None
    """
    Id of the evidence.
    """
    part: (
        Literal[
            "value", "lower", "upper", "interval", "full", "reference", "label", "name"
        ]
        | None
    ) = None
    """
    Which part of it.
    """
    name: str | None = None
    """
    A name instead.
    """
    phrases: list[Phrase] | None = None
    """
    Parts of the name, for other languages; empty: only the name.
    """
    listed: bool | None = None
    """
    Whether the parts name several things, one after another.
    """


class SlotRows(BaseModel):
    """
    A row for each tool and time slot with a measurement; its moment is the end of the slot.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["slot"] = "slot"
    characteristics: list[str]
    """
    Codes of the characteristics of which a slot needs a measurement.
    """
    hours: float | None = None
    """
    Length of a slot.
    """
    wait_hours: float | None = None
    """
    The prediction is made so many hours after the slot's end.
    """


class SpecView(BaseModel):
    """
    Specification limits in force at the end of the window.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    lower: float | None
    """
    Lower limit; null if there is none.
    """
    target: float | None
    """
    Target; null if there is none.
    """
    upper: float | None
    """
    Upper limit; null if there is none.
    """


class Spread(BaseModel):
    """
    How uncertain a demand is.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: (
        Literal["normal", "lognormal", "gamma", "poisson", "negative-binomial"] | None
    ) = None
    """
    Family; its mean is the demand.
    """
    sd: float | str | None = None
    """
    Standard deviation of a period.
    """
    cv: float | None = None
    """
    Or as a share of the mean.
    """


class StageView(BaseModel):
    """
    A stretch of the window with limits of its own.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    start: int
    """
    Its first point: microseconds since 1970 UTC.
    """
    end: int
    """
    Its last point: microseconds since 1970 UTC.
    """
    points: int
    """
    Points in it.
    """
    center: float | None
    """
    Centre line; null without a value.
    """
    sigma: float | None
    """
    Sigma of a point of size 1; null: not judged.
    """
    df: float | None
    """
    Degrees of freedom of sigma; null: not known.
    """
    estimated_from: int | None
    """
    Points that the limits come from.
    """
    lower: float | None
    """
    Lower control limit, median over its points.
    """
    upper: float | None
    """
    Upper control limit, median over its points.
    """
    level: str | None
    """
    Level whose frozen limits these are; null: of all.
    """


class Standby(BaseModel):
    """
    Copies of a part that wait, not ageing, until the one before has failed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["standby"] = "standby"
    """
    Cold standby.
    """
    part: str
    """
    Name of the part that each copy is like.
    """
    spares: int
    """
    Copies that wait.
    """
    switch: float | None = None
    """
    Probability that a change to the next one works.
    """


class StreamLimits(BaseModel):
    """
    Centre and sigma of one stream, estimated in phase I and frozen.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    level: str | None = None
    """
    Level of the stream's factor; empty: all of it.
    """
    center: float
    """
    Centre of the plotted statistic, in its unit.
    """
    sigma: float
    """
    Sigma of one plotted value of size 1, in its unit.
    """
    scale: float | None = None
    """
    Laney's sigma z of attribute charts; 1 for the others.
    """
    within: float | None = None
    """
    Three-way: sigma within subgroups, in the unit; or null.
    """
    n: int
    """
    Plotted points that they were estimated from.
    """
    df: float | None = None
    """
    Degrees of freedom of sigma.
    """


class StreamScreenParams(BaseModel):
    """
    Parameters of the stream screen.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str] | None = None
    """
    Codes; empty means every one of the site.
    """
    stream: str | None = None
    """
    Factor whose levels are judged apart; empty: each characteristic as a whole.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"line": ["L1"]}.
    """
    judge_last: str | None = None
    """
    Judge the values of the last stretch of the data, e.g. 24h; earlier ones are the baseline. Absent: by share.
    """
    baseline_share: float | None = None
    """
    Earlier share of each stream, its baseline where judge_last is absent.
    """
    min_baseline: int | None = None
    """
    Fewest values of a baseline; else left out.
    """
    fdr: float | None = None
    """
    Share of false findings that is allowed.
    """
    control: Literal["benjamini-hochberg", "benjamini-yekutieli"] | None = None
    """
    How it is kept; benjamini-yekutieli holds under any dependence of streams.
    """
    rules: RuleChoice | None = None
    """
    Run rules that are counted.
    """
    lambda_: float | None = None
    """
    EWMA: weight of the newest value.
    """
    ewma_width: float | None = None
    """
    EWMA: limits, in its standard deviations.
    """
    k: float | None = None
    """
    CUSUM: reference value, in sigmas.
    """
    h: float | None = None
    """
    CUSUM: decision interval, in sigmas.
    """


class Subject(BaseModel):
    """
    What a verdict is about; the overview groups and filters by it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Code of the site.
    """
    characteristic: str | None = None
    """
    Code of the characteristic.
    """
    factors: dict[str, str] | None = None
    """
    The guilty level of a factor: tool, lot ...
    """
    mechanism: str | None = None
    """
    What is wrong with it: two mechanisms of one tool are two alerts.
    """
    whole: bool | None = None
    """
    One alert for the guilty level and mechanism, whichever of its characteristics show it.
    """


class SumColumns(BaseModel):
    """
    Both sums of a CUSUM in sigmas, as columns of the length of the points.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    upper: list[float | None]
    """
    Upper sum.
    """
    lower: list[float | None]
    """
    Lower sum, with a minus sign.
    """


class Supply(BaseModel):
    """
    What a site can buy or has by itself.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of the site.
    """
    commodity: str
    """
    Code of the commodity.
    """
    quantity: float | str | None = None
    """
    Units a period at most; null: any.
    """
    quantity_by_period: list[ByPeriod] | None = None
    """
    Exceptions.
    """
    minimum: float | str | None = None
    """
    Units a period that must be taken.
    """
    unit_cost: float | str | None = None
    """
    Money for one unit.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class SweepAsked(BaseModel):
    """
    A clean-up that a worker will begin within seconds.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    Its `resource_id` in the audit, which tells when it is done.
    """


class SweepView(BaseModel):
    """
    A clean-up that was done.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    Its `resource_id` in the audit.
    """
    at: AwareDatetime
    """
    When it began.
    """
    actor: str
    """
    Who did it; `retention` is a worker.
    """
    deleted: dict[str, int]
    """
    How many rows of each kind went.
    """


class Table(BaseModel):
    """
    Rows under headings; every row has one cell for each column.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["table"] = "table"
    """
    Kind of block.
    """
    title: str
    """
    Title.
    """
    columns: list[Column]
    """
    Headings, in order.
    """
    rows: list[list[str | float | int | bool | None]]
    """
    One cell for each column.
    """


class Tariff(BaseModel):
    """
    Quantity discounts of a lane.

    `incremental`: each unit pays the rate of the step it falls in. `all-units`: every unit pays
    the rate of the step that the whole load reaches.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["incremental", "all-units"]
    """
    How the steps count.
    """
    breaks: list[Break]
    """
    Steps, loads rising from 0.
    """


class Text(BaseModel):
    """
    A paragraph.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["text"] = "text"
    """
    Kind of block.
    """
    text: str
    """
    The paragraph.
    """
    phrases: list[Phrase] | None = None
    """
    Its sentences, for other languages; empty: only the text.
    """


class TimeColumn(BaseModel):
    """
    Where the time of a measurement stands, and how it is written.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    column: str | None = None
    """
    Column of the time, or of the date alone.
    """
    clock: str | None = None
    """
    Column of the time of day, where date and time are split.
    """
    formats: list[str] | None = None
    """
    Tried in this order: iso, epoch_s, epoch_ms, epoch_us, epoch_ns, or a strptime format such as %d.%m.%Y %H:%M:%S.
    """
    zone: str | None = None
    """
    IANA zone of times without an offset; without it such rows are rejected.
    """
    ambiguous: Literal["reject", "first", "second"] | None = None
    """
    What a local time means that occurs twice when clocks go back.
    """
    earliest: AwareDatetime | None = None
    """
    Rows before it are rejected: a wrong epoch unit or year.
    """


class TimeDraft(BaseModel):
    """
    A cron expression to be tried.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    cron: str
    """
    Minute, hour, day of month, month, day of week.
    """
    zone: str
    """
    IANA zone of the expression.
    """


class TimeSince(BaseModel):
    """
    Hours since the last time at which a category had a level (event), or since a time column.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    make: Literal["time_since"] = "time_since"
    """
    How it is made.
    """
    name: str
    """
    Name of the new feature.
    """
    since: str
    """
    Column of times of the last event before the row.
    """


class TokenRates(BaseModel):
    """
    Tokens per byte of UTF-8, by kind of text, as a server was seen to count them.

    What is of none of these kinds (umlauts, µ) has a token for each byte, which none exceeds.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    number: float
    """
    Of digits, with points and hyphens between them.
    """
    capital: float
    """
    Of words in capital letters.
    """
    word: float
    """
    Of words in other letters of ASCII.
    """
    mark: float
    """
    Of other ASCII: punctuation, quotes, ends of lines.
    """
    ideograph: float
    """
    Of Chinese characters and their punctuation.
    """
    template: int
    """
    Tokens that the server adds to one message.
    """


class ToolChange(BaseModel):
    """
    What of a tool is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name in full.
    """
    family: str | None = None
    """
    Model or type.
    """


class ToolDraft(BaseModel):
    """
    A tool to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name, unique at the site, never changed.
    """
    title: str
    """
    Name in full.
    """
    family: str | None = None
    """
    Model or type, to compare within.
    """


class ToolGroup(BaseModel):
    """
    Tools of one kind at a site: hours they run in a period, before OEE.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of the site.
    """
    code: str
    """
    Code, unique at the site.
    """
    hours: float | str
    """
    Hours in a period.
    """
    hours_by_period: list[ByPeriod] | None = None
    """
    Exceptions.
    """
    oee: float | None = None
    """
    Overall equipment effectiveness.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class ToolMatchingParams(BaseModel):
    """
    Parameters of a tool matching.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str] | None = None
    """
    Codes; empty means every one of the site.
    """
    factor: str | None = None
    """
    Factor that names the tool.
    """
    golden: str | None = None
    """
    Tool to compare with; empty: the other tools.
    """
    margin_share: float | None = None
    """
    Share of the tolerance (or of 6 sigma) by which levels may differ.
    """
    margin: float | None = None
    """
    The same in the unit; given, it replaces the share.
    """
    ratio: float | None = None
    """
    Ratio of standard deviations that does not matter.
    """
    mix: list[str] | None = None
    """
    Factors whose effect is taken out; absent ones are passed over.
    """
    lot: str | None = None
    """
    Factor whose values count as one; where it is absent, the unit does.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"product": ["QFN32"]}.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class ToolView(BaseModel):
    """
    A tool.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the tool.
    """
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name.
    """
    title: str
    """
    Name in full.
    """
    family: str | None
    """
    Model or type.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class TraceSpec(BaseModel):
    """
    Features of traces.

    `columns` empty: every column of traces of the role `feature`.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    method: Literal["summary", "minirocket"] | None = None
    """
    summary: mean, slope, spread, extremes and the like of each stretch, in the base; minirocket: about ten thousand shares of convolutions, with the extra [traces].
    """
    columns: list[str] | None = None
    """
    Columns of traces; empty: all of the role feature.
    """
    stretches: int | None = None
    """
    Stretches of equal length that a trace is cut into.
    """
    kernels: int | None = None
    """
    Features of MiniRocket, a multiple of 84.
    """
    unequal: Literal["refuse", "stretch"] | None = None
    """
    What MiniRocket does with traces of other lengths: refuse them, or stretch each to the longest of training. Summaries take any length.
    """
    seed: int | None = None
    """
    Of the kernels' thresholds.
    """


class UnitColumn(BaseModel):
    """
    A column of the matrix.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    characteristic: str
    """
    Code of the characteristic.
    """
    position: str
    """
    Place on the unit; empty where none was given.
    """


class UnitRow(BaseModel):
    """
    The values of one unit.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    unit_id: str
    """
    Serial of the unit.
    """
    first_at: AwareDatetime
    """
    When it was first measured in the window.
    """
    values: list[float | None]
    """
    One for each column; null where none is.
    """


class UnitRows(BaseModel):
    """
    A row for each unit, lot or other level of a factor.

    Its moment is the last measurement of the named characteristics in the first run of them: after
    a pause of `pause_hours` nothing more is waited for. Of what arrives later than that after it
    was measured the moment knows nothing.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["unit"] = "unit"
    by: str | None = None
    """
    unit_id, or a context factor such as lot: a row a level.
    """
    characteristics: list[str]
    """
    Codes of the characteristics whose last measurement is the moment.
    """
    positions: list[str] | None = None
    """
    Only these positions set it; empty: all.
    """
    pause_hours: float | None = None
    """
    After a pause of so many hours a unit that is measured again is not waited for; a row is made once two such pauses are over.
    """
    wait_hours: float | None = None
    """
    The prediction is made so many hours after the last measurement, so that slower results have arrived.
    """


class UnitTable(BaseModel):
    """
    Units side by side.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    columns: list[UnitColumn]
    """
    Characteristic and position, sorted.
    """
    items: list[UnitRow]
    """
    The units, by the time they were first measured.
    """


class UseLanes(BaseModel):
    """
    Open or close lanes.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["use-lanes"] | None = None
    """
    Kind of edit.
    """
    where: LaneWhere | None = None
    """
    Which lanes.
    """
    open: bool
    """
    Whether they may be used.
    """


class UserChange(BaseModel):
    """
    What of a user is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    full_name: str | None = None
    """
    Name in full.
    """
    role: Literal["viewer", "engineer", "planner", "admin"] | None = None
    """
    What the user may do.
    """
    sites: list[int] | None = None
    """
    Sites seen.
    """
    disabled: bool | None = None
    """
    Whether every key of the user is refused.
    """


class UserDraft(BaseModel):
    """
    A user to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Short name, unique, never changed.
    """
    full_name: str
    """
    Name in full.
    """
    role: Literal["viewer", "engineer", "planner", "admin"]
    """
    What the user may do.
    """
    sites: list[int] | None = None
    """
    Ids of the sites seen; null = all.
    """


class UserView(BaseModel):
    """
    A user.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the user.
    """
    name: str
    """
    Short name.
    """
    full_name: str
    """
    Name in full.
    """
    role: Literal["viewer", "engineer", "planner", "admin"]
    """
    What the user may do.
    """
    sites: list[int] | None
    """
    Ids of the sites seen; null = all.
    """
    disabled_at: AwareDatetime | None
    """
    Since when every key is refused.
    """
    created_at: AwareDatetime
    """
    When the user was added.
    """


class ValueLabel(BaseModel):
    """
    A value of a characteristic beyond limits.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    from_hours: float | None = None
    """
    Begin of the label's window, counted from the moment.
    """
    horizon_hours: float
    """
    Length of the label's window; a row whose window has not ended and that has no event is unknown, not negative.
    """
    settle_hours: float | None = None
    """
    So long after its window a row without event is still unknown: late news of it may come.
    """
    kind: Literal["value"] = "value"
    characteristics: list[str]
    """
    Codes of the characteristics that are judged.
    """
    match: Literal["row", "tool"] | None = None
    """
    row: of this unit or lot; tool: of its tool.
    """
    positions: list[str] | None = None
    """
    Only these positions; empty: all.
    """
    lower: float | None = None
    """
    A value below it is an event.
    """
    upper: float | None = None
    """
    A value above it is an event; without either limit those of the specification count.
    """
    guard: float | None = None
    """
    Part of the specification's width that counts as inside, about its middle; a limit that stands alone is not moved.
    """
    least: int | None = None
    """
    So many values must lie beyond for an event.
    """
    needed: int | None = None
    """
    So many values must have been measured in the window before a row without event is negative; with fewer it is unknown.
    """


class Verdict(BaseModel):
    """
    One sentence with the number and the comparison, and how bad it is.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    level: Literal["good", "warn", "bad", "info"]
    """
    How good or bad it is; info judges nothing.
    """
    sentence: str
    """
    The claim, with its number and what it is compared to.
    """
    phrases: list[Phrase] | None = None
    """
    Its clauses, for other languages; empty: only the sentence.
    """
    subject: Subject | None = None
    """
    What it is about, if one thing.
    """
    settled: bool | None = None
    """
    Whether the evidence shows that it is over: an open alert of it is closed.
    """


class WarrantyForecastParams(BaseModel):
    """
    Parameters of a warranty forecast.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    life_test: str
    """
    Code of the life test.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    groups: list[str] | None = None
    """
    Only these groups (lots, suppliers); empty means all.
    """
    confidence: float | None = None
    """
    Confidence of every bound and interval.
    """
    ahead: list[float] | None = None
    """
    Days from now up to which returns are predicted.
    """
    warranty: float | None = None
    """
    Age in days beyond which nothing is returned; absent: everything is.
    """
    mode: str | None = None
    """
    Only this mode; empty means all.
    """
    families: list[Literal["weibull", "lognormal", "loglogistic"]] | None = None
    """
    Distributions to compare.
    """
    shares: list[float] | None = None
    """
    Shares whose life is told, 0.1 for B10.
    """
    delays: Literal["estimate", "ignore"] | None = None
    """
    Whether delays from failure to report are estimated, where both are dated.
    """
    shipments: list[FutureShipment] | None = None
    """
    Units that will be shipped.
    """
    lead_days: float | None = None
    """
    Days that spares must last; absent: no spares are planned.
    """
    service: float | None = None
    """
    Probability with which spares must meet demand.
    """
    cost: float | None = None
    """
    Cost of a return; absent: none.
    """
    money: str | None = None
    """
    Unit of the cost.
    """
    draws: int | None = None
    """
    Bootstrap draws.
    """
    seed: int | None = None
    """
    Of the draws.
    """


class WeibullPart(BaseModel):
    """
    A part with a Weibull life.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    family: Literal["weibull"] | None = None
    """
    Weibull.
    """
    eta: float
    """
    Time by which 63.2 % have failed, in the unit of time.
    """
    beta: float
    """
    Shape.
    """
    factor: float | None = None
    """
    How far eta may be off: its two-sided interval is eta / factor to eta * factor, at the diagram's confidence. 1: it is known.
    """


class WideColumn(BaseModel):
    """
    One value column of a wide file: a characteristic of its own.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    column: str
    """
    Name of the value column.
    """
    characteristic: str
    """
    Code of the characteristic.
    """
    unit: str | None = None
    """
    Unit of the values; the characteristic's if null.
    """
    position: str | None = None
    """
    Position of these values on the unit.
    """


class Wire(BaseModel):
    """
    One wire of a device, from its first bond (ball) to its second (wedge).
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    position: str
    """
    Position of its measurements.
    """
    first: BondPoint
    """
    First bond.
    """
    second: BondPoint
    """
    Second bond.
    """
    program: str | None = None
    """
    Its bond program.
    """
    height_um: float
    """
    Nominal loop height, micrometres.
    """
    apex_at: float | None = None
    """
    Where the apex stands: share of its span.
    """
    rise_at: float | None = None
    """
    Where the rise is measured: share of its span, before the apex.
    """
    descent_at: float | None = None
    """
    Where the descent is measured: share of its span, behind the apex; null: midway from the apex to the second bond.
    """


class XgboostSettings(BaseModel):
    """
    XGBoost, of the extra [boost]; its least weight of a leaf is `min_samples_leaf` / 20.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    class_weights: Literal["off", "balanced"] | None = None
    """
    balanced: rows weigh as if every class were as frequent as the others. It moves the probabilities away from the true rates, so it is off; choose the threshold by costs instead.
    """
    rounds: int | None = None
    """
    Most rounds of boosting.
    """
    learning_rate: float | None = None
    """
    Share of each tree that is added.
    """
    max_leaves: int | None = None
    """
    Most leaves of one tree.
    """
    min_samples_leaf: int | None = None
    """
    Fewest rows of a leaf.
    """
    l2: float | None = None
    """
    Square penalty on the values of leaves.
    """
    kind: Literal["xgboost"] = "xgboost"
    """
    Kind of model.
    """
    rows_share: float | None = None
    """
    Share of the rows that each tree sees.
    """
    columns_share: float | None = None
    """
    Share of the features that each tree sees.
    """


class ApiBrandMarkView(BaseModel):
    """
    How the organisation is shown after an upload.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Name.
    """
    color: str
    """
    Colour.
    """
    source: Literal["longrun", "lettermark", "upload"]
    """
    Longrun's own mark, one drawn from name and colour, or an uploaded one.
    """
    media_type: str
    """
    Of the mark.
    """
    contrast: float
    """
    Contrast of the letter on its tile, by WCAG 2.
    """
    marks: dict[str, str]
    """
    Addresses of mark, icon, mono and reversed.
    """
    removed: list[str]
    """
    What was left out of the drawing for safety.
    """


class ApiEvaluationsSampleView(BaseModel):
    """
    A row of the file, as one chart design judges it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ts: AwareDatetime
    """
    When it was measured.
    """
    seq: int
    """
    Sequence: with ts and characteristic its key.
    """
    characteristic: str
    """
    Code of the characteristic.
    """
    design: str
    """
    Name of the chart design; empty where none is in force.
    """
    stream: str
    """
    Level of the factor whose levels are judged apart.
    """
    value: float | None
    """
    Plotted value of its point; null: not judged.
    """
    disposition: Literal["ok", "warn", "hold"] | None
    """
    What becomes of the lot: ok, warn or hold; null: not judged.
    """
    rules: list[BrokenRule]
    """
    The rules that its point breaks.
    """
    finding_id: int | None
    """
    The alert it is filed under: /v1/alerts/{id}.
    """
    reason: str | None
    """
    Why it is not judged; null where it is.
    """


class ApiMarksMarkView(BaseModel):
    """
    What somebody said of a measured point; the newest mark counts.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the mark.
    """
    batch_id: int
    """
    Batch from which on it is seen.
    """
    characteristic_id: int
    """
    Number of the characteristic.
    """
    ts: AwareDatetime
    """
    When the point was measured.
    """
    seq: str
    """
    Its seq.
    """
    kind: Literal["annotate", "exclude", "include", "void", "restore"]
    """
    What was said.
    """
    cause: str | None
    """
    Code of the catalogue: why.
    """
    action: str | None
    """
    Code of the catalogue: what was done.
    """
    note: str
    """
    In words.
    """
    person: str
    """
    Who said it.
    """
    at: AwareDatetime
    """
    When it was said.
    """


class ApiSourcesSampleView(BaseModel):
    """
    What a mapping makes of a sample; nothing is stored.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    columns: list[str]
    """
    The columns of the file.
    """
    rows: list[SampleRow]
    """
    The first 50 measurements.
    """
    refused: list[RefusedRow]
    """
    The first 50 rows that would be rejected.
    """


class ProblemField(BaseModel):
    """
    One wrong field of a request.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    pointer: str
    """
    JSON pointer into the body, or `/name` of a parameter.
    """
    detail: str
    """
    What is wrong, and how to mend it.
    """
    where: str | None = None
    """
    body, query, path or header, where known.
    """


class ProblemDocument(BaseModel):
    """
    Why a request was not answered (RFC 9457).
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    type: str
    """
    The kind, an address that explains it: `/problems/not-found`.
    """
    title: str
    """
    The kind in words.
    """
    status: int
    """
    The HTTP status.
    """
    detail: str
    """
    What happened, with the value, and how to mend it.
    """
    errors: list[ProblemField] | None = None
    """
    The wrong fields.
    """
    correlation_id: str | None = None
    """
    To find it in the logs.
    """


class Booking(BaseModel):
    """
    Money in the books, for a lane (origin and destination), a site, or neither.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    category: Literal[
        "transport",
        "duty",
        "production",
        "supply",
        "handling",
        "fixed",
        "holding",
        "other",
    ]
    """
    What it was spent on.
    """
    period: str
    """
    Code of the period.
    """
    amount: float | str
    """
    Money.
    """
    origin: str | None = None
    """
    Site, or origin of the lane.
    """
    destination: str | None = None
    """
    Destination of the lane.
    """
    mode: str | None = None
    """
    Mode of the lane.
    """


class Circuity(BaseModel):
    """
    Road length over great circle, by country and mode; empty means any.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    country: str | None = None
    """
    ISO code of the origin.
    """
    mode: str | None = None
    """
    Code of a mode.
    """
    factor: float
    """
    Times the great circle.
    """


class Distance(BaseModel):
    """
    Road between two sites, from a matrix that somebody has measured.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    origin: str
    """
    Code of a site.
    """
    destination: str
    """
    Code of a site.
    """
    distance: float | str
    """
    Length.
    """
    duration: float | str | None = None
    """
    Travel time.
    """
    source: str | None = None
    """
    Who measured it; empty: uploaded.
    """


class Duty(BaseModel):
    """
    Customs duty: a share of the customs value.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    origin: str
    """
    ISO code of the country it comes from.
    """
    destination: str
    """
    ISO code of the country it enters.
    """
    duty_class: str | None = None
    """
    Class; empty: every class.
    """
    rate: float
    """
    Share of the value: 0.035 is 3.5 %.
    """


class ExchangeRate(BaseModel):
    """
    What one unit of a currency is worth in the scenario's, from a date on.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    currency: str
    """
    ISO 4217.
    """
    rate: float
    """
    Units of `units.money` for one of it.
    """
    valid_from: date | None = None
    """
    First day; null: always was.
    """


class PastFlow(BaseModel):
    """
    Quantity of a commodity that went over a lane in a period.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    origin: str
    """
    Code of a site.
    """
    destination: str
    """
    Code of a site.
    """
    mode: str | None = None
    """
    Code of a mode.
    """
    commodity: str
    """
    Code of the commodity.
    """
    period: str
    """
    Code of the period.
    """
    quantity: float | str
    """
    Units.
    """


class Period(BaseModel):
    """
    A stretch of time in which quantities are counted.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique in the scenario.
    """
    start: date | None = None
    """
    First day; needed by dated rules.
    """
    days: float | None = None
    """
    Length.
    """


class Qualification(BaseModel):
    """
    That a product may be made at a site, on a tool group, by a process revision.

    As soon as a product has one qualification anywhere, it is made only where and when qualified.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    product: str
    """
    Commodity that is made.
    """
    site: str
    """
    Code of the site.
    """
    tool_group: str | None = None
    """
    Null: every tool group.
    """
    revision: str | None = None
    """
    Null: every revision.
    """
    valid_from: date | None = None
    """
    First day; null: always was.
    """
    valid_until: date | None = None
    """
    Last day; null: for good.
    """


class SoftTag(BaseModel):
    """
    How willing the business is to bend what carries a tag, when a plan is infeasible.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    tag: str
    """
    Tag of sites, lanes, demands ... or a kind of constraint.
    """
    weight: float
    """
    Cost of one relative unit: lower bends first.
    """
    title: str | None = None
    """
    What bending it means.
    """


class Units(BaseModel):
    """
    What bare numbers mean; names are those of pint, money is ISO 4217.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    money: str | None = None
    """
    Currency of results.
    """
    weight: str | None = None
    """
    Unit of weights.
    """
    volume: str | None = None
    """
    Unit of volumes.
    """
    distance: str | None = None
    """
    Unit of distances.
    """
    duration: str | None = None
    """
    Unit of lead times.
    """


class Vehicle(BaseModel):
    """
    A kind of vehicle at a depot; times count from the start of the day.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique in the scenario.
    """
    depot: str
    """
    Code of the site where it starts and ends.
    """
    count: int | None = None
    """
    How many there are.
    """
    capacity: float | str | None = None
    """
    Load at most; null: any.
    """
    fixed_cost: float | str | None = None
    """
    Money if it is used.
    """
    cost_per_distance: float | str | None = None
    """
    Money for one unit of distance.
    """
    cost_per_hour: float | str | None = None
    """
    Money for one hour of duty.
    """
    shift_start_h: float | None = None
    """
    Hours after midnight.
    """
    shift_end_h: float | None = None
    """
    Null: no end.
    """
    max_distance: float | str | None = None
    """
    Of one route; null: any.
    """
    speed_km_per_h: float | None = None
    """
    Where no duration is given.
    """
    skills: list[str] | None = None
    """
    What it can serve.
    """


class Visit(BaseModel):
    """
    A delivery to be made, or to be left if its prize is not worth the way.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique in the scenario.
    """
    site: str | None = None
    """
    Code of a site; or give a place.
    """
    latitude: float | None = None
    """
    Degrees north.
    """
    longitude: float | None = None
    """
    Degrees east.
    """
    load: float | str | None = None
    """
    Delivered there.
    """
    pickup: float | str | None = None
    """
    Load taken on there, back to the depot.
    """
    service_h: float | None = None
    """
    Hours it takes.
    """
    window_start_h: float | None = None
    """
    Earliest begin of service.
    """
    window_end_h: float | None = None
    """
    Latest; null: any time.
    """
    required: bool | None = None
    """
    False: served only if the prize pays.
    """
    prize: float | str | None = None
    """
    Money gained by serving it.
    """
    skills: list[str] | None = None
    """
    What the vehicle must have.
    """


class WayMatrix(BaseModel):
    """
    Ways between places of the routing, as rows: compact where there are thousands of places.

    It goes before `Scenario.distances`; what neither has is a great circle times circuity.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    places: list[str]
    """
    Codes of visits, or of sites.
    """
    distance: list[list[float]]
    """
    A row for each place: to every place.
    """
    duration_h: list[list[float]] | None = None
    """
    Hours; empty: by speed.
    """


class LifeMapping(BaseModel):
    """
    Which column of a file means what, where its header does not say it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    columns: (
        dict[
            Literal[
                "time",
                "lower",
                "upper",
                "status",
                "quantity",
                "mode",
                "group",
                "unit_id",
                "entry",
                "exit",
                "shipped",
                "returned",
                "reported",
                "system",
                "what",
                "start",
                "end",
                "cost",
                "value",
            ],
            str,
        ]
        | None
    ) = None
    """
    Role to the header of its column; others are recognised.
    """
    stresses: dict[str, str] | None = None
    """
    Stress to the header of its column.
    """
    ignore: list[str] | None = None
    """
    Columns that mean nothing.
    """
    status_words: (
        dict[str, Literal["failed", "censored", "left", "interval"]] | None
    ) = None
    """
    What words of the status column mean, beside the usual ones.
    """
    until: date | None = None
    """
    Day up to which field returns are known; null: the last one.
    """
    date_formats: list[str] | None = None
    """
    As `formats` of a source.
    """
    decimal: Literal[".", ","] | None = None
    """
    Decimal mark of numbers in text.
    """
    thousands: Literal[".", ",", " ", "'"] | None = None
    """
    Mark between groups of three digits.
    """
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    """
    Separator of a CSV file; null finds it in the header.
    """
    encoding: str | None = None
    """
    Encoding of CSV or JSON.
    """
    skip_lines: int | None = None
    """
    Lines before the header of a CSV file or a sheet.
    """


class LifeRowsView(BaseModel):
    """
    A page of the rows of a revision.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    revision: int
    """
    Number of the revision.
    """
    items: list[dict[str, Any]]
    """
    Rows by the headers of the CSV; null is an endless or absent value.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class EndpointSpec(BaseModel):
    """
    Where a model is asked, and in which words.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    url: str
    """
    Address; its host must be allowed by a setting.
    """
    method: Literal["POST", "PUT"] | None = None
    """
    Method of the call.
    """
    rows: str | None = None
    """
    Field that holds the rows.
    """
    fields: dict[str, str] | None = None
    """
    Field of each feature or column, where it is not its name.
    """
    send: Literal["features", "columns"] | None = None
    """
    What a row is: numbers of the feature spec, scaled and coded as it says; or the columns that it is made of, as they are, null where there is no value.
    """
    answer: str | None = None
    """
    Field of the answer: a list for each row, by class or in the order of classes
    """
    timeout_s: float | None = None
    """
    Longest wait for an answer.
    """


class AcceleratedLifeParams(BaseModel):
    """
    Parameters of an accelerated life.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    life_test: str
    """
    Code of the life test.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    groups: list[str] | None = None
    """
    Only these groups (lots, suppliers); empty means all.
    """
    confidence: float | None = None
    """
    Confidence of every bound and interval.
    """
    model: (
        Literal[
            "arrhenius",
            "eyring",
            "inverse-power",
            "power-law",
            "field-temperature",
            "peck",
            "temperature-humidity-voltage",
            "temperature-nonthermal",
            "coffin-manson",
            "norris-landzberg",
            "black",
        ]
        | None
    ) = None
    """
    How life depends on the stresses.
    """
    family: Literal["weibull", "lognormal", "loglogistic"] | None = None
    """
    Distribution of the life in a cell.
    """
    families: dict[str, Literal["weibull", "lognormal", "loglogistic"]] | None = None
    """
    Failure modes with another one, e.g. {"heel-crack": "lognormal"}.
    """
    material: str | None = None
    """
    Alloy, failure site, metal or mechanism that the model needs or takes constants of, e.g. sac, au-wire-heel-crack, al-cu.
    """
    materials: dict[str, str] | None = None
    """
    Failure modes with another material.
    """
    use: dict[str, float] | None = None
    """
    Level of each stress in use; absent ones come from the life test's document.
    """
    units: dict[str, str] | None = None
    """
    Unit of a level in use; that of the life test if absent.
    """
    stress_columns: dict[str, str] | None = None
    """
    Stress of the model to its column, e.g. {"voltage": "bias"}; the same name if absent.
    """
    modes: list[str] | None = None
    """
    Failure modes, each fitted apart; empty means all.
    """
    published: list[str] | None = None
    """
    Symbols of constants that are taken from the literature for the material instead of estimated, e.g. Ea.
    """
    constants: list[AssumedConstant] | None = None
    """
    Constants that are given instead of estimated.
    """
    spread: Literal["uniform", "normal"] | None = None
    """
    How assumed constants lie in their ranges; normal: a central 95 %.
    """
    shares: list[float] | None = None
    """
    Shares failed whose time is asked, e.g. 0.1 for B10.
    """
    required_life: float | None = None
    """
    Life that the first share must reach in use, in the unit of the times.
    """
    test_level: float | None = None
    """
    p-value below which the tests of pooling object.
    """
    resamples: int | None = None
    """
    Of the test, to calibrate bounds where fewer than 30 failed; 0 leaves it.
    """
    seed: int | None = None
    """
    Of resamples and draws.
    """


class ActionPolicy(BaseModel):
    """
    What to do about drift: actions with their costs, and rules from evidence to action.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    currency: str | None = None
    """
    Currency, ISO 4217.
    """
    horizon_days: int | None = None
    """
    Days that are compared.
    """
    actions: list[PolicyAction]
    """
    What may be done, each kind once; keep is free.
    """
    not_acting: NotActing | None = None
    """
    What it costs to go on as it is.
    """
    rules: list[PolicyRule] | None = None
    """
    Rules, those that weigh most first.
    """
    event_kinds: Annotated[
        dict[
            str,
            Literal[
                "keep",
                "recalibrate",
                "clean",
                "replace-component",
                "refurbish",
                "replace-tool",
            ],
        ]
        | None,
        Field(max_length=50),
    ] = None
    """
    Which event kinds count as which action.
    """
    routine: list[str] | None = None
    """
    Event kinds that are done on schedule, whatever the state: no cure is meant.
    """


class ActionPolicyChange(BaseModel):
    """
    What of an action policy is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name in full.
    """
    document: ActionPolicy | None = None
    """
    The whole document, in place of the one there was.
    """


class ActionPolicyDraft(BaseModel):
    """
    An action policy to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name, unique at the site, never changed.
    """
    title: str
    """
    Name in full.
    """
    document: ActionPolicy
    """
    Actions with their costs, costs of going on, rules.
    """


class ActionPolicyView(BaseModel):
    """
    An action policy.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the policy.
    """
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name.
    """
    title: str
    """
    Name in full.
    """
    document: ActionPolicy
    """
    Actions with their costs, costs of going on, rules.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class ActionRankingParams(BaseModel):
    """
    Parameters of a ranking of actions.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    When past findings were opened: absolute, or relative.
    """
    alert: int | None = None
    """
    Number of the alert; absent: only the past is reported.
    """
    k: int | None = None
    """
    Places of the list that are looked at.
    """
    diversity: Literal["none", "mmr", "xquad"] | None = None
    """
    Re-ranking: none, mmr (unlike) or xquad (all aspects).
    """
    lambda_: float | None = None
    """
    Weight of the score against diversity; 1: score only.
    """
    rare_places: int | None = None
    """
    Of the first k, places for rare items that fit.
    """
    habit: float | None = None
    """
    Weight of what people chose, against the chance that it helps.
    """
    method: Literal["auto", "co-occurrence", "logistic"] | None = None
    """
    Model of use; auto: the best on later cases.
    """
    fewest: int | None = None
    """
    Cases of the kind below which the plan is shown.
    """
    safety: list[str] | None = None
    """
    Items that are relevant to safety, by name.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """
    seed: int | None = None
    """
    Of the bootstrap.
    """


class AdviceSentence(BaseModel):
    """
    A claim, rendered: its numbers were put in by the server.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    role: Literal[
        "finding",
        "cause",
        "action",
        "cost",
        "alternative",
        "tipping",
        "memory",
        "what-if",
        "refusal",
        "note",
    ]
    """
    What it does in the answer.
    """
    text: str
    """
    The sentence.
    """
    pieces: list[AdvicePiece]
    """
    The same in parts, with the evidence of each.
    """
    evidence: list[str]
    """
    Ids of all that it rests on.
    """
    comparisons: list[Comparison]
    """
    What it compares; all were computed anew.
    """
    case: str | None
    """
    Case that it is about.
    """


class AlterDemands(BaseModel):
    """
    Alter demands; scaling a quantity keeps the share of its spread (`cv`), not its `sd`.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["demands"] | None = None
    """
    Kind of edit.
    """
    where: GoodsWhere | None = None
    """
    Which demands.
    """
    field: (
        Literal["quantity", "price", "lost_cost", "backlog_cost", "fill_rate"] | None
    ) = None
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """
    periods: list[str] | None = None
    """
    Only in these; empty: all.
    """


class AlterInventories(BaseModel):
    """
    Alter what can be held.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["inventories"] | None = None
    """
    Kind of edit.
    """
    where: GoodsWhere | None = None
    """
    Which inventories.
    """
    field: Literal[
        "initial",
        "final",
        "holding_cost",
        "capacity",
        "safety_stock",
        "cover_days",
        "service_target",
    ]
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """


class AlterLanes(BaseModel):
    """
    Alter an amount of lanes; `cost` means all their money, tariffs included.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["lanes"] | None = None
    """
    Kind of edit.
    """
    where: LaneWhere | None = None
    """
    Which lanes.
    """
    field: Literal[
        "capacity",
        "minimum",
        "cost",
        "unit_cost",
        "fixed_cost",
        "shipment_cost",
        "shipment_size",
        "lead_time",
        "lead_time_sd",
        "co2_kg",
        "distance",
    ]
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """
    periods: list[str] | None = None
    """
    Only in these; empty: all.
    """


class AlterModes(BaseModel):
    """
    Alter what lanes of a mode cost, emit or take where they do not say so themselves.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["modes"] | None = None
    """
    Kind of edit.
    """
    mode: str | None = None
    """
    Code of the mode; null: every mode.
    """
    field: Literal["speed_km_per_day", "cost_per_tonne_km", "co2_kg_per_tonne_km"]
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """


class AlterPolicy(BaseModel):
    """
    Alter an amount of the policy: a carbon price or cap, a budget, a service level ...
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["policy"] | None = None
    """
    Kind of edit.
    """
    field: Literal[
        "carbon_price",
        "carbon_cap",
        "max_distance",
        "budget",
        "service_level",
        "capital_rate",
    ]
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """
    periods: list[str] | None = None
    """
    Of a carbon cap: only in these; empty: all together.
    """


class AlterProductions(BaseModel):
    """
    Alter productions: what they cost, yield and can start.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["productions"] | None = None
    """
    Kind of edit.
    """
    where: MakingWhere | None = None
    """
    Which productions.
    """
    field: Literal["capacity", "yield", "unit_cost", "hours_per_unit"]
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """
    periods: list[str] | None = None
    """
    Only in these; empty: all.
    """


class AlterSites(BaseModel):
    """
    Alter an amount of sites; `labour` means the unit cost of every tier.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["sites"] | None = None
    """
    Kind of edit.
    """
    where: SiteWhere | None = None
    """
    Which sites.
    """
    field: Literal[
        "fixed_cost",
        "open_cost",
        "close_cost",
        "throughput",
        "labour",
        "time_to_recover",
    ]
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """
    periods: list[str] | None = None
    """
    Only in these; empty: all.
    """


class AlterSupplies(BaseModel):
    """
    Alter what can be bought.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["supplies"] | None = None
    """
    Kind of edit.
    """
    where: GoodsWhere | None = None
    """
    Which supplies.
    """
    field: Literal["quantity", "minimum", "unit_cost"] | None = None
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """
    periods: list[str] | None = None
    """
    Only in these; empty: all.
    """


class AlterTools(BaseModel):
    """
    Alter tool groups: hours and OEE.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["tools"] | None = None
    """
    Kind of edit.
    """
    where: MakingWhere | None = None
    """
    Which tool groups.
    """
    field: Literal["hours", "oee"] | None = None
    """
    What is altered.
    """
    change: Alteration
    """
    How.
    """
    periods: list[str] | None = None
    """
    Only in these; empty: all.
    """


class AnalysisList(BaseModel):
    """
    Every analysis, by name.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[AnalysisView]
    """
    The analyses.
    """
    broken: list[PluginView]
    """
    Packages that were left out; empty if all load.
    """


class AttributeAgreementParams(BaseModel):
    """
    Parameters of the attribute agreement study.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristic: str
    """
    Code of the judgement; its value is the category, a whole number.
    """
    part: str | None = None
    """
    The part: unit_id, position, or a factor.
    """
    appraiser: str | None = None
    """
    Factor that judges: operator, tool ...
    """
    standard: str | None = None
    """
    Factor that holds the true category; empty: none.
    """
    standards: dict[str, int] | None = None
    """
    Part to its true category; outweighs the factor.
    """
    good: int | None = None
    """
    Category of what conforms.
    """
    names: dict[str, str] | None = None
    """
    Names of categories, e.g. {"0": "reject", "1": "pass"}.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"purpose": ["msa"]}.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class CalendarDraft(BaseModel):
    """
    A new version of a site's calendar.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    zone: str
    """
    IANA zone of the shifts.
    """
    effective_from: AwareDatetime
    """
    From when on it holds.
    """
    shifts: list[ShiftDraft]
    """
    Shifts, names unique.
    """
    holidays: list[HolidayDraft] | None = None


class CalendarView(BaseModel):
    """
    One version of a calendar, and what it says of an instant.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the version.
    """
    zone: str
    """
    IANA zone.
    """
    effective_from: AwareDatetime
    """
    From when on it holds, until the next.
    """
    shifts: list[ShiftDraft]
    """
    Its shifts by start.
    """
    holidays: list[HolidayDraft]
    """
    Its holidays by day.
    """
    current_shift: ShiftView | None
    """
    Shift running at the instant asked for.
    """
    last_shift: ShiftView | None
    """
    Last complete shift before that instant.
    """


class Capabilities(BaseModel):
    """
    Findings of a probe; what was not tried, or failed, is not supported.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    server: str | None = None
    """
    Address without secrets.
    """
    model: str | None = None
    """
    Model that was tried.
    """
    probed_at: int | None = None
    """
    When, in microseconds since 1970.
    """
    software: str | None = None
    """
    What the server says that it is.
    """
    identity: str | None = None
    """
    Digest of the model, or what names it best.
    """
    models: list[str] | None = None
    """
    Models that the server lists.
    """
    echoes_model: bool | None = None
    """
    It repeats any model's name: a name proves nothing.
    """
    stream: bool | None = None
    """
    It sends an answer piece by piece.
    """
    stream_usage: bool | None = None
    """
    It counts the tokens of a stream.
    """
    json_schema: bool | None = None
    """
    It keeps to a JSON schema.
    """
    json_object: bool | None = None
    """
    It keeps to some JSON object.
    """
    json_object_schema: bool | None = None
    """
    It keeps to a schema beside the wish for a JSON object.
    """
    grammar: bool | None = None
    """
    It keeps to a GBNF grammar.
    """
    logit_bias: bool | None = None
    """
    A token that is banned is gone.
    """
    logit_raise: bool | None = None
    """
    A token that is favoured comes.
    """
    logprobs: bool | None = None
    """
    It tells probabilities of tokens.
    """
    tools: bool | None = None
    """
    It calls a tool that it must call.
    """
    effort: bool | None = None
    """
    It reasons when told to, and says so.
    """
    adapters: list[str] | None = None
    """
    LoRA adapters that a request can choose.
    """
    adapter_form: Literal["", "llama.cpp", "vllm"] | None = None
    """
    How a request names its adapter; empty: it cannot.
    """
    tokenize: Literal["", "llama.cpp", "vllm"] | None = None
    """
    Form of its tokenizer; empty: none.
    """
    token_rates: TokenRates | None = None
    """
    Tokens per byte; null: its counts were not seen to be true.
    """
    context_length: int | None = None
    """
    Tokens of prompt and answer together, as the server says.
    """
    effective_length: int | None = None
    """
    Longest prompt, in tokens, in which a marked fact was found.
    """
    speculation: str | None = None
    """
    Kind of speculative decoding, as the server says; on: it tells no kind.
    """
    first_token_s: float | None = None
    """
    Time to the first token.
    """
    notes: list[str] | None = None
    """
    What the probe saw on its way.
    """


class CapabilityParams(BaseModel):
    """
    Parameters of the capability analysis.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str] | None = None
    """
    Codes; empty means every one of the site.
    """
    strata: list[str] | None = None
    """
    Factors to stratify by, each on its own: tool, lot, capillary, shift ...
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"tool": ["WB-07"]}.
    """
    subgroup: Literal["auto", "column", "unit", "individuals"] | int | str | None = None
    """
    Rational subgroup: column, unit, individuals (moving ranges), a count of consecutive values, or a factor such as factor:lot. auto: the column if filled, else individuals.
    """
    method: (
        Literal[
            "pooled",
            "pooled-biased",
            "rbar",
            "sbar",
            "moving-range",
            "median-moving-range",
        ]
        | None
    ) = None
    """
    Estimator of the within-subgroup sigma: pooled (over c4), pooled-biased (without c4), rbar, sbar; moving-range and median-moving-range take individuals.
    """
    convention: Literal["iso-22514-2", "aiag-2005"] | None = None
    """
    Letter of an index. iso-22514-2: of the total distribution, C only where stability is shown, else P. aiag-2005: of sigma within C, of sigma overall P.
    """
    requirement: float | None = None
    """
    Index required.
    """
    judged_by: Literal["lower-bound", "point"] | None = None
    """
    What has to reach the requirement: the lower bound of the index, or itself.
    """
    distribution: (
        Literal["auto"]
        | Literal[
            "normal",
            "lognormal",
            "weibull",
            "gamma",
            "rayleigh",
            "half-normal",
            "johnson-sl",
            "johnson-sb",
            "johnson-su",
            "box-cox",
            "yeo-johnson",
        ]
        | Literal["empirical", "clements"]
        | None
    ) = None
    """
    Distribution of the total. auto: normal unless rejected, then the best family; a family by name; empirical quantiles; or clements (Pearson curve by moments).
    """
    quantile_type: int | None = None
    """
    Sample quantile of Hyndman and Fan that empirical takes, 1 to 9.
    """
    lot_factor: str | None = None
    """
    Factor whose levels are the highest random level: its values are alike, and intervals allow for it. subgroup and unit name these columns. Without it neighbours count.
    """
    coverage: float | None = None
    """
    Share that tolerance intervals hold.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class CapillaryHealthParams(BaseModel):
    """
    Parameters of a study of capillaries.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str]
    """
    Codes of loop heights, all in one unit.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"tool": ["WB-07"]}.
    """
    per_hour: float | None = None
    """
    Touch-downs an hour where no counter tells; absent: the bonder's pace so far.
    """
    break_in: float | None = None
    """
    Touch-downs after a change that are left out; absent: estimated.
    """
    requirement: float | None = None
    """
    Capability index that must be kept.
    """
    planned_life: float | None = None
    """
    Touch-downs of the present policy; absent: the median of those taken off.
    """
    stratum: str | None = None
    """
    Factor to compare wear by; empty for none.
    """
    unit: Literal["unit", "subgroup"] | None = None
    """
    What holds the wires of a device together: unit or subgroup.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """
    seed: int | None = None
    """
    Seed of the bootstrap and of the test.
    """


class Chart(BaseModel):
    """
    Layers over two axes.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["chart"] = "chart"
    """
    Kind of block.
    """
    title: str
    """
    Title.
    """
    x: Axis
    """
    Horizontal axis.
    """
    y: Axis
    """
    Vertical axis.
    """
    layers: list[Layer]
    """
    Drawn in this order.
    """


class ChartDesign(BaseModel):
    """
    All that judges one characteristic on one chart.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: (
        Literal[
            "individuals",
            "xbar-r",
            "xbar-s",
            "three-way",
            "moving-average",
            "ewma",
            "cusum",
            "short-run-nominal",
            "short-run-standardized",
            "p",
            "np",
            "c",
            "u",
            "laney-p",
            "laney-u",
            "g",
            "t",
        ]
        | None
    ) = None
    """
    Kind of chart.
    """
    stream: str | None = None
    """
    Factor whose levels are judged apart; or none.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels that the chart is about.
    """
    subgroup: str | None = None
    """
    Rational subgroup: individuals, column, unit, count:5, factor:lot, or gap:1800 (a new one after so many seconds without a value).
    """
    rules: list[Rule] | None = None
    """
    Rules in use.
    """
    holds: list[str] | None = None
    """
    Names of the rules that hold the lot; the others warn.
    """
    width: float | None = None
    """
    Limits, in sigmas of the statistic.
    """
    lambda_: float | None = None
    """
    EWMA: weight of the newest value.
    """
    k: float | None = None
    """
    CUSUM: reference value, in sigmas.
    """
    h: float | None = None
    """
    CUSUM: decision interval, in sigmas.
    """
    headstart: float | None = None
    """
    CUSUM: where both sums start.
    """
    span: int | None = None
    """
    Moving average: its points.
    """
    probability: bool | None = None
    """
    Attribute charts: limits of equal tail probability instead of sigmas.
    """
    part: str | None = None
    """
    Short run: factor of the part.
    """
    parts: list[PartTarget] | None = None
    """
    Short run: targets by level of the part.
    """
    limits: list[StreamLimits]
    """
    By level of the stream; the one of level '' serves the others.
    """
    phase_one: PhaseOne | None = None
    """
    Where the limits come from.
    """


class ChartDesignChange(BaseModel):
    """
    What of a draft is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    note: str | None = None
    """
    Why this design.
    """
    design: ChartDesign | None = None
    """
    The whole design.
    """


class ChartDesignDraft(BaseModel):
    """
    A version of a chart design to be added, as a document or from a run of phase I.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    characteristic_id: int
    """
    Of which characteristic.
    """
    name: str
    """
    Name; versions of one name follow each other.
    """
    note: str | None = None
    """
    Why this design.
    """
    design: ChartDesign | None = None
    """
    The design; or else give run_id.
    """
    run_id: str | None = None
    """
    Succeeded run of the analysis phase-one whose design it is.
    """


class ChartDesignView(BaseModel):
    """
    A version of a chart design.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the design.
    """
    characteristic_id: int
    """
    Of which characteristic.
    """
    name: str
    """
    Name; versions of one name follow each other.
    """
    number: int
    """
    Number of the version: 1, 2 ...
    """
    state: Literal["draft", "approved", "retired"]
    """
    Only what is approved judges; then it is fixed.
    """
    design: ChartDesign
    """
    The document.
    """
    note: str
    """
    Why this design.
    """
    effective_from: AwareDatetime | None
    """
    Measurement time from which it judges.
    """
    approved_by: str | None
    """
    Who approved it.
    """
    approved_at: AwareDatetime | None
    """
    When it was approved.
    """
    retired_at: AwareDatetime | None
    """
    When another version took its place.
    """
    created_by: str
    """
    Who drafted it.
    """
    created_at: AwareDatetime
    """
    When it was drafted.
    """


class Claim(BaseModel):
    """
    A sentence: a template in English with {places}, and what stands there.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    role: Literal[
        "finding",
        "cause",
        "action",
        "cost",
        "alternative",
        "tipping",
        "memory",
        "what-if",
        "refusal",
        "note",
    ]
    """
    What it does in the answer.
    """
    template: str
    """
    English, with {names} for the slots.
    """
    slots: dict[str, Slot] | None = None
    """
    By name.
    """
    evidence: list[str] | None = None
    """
    Ids of all that it rests on, also without a place in it.
    """
    comparisons: list[Comparison] | None = None
    """
    What it compares, in words of the template.
    """
    case: str | None = None
    """
    Id of the case that it is about.
    """


class ClassifierAdoptParams(BaseModel):
    """
    Parameters of an adoption.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    dataset: str
    """
    Code of the dataset.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    rebuild: bool | None = None
    """
    Build the rows anew from the recipe of the dataset, as of now; what a schedule wants.
    """
    recipe: str | None = None
    """
    With `rebuild`: the recipe, as JSON. Left empty: that of the dataset when the run is submitted, so that a repeat builds the same rows.
    """
    model: str
    """
    Name of the model.
    """
    version: str
    """
    Number or alias of the version that came from outside.
    """
    only_later: bool | None = None
    """
    Only rows later than all that the version learned from, where both are known.
    """
    headline: (
        Literal["auto", "average_precision", "roc_auc", "brier", "log_loss"] | None
    ) = None
    """
    Score by which versions are compared; auto: average precision where an event is predicted, log-loss otherwise.
    """
    goal: Literal["cost", "precision", "recall"] | None = None
    """
    What the threshold is chosen by: costs of errors, a precision or a recall.
    """
    target: float | None = None
    """
    Precision or recall that is aimed at.
    """
    false_alarm: float | None = None
    """
    Cost of calling the event where there is none.
    """
    miss: float | None = None
    """
    Cost of not calling it, in the same unit.
    """
    calibrate: bool | None = None
    """
    Try sigmoid, isotonic and temperature maps; one is kept only if it helps rows that it was not fitted on.
    """
    coverage: float | None = None
    """
    Share of the rows of each class whose conformal set is to hold that class.
    """
    seed: int | None = None
    """
    Of draws.
    """


class ClassifierEvaluateParams(BaseModel):
    """
    Parameters of an evaluation.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    dataset: str
    """
    Code of the dataset.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    rebuild: bool | None = None
    """
    Build the rows anew from the recipe of the dataset, as of now; what a schedule wants.
    """
    recipe: str | None = None
    """
    With `rebuild`: the recipe, as JSON. Left empty: that of the dataset when the run is submitted, so that a repeat builds the same rows.
    """
    model: str
    """
    Name of the model.
    """
    versions: list[str] | None = None
    """
    Which of its versions: aliases or numbers; the first one is held against the others.
    """
    only_later: bool | None = None
    """
    Only rows later than all that the versions have learned from, where the dataset has times.
    """
    headline: (
        Literal["auto", "average_precision", "roc_auc", "brier", "log_loss"] | None
    ) = None
    """
    Score by which versions are compared; auto: average precision where an event is predicted, log-loss otherwise.
    """
    seed: int | None = None
    """
    Of the bootstrap.
    """


class ClassifierMonitorParams(BaseModel):
    """
    Parameters of the watch over a served classifier.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    dataset: str
    """
    Code of the dataset.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    rebuild: bool | None = None
    """
    Build the rows anew from the recipe of the dataset, as of now; what a schedule wants.
    """
    recipe: str | None = None
    """
    With `rebuild`: the recipe, as JSON. Left empty: that of the dataset when the run is submitted, so that a repeat builds the same rows.
    """
    model: str
    """
    Name of the model.
    """
    versions: list[str] | None = None
    """
    Which of its versions: the first one is watched, the others are held against it on the same later rows.
    """
    newest: int | None = None
    """
    Rows of the newest window, and of each stretch before it.
    """
    headline: (
        Literal["auto", "average_precision", "roc_auc", "brier", "log_loss"] | None
    ) = None
    """
    Score that is watched; auto: the one that the version was chosen by.
    """
    fdr: float | None = None
    """
    Share of false ones among all alarms of the nights together.
    """
    nights: int | None = None
    """
    Nights that share the promise of false alarms.
    """
    mature: float | None = None
    """
    Share of the labels of each class that must be known at an age, for rows of that age to be judged by their labels.
    """
    shift: float | None = None
    """
    Smallest change of a column that is worth a word, in its standard deviations.
    """
    calibration: float | None = None
    """
    Smallest miscalibration worth a word: 0.25 takes events over promised ones of 1/1.25 to 1.25 for right.
    """
    drop: float | None = None
    """
    Smallest loss of the score worth a word, as a share of what was promised.
    """
    seed: int | None = None
    """
    Of permutations and bootstrap.
    """


class ColumnMapping(BaseModel):
    """
    Which column of a file means what; files with the standard names need none.

    A column that has its standard name may be absent, except time, characteristic and value.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    time: TimeColumn | None = None
    """
    When it was measured.
    """
    characteristic: FromColumn | Constant | None = None
    """
    What was measured.
    """
    value: str | None = None
    """
    Column of the measured value.
    """
    wide: list[WideColumn] | None = None
    """
    Value columns of a wide file, in place of `value`.
    """
    unit: FromColumn | Constant | None = None
    """
    Unit of the values, converted to that of the characteristic.
    """
    unit_id: str | None = None
    """
    Serial of the unit measured.
    """
    position: str | None = None
    """
    Place on the unit: wire, site.
    """
    subgroup: str | None = None
    """
    Rational subgroup.
    """
    replicate: str | None = None
    """
    Number of the repeated reading.
    """
    seq: str | None = None
    """
    The source's own sequence number (int64).
    """
    n: str | None = None
    """
    Sample size or area of a count; 1 if absent.
    """
    factors: dict[str, str] | None = None
    """
    Factor name to column; null makes every other column a factor.
    """
    ignore: list[str] | None = None
    """
    Columns that mean nothing.
    """
    on_unknown_characteristic: Literal["reject"] | None = None
    """
    Rows of a characteristic that the site lacks are rejected.
    """
    decimal: Literal[".", ","] | None = None
    """
    Decimal mark of numbers in text.
    """
    thousands: Literal[".", ",", " ", "'"] | None = None
    """
    Mark between groups of three digits.
    """
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    """
    Separator of a CSV file; null finds it in the header.
    """
    encoding: str | None = None
    """
    Encoding of a CSV or JSON file.
    """
    skip_lines: int | None = None
    """
    Lines before the header of a CSV file.
    """


class ControlChartParams(BaseModel):
    """
    Parameters of the control-chart report.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    kind: (
        Literal[
            "individuals",
            "xbar-r",
            "xbar-s",
            "three-way",
            "moving-average",
            "ewma",
            "cusum",
            "short-run-nominal",
            "short-run-standardized",
            "p",
            "np",
            "c",
            "u",
            "laney-p",
            "laney-u",
            "g",
            "t",
        ]
        | None
    ) = None
    """
    Kind of chart: individuals, xbar-r, xbar-s, three-way, moving-average, ewma, cusum, short-run-nominal, short-run-standardized, p, np, c, u, laney-p, laney-u, g or t.
    """
    stream: str | None = None
    """
    Factor whose levels are charted apart; empty: all in one stream.
    """
    subgroup: str | None = None
    """
    Rational subgroup: individuals, column, unit, count:5, factor:lot, or gap:1800 (a new one after so many seconds without a value).
    """
    estimator: (
        Literal[
            "auto",
            "moving-range",
            "median-moving-range",
            "pooled",
            "rbar",
            "sbar",
            "overall",
        ]
        | None
    ) = None
    """
    Estimator of sigma; auto takes that of the kind: moving ranges, R-bar, S-bar.
    """
    rules: str | None = None
    """
    Set of rules: nelson, western-electric, limits or another.
    """
    width: float | None = None
    """
    Limits, in sigmas.
    """
    iterate: bool | None = None
    """
    Whether points beyond the limits are left out of phase I.
    """
    most: float | None = None
    """
    Largest share of a stream's points left out so.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"tool": ["WB-07"]}.
    """
    lambda_: float | None = None
    """
    EWMA: weight of the newest value.
    """
    k: float | None = None
    """
    CUSUM: reference value, in sigmas.
    """
    h: float | None = None
    """
    CUSUM: decision interval, in sigmas.
    """
    headstart: float | None = None
    """
    CUSUM: where both sums start.
    """
    span: int | None = None
    """
    Moving average: its points.
    """
    probability: bool | None = None
    """
    Attribute charts: limits of equal tail probability.
    """
    part: str | None = None
    """
    Short run: factor of the part.
    """
    characteristics: list[str] | None = None
    """
    Codes; empty means every one of the site.
    """
    design: str | None = None
    """
    Name of an approved chart design whose frozen limits, kind and rules judge; empty: limits of the window itself.
    """
    stages: str | None = None
    """
    Where a stage begins: event:capillary-change or factor:lot; empty: nowhere.
    """


class CorrelationView(BaseModel):
    """
    Lag-1 correlation of the newest points inside the limits.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    lag_one: float
    """
    Correlation, -1 to 1, corrected for its bias.
    """
    lower: float
    """
    Lower bound at 95 %.
    """
    upper: float
    """
    Upper bound at 95 %.
    """
    points: int
    """
    Points that it was taken from.
    """
    phrase: Phrase | None
    """
    The warning; null where it is small.
    """


class DatasetRecipe(BaseModel):
    """
    Rows, features and label of a dataset that is made from the database of one site.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    subject: str | None = None
    """
    What a row is.
    """
    rows: Annotated[UnitRows | SlotRows | FindingRows, Field(discriminator="kind")]
    """
    What a row stands for, and its moment.
    """
    features: list[
        Annotated[
            MeasuredFeature
            | ContextFeature
            | SinceEventFeature
            | EventCountFeature
            | PartAgeFeature,
            Field(discriminator="kind"),
        ]
    ]
    """
    What is known of a row at its moment.
    """
    label: Annotated[
        ValueLabel | NumberLabel | EventLabel | FindingLabel | OutcomeLabel | LifeLabel,
        Field(discriminator="kind"),
    ]
    """
    What is to be predicted.
    """
    names: LabelNames | None = None
    """
    Column and classes of the label.
    """
    group: str | None = None
    """
    Factor whose levels stay together in a split: tool, lot.
    """
    strata: list[str] | None = None
    """
    Factors for whose levels scores are told too.
    """
    start: AwareDatetime | None = None
    """
    Only rows whose moment is at or after it.
    """
    end: AwareDatetime | None = None
    """
    Only rows whose moment is before it.
    """
    arrival: Arrival | None = None
    """
    When a fact counts as known.
    """
    waived: list[str] | None = None
    """
    Columns that may tell the label alone; without it such a one is refused.
    """
    cautions: list[str] | None = None
    """
    What a reader of scores must know of these rows.
    """


class DatasetSummary(BaseModel):
    """
    What rows hold, counted.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    rows: int
    """
    Rows.
    """
    fingerprint: str
    """
    Digest of names, units and values.
    """
    label: str | None
    """
    Column of the labels; null: there is none.
    """
    labels: dict[str, int]
    """
    Rows of each label, the 50 most frequent.
    """
    unlabelled: int
    """
    Rows without a label.
    """
    first: str | None
    """
    Earliest time of a row.
    """
    last: str | None
    """
    Latest time of a row.
    """
    groups: int
    """
    Groups of rows.
    """
    largest_group: int
    """
    Rows of the largest one.
    """
    delay: dict[str, float] | None
    """
    Hours from a row to its label: median_h, p90_h, max_h; and how many wait.
    """
    balance: dict[str, Any] | None
    """
    Rows of each label in spans of time.
    """
    columns: list[dict[str, Any]]
    """
    Each column: type, role, unit, missing values, how its values spread.
    """
    warnings: list[DatasetWarningView]
    """
    Doubts about the rows.
    """


class DatasetUploadAnswer(BaseModel):
    """
    What became of a file, or would become of it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    revision: int | None
    """
    Number of the revision that was made; null after a preview.
    """
    seen: int
    """
    Rows of the file.
    """
    kept: int
    """
    Rows of it that can be kept.
    """
    repeated: int
    """
    Rows of it that were there already, and are left out.
    """
    rejected_count: int
    """
    Rows of it that cannot be kept.
    """
    rejected: list[RejectedDatasetRow]
    """
    The first 100 of them.
    """
    dropped: list[str]
    """
    Features of the document that the file lacks.
    """
    document: DatasetDocument
    """
    What each column was taken for.
    """
    summary: DatasetSummary
    """
    What all rows hold, those before included.
    """


class DegradationLifeParams(BaseModel):
    """
    Parameters of a life that is told from degradation.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    life_test: str
    """
    Code of the life test.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    groups: list[str] | None = None
    """
    Only these groups (lots, suppliers); empty means all.
    """
    confidence: float | None = None
    """
    Confidence of every bound and interval.
    """
    limit: float
    """
    Value at which a unit has failed, in its own unit.
    """
    shares: list[float] | None = None
    """
    Shares of units whose time is asked, e.g. 0.1 for B10.
    """
    model: (
        Literal["best", "wiener", "wiener-by-unit", "gamma-process", "paths"] | None
    ) = None
    """
    Model of the damage; best: the process of the least AIC, paths where none can be fitted.
    """
    path: (
        Literal["best", "linear", "square-root", "logarithm", "exponential", "power"]
        | None
    ) = None
    """
    Scales on which the paths of units are straight.
    """
    bent: bool | None = None
    """
    Whether damage may bend: the power of time of the processes is estimated.
    """
    one_unit: str | None = None
    """
    Unit whose own crossing is forecast; empty: none.
    """
    seed: int | None = None
    """
    Of the resamples.
    """


class Demand(BaseModel):
    """
    What a customer wants of a commodity, and what it costs not to serve it.

    Absent costs forbid: without `lost_cost` every unit must be served, without `backlog_cost` no
    unit may be served late.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    customer: str
    """
    Code of the site.
    """
    commodity: str
    """
    Code of the commodity.
    """
    quantity: float | str | None = None
    """
    Units in each period.
    """
    quantity_by_period: list[ByPeriod] | None = None
    """
    Exceptions.
    """
    forecast: ForecastRef | None = None
    """
    Takes the place of quantity.
    """
    spread: Spread | None = None
    """
    Null: known for certain.
    """
    price: float | str | None = None
    """
    Money for one unit; tells what is lost.
    """
    lost_cost: float | str | None = None
    """
    Money for a unit not served.
    """
    backlog_cost: float | str | None = None
    """
    Money for a unit that waits for a period.
    """
    fill_rate: float | None = None
    """
    Share of all periods to serve.
    """
    single_source: bool | None = None
    """
    Null: as the policy says.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class DemandForecastParams(BaseModel):
    """
    Parameters of the demand forecast.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    History: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str] | None = None
    """
    Codes of what is demanded.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"customer": ["CUST-01"]}.
    """
    by: list[str] | None = None
    """
    Factors: each combination of their levels is a series.
    """
    period: Literal["day", "week", "month"] | None = None
    """
    What demand is counted in; weeks start on Monday.
    """
    zone: str | None = None
    """
    IANA zone whose midnights periods start at.
    """
    horizon: int | None = None
    """
    Periods to forecast.
    """
    season: int | None = None
    """
    Periods of a cycle; null: of a week or a year.
    """
    interval: float | None = None
    """
    Level of the interval.
    """
    service: float | None = None
    """
    Probability that a stocked quantile suffices.
    """
    criterion: Literal["rmsse", "pinball"] | None = None
    """
    What the choice minimizes: rmsse (mean), pinball (stock).
    """
    methods: (
        list[
            Literal[
                "zero",
                "naive",
                "seasonal-naive",
                "mean",
                "ses",
                "croston",
                "sba",
                "tsb",
                "theta",
                "ets",
            ]
        ]
        | None
    ) = None
    """
    Candidates beside naive; empty: all that suit.
    """
    origins: int | None = None
    """
    Origins of the back test at most.
    """
    budget_s: float | None = None
    """
    Rough seconds of a core; fewer origins fit it.
    """
    reconciliation: Literal["mint", "bottom-up", "none"] | None = None
    """
    How sums are made to agree; none: bottom series only.
    """
    most: int | None = None
    """
    Bottom series at most; the rest is added up.
    """
    earlier: int | None = None
    """
    Earlier runs that are scored against what came.
    """


class DesignChangeView(BaseModel):
    """
    One thing that differs between two versions.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    pointer: str
    """
    Where: `/width`, `/limits/WB-07/center`, `/rules/2`.
    """
    before: Any
    """
    In the other version; null where it has none.
    """
    after: Any
    """
    In this version; null where it has none.
    """


class DesignDifference(BaseModel):
    """
    What differs between two versions of chart designs.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    before: int | None
    """
    Number of the other design; null: there is none.
    """
    after: int
    """
    Number of this design.
    """
    changes: list[DesignChangeView]
    """
    What differs; empty: nothing does.
    """


class DistancesView(BaseModel):
    """
    A revision whose distances were measured.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    flaw_count: int
    """
    How many wrong places there are.
    """
    flaws: list[FlawView]
    """
    The first 200 of them.
    """
    revision: ScenarioRevisionView | None
    """
    Null after a dry run: nothing is stored.
    """
    sentences: list[str]
    """
    What each edit does, in words.
    """
    diff: DiffView
    """
    How it differs from its parent.
    """
    source: str
    """
    Who measured.
    """
    measured: int
    """
    How many pairs are new.
    """
    unreachable: list[list[Any]]
    """
    Pairs without a way, the first 1000.
    """
    unplaced: list[str]
    """
    Sites without coordinates, the first 1000.
    """


class DrawnPoints(BaseModel):
    """
    The points to draw, as columns of equal length.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ts: list[int]
    """
    Microseconds since 1970 UTC, ascending.
    """
    value: list[float | None]
    """
    Plotted statistic; null: none, as without n.
    """
    size: list[float] | None
    """
    Values or sample size of each; null: single.
    """
    limits: LimitColumns | None
    """
    Null where they are those of the stages.
    """
    sums: SumColumns | None
    """
    Null for every kind but cusum.
    """
    flags: list[int]
    """
    Rules broken: bit i stands for `rules[i]`.
    """
    factors: dict[str, FactorView]
    """
    Factors of each point, by name.
    """


class DriftParams(BaseModel):
    """
    Parameters of the drift analysis of one characteristic of one tool.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    The record: absolute (start, end), relative (last), shift, or since.
    """
    characteristic: str
    """
    Code of the characteristic.
    """
    tool: str | None = None
    """
    Level of the stream factor that is judged; empty: all levels together.
    """
    stream: str | None = None
    """
    Factor whose levels are the tools.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"product": ["QFN32"]}.
    """
    point: str | None = None
    """
    What makes a point, the mean of its values: unit (a device), value, or a stretch of time such as 8h.
    """
    delta: float | None = None
    """
    Change that counts as nothing, as a share of the tolerance; without two limits: in standard deviations of the points, tenfold.
    """
    horizon_days: int | None = None
    """
    How far to look ahead, days.
    """
    corrections: str | None = None
    """
    Code of the characteristic that records program offsets; empty: events only.
    """
    group: list[str] | None = None
    """
    Further characteristics in the same unit, measured on the same devices; empty: the positions (wires) of the one.
    """
    policy: str | None = None
    """
    Code of the action policy; default: the site's, or ours.
    """
    arl0: float | None = None
    """
    Monitors: points to a false alarm.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """
    recurrence: bool | None = None
    """
    Whether earlier episodes of the tools are searched.
    """


class DriftScreenParams(BaseModel):
    """
    What is screened for drift, how it is judged, and what is promised.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time that is looked at; drift begins anywhere in it.
    """
    characteristics: list[str] | None = None
    """
    Codes; empty means every one of the site.
    """
    stream: str | None = None
    """
    Factor whose levels are judged apart; findings are of one level each.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"line": ["L1"]}.
    """
    point: str | None = None
    """
    What makes a point, the mean of its values: a stretch of time, e.g. 1h, or the name of a factor, e.g. lot.
    """
    judge_last: str | None = None
    """
    Last stretch that is compared with what was before, where no baseline is approved.
    """
    relative: bool | None = None
    """
    Judge each tool beside the median of the fleet at the same time: what moves all alike is taken out. Needs 5 tools, else they are judged as they are, and points that are stretches of time.
    """
    baselines: bool | None = None
    """
    Compare with the approved baseline of a characteristic where there is one.
    """
    delta: float | None = None
    """
    Width of the band in which a mean may wander, as a share of the tolerance.
    """
    delta_sigma: float | None = None
    """
    The same where there are not two limits: in standard deviations of the points of the baseline.
    """
    delta_spread: float | None = None
    """
    Relative change of the scatter that is allowed.
    """
    near_band: float | None = None
    """
    A value is near a limit in this outer share of the way from the middle to it.
    """
    delta_near: float | None = None
    """
    Change of the share near a limit that is allowed.
    """
    fdr: float | None = None
    """
    Share of false findings that is allowed, of all nights and shards together.
    """
    nights: int | None = None
    """
    Nights over which that is promised: a month.
    """
    shards: int | None = None
    """
    Schedules among which the streams are dealt.
    """
    shard: int | None = None
    """
    Which of them this one is, from 0.
    """
    evidence: Literal["findings", "all"] | None = None
    """
    Of which streams the other methods are asked too: those of the first findings, or all (5 ms each), which are then counted by method.
    """
    events: list[str] | None = None
    """
    Kinds of events that are matched; empty: all.
    """


class EvaluationView(BaseModel):
    """
    What the rows of a file mean.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    disposition: Literal["ok", "warn", "hold"] | None
    """
    The worst one: hold the lot if it is hold; null if nothing was judged.
    """
    ok: int
    """
    Samples that break no rule.
    """
    warn: int
    """
    Samples that break rules which warn.
    """
    hold: int
    """
    Samples that break rules which hold the lot.
    """
    unjudged: int
    """
    Samples without a disposition.
    """
    samples: list[ApiEvaluationsSampleView]
    """
    The worst first, then in time order; at most 1,000.
    """
    more: int
    """
    Samples that are not shown.
    """
    left: int | None = None
    """
    Rows beyond the first 20,000 of the file: they are not among the samples; what they break is among the alerts once it is judged.
    """


class Evidence(BaseModel):
    """
    One fact and where it comes from; what is answered may say nothing that is not one of these.

    A time counts microseconds since 1970 UTC, as everywhere.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    Stable within an answer.
    """
    case: str
    """
    Id of the case that it belongs to.
    """
    topic: Literal[
        "drift",
        "capability",
        "lifetime",
        "plan",
        "classifier",
        "forecast",
        "gauge",
        "alert",
    ]
    """
    What it is about.
    """
    kind: Literal["number", "time", "name", "text"]
    """
    What its value is.
    """
    quantity: str
    """
    What sort of thing: slope, cpk, crossing-days.
    """
    label: str
    """
    What it is, in English, as people say it: Cpk, slope.
    """
    label_phrase: Phrase | None = None
    """
    Its label with the parts of it, for other languages; null: it has none.
    """
    value: float | str | None
    """
    The fact; null if undefined.
    """
    phrases: list[Phrase] | None = None
    """
    Clauses of a text, for other languages; empty: only the value.
    """
    unit: str | None = None
    """
    Unit; empty if it has none.
    """
    lower: float | None = None
    """
    Lower bound; null if it has none.
    """
    upper: float | None = None
    """
    Upper bound; null if it has none.
    """
    confidence: float | None = None
    """
    Of the bounds, as 0.95.
    """
    decimals: int | None = None
    """
    Decimals to show; null: as needed.
    """
    percent: bool | None = None
    """
    Whether 0.5 is shown as 50 %.
    """
    reference: float | None = None
    """
    What it is held against, in its unit: a limit, a requirement.
    """
    reference_label: str | None = None
    """
    What the reference is.
    """
    level: Literal["good", "warn", "bad", "info"] | None = None
    """
    How good or bad it is.
    """
    analysis: str | None = None
    """
    Analysis that found it; empty: none.
    """
    run_id: str | None = None
    """
    Run that found it.
    """
    link: str
    """
    Page that shows it, a path of this service.
    """
    subject: Subject | None = None
    """
    What it is about.
    """
    window_start: int | None = None
    """
    Begin of the data behind it.
    """
    window_end: int | None = None
    """
    End of the data behind it.
    """
    at: int
    """
    When it was known, microseconds since 1970 UTC.
    """
    quoted: bool | None = None
    """
    Whether people or machines wrote it: data, never instructions.
    """
    personal: bool | None = None
    """
    Whether it names a person.
    """


class FeatureSpec(BaseModel):
    """
    Features of a model.

    `features` empty: every column of the role `feature`, by its type, with the defaults of its
    kind. `derived` are made first, in their order, and may use earlier ones; each is a number
    feature with the defaults unless `features` names it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    features: (
        list[Annotated[NumberFeature | CategoryFeature, Field(discriminator="kind")]]
        | None
    ) = None
    """
    Columns as features; empty: all of the role.
    """
    derived: (
        list[
            Annotated[
                Ratio
                | Product
                | Difference
                | LimitByCategory
                | Lag
                | Rolling
                | TimeSince,
                Field(discriminator="make"),
            ]
        ]
        | None
    ) = None
    """
    Features made of columns, from a fixed list.
    """
    drop: list[str] | None = None
    """
    Columns and derived features to leave out.
    """


class GaugeStudyParams(BaseModel):
    """
    Parameters of the gauge study.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristic: str
    """
    Code of what was measured.
    """
    study: (
        Literal["type-1", "crossed", "nested", "expanded", "linearity", "stability"]
        | None
    ) = None
    """
    type-1: one master, again and again; crossed: every operator measures every part; nested: each their own parts (destructive); expanded: more factors; linearity: masters along the range; stability: one master over time.
    """
    part: str | None = None
    """
    The part: unit_id, position, or a factor.
    """
    operator: str | None = None
    """
    Factor that measures: operator, tool ...
    """
    further: list[str] | None = None
    """
    Expanded: more factors, e.g. gauge, day, fixture.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"purpose": ["msa"]}.
    """
    method: Literal["auto", "anova", "reml", "range"] | None = None
    """
    auto: anova where the data are balanced, else reml.
    """
    interaction: Literal["pool", "keep", "drop"] | None = None
    """
    Of operator and part. pool: with repeatability where its p is above 0.25.
    """
    reference: float | None = None
    """
    Type-1 and stability: true value of the master, in the unit.
    """
    references: dict[str, float] | None = None
    """
    Linearity: part to its true value, in the unit.
    """
    tolerance: float | None = None
    """
    Width of the tolerance, used where the specification lacks a limit.
    """
    process_sigma: float | None = None
    """
    Standard deviation of the process as measured; absent: of the parts studied.
    """
    process_mean: float | None = None
    """
    Mean of the process, for risks; absent: of the parts studied.
    """
    width: float | None = None
    """
    Standard deviations compared to the tolerance.
    """
    k_percent: float | None = None
    """
    Type-1: K, per cent of the tolerance.
    """
    spread: float | None = None
    """
    Type-1: L in standard deviations, 6 (Bosch, Minitab) or 4 (VDA 5).
    """
    index_required: float | None = None
    """
    Type-1: least Cg and Cgk.
    """
    resolution: float | None = None
    """
    Type-1: smallest step that the gauge shows, in the unit.
    """
    accept: float | None = None
    """
    Ratio up to which a gauge is accepted, 0.1 = 10 %.
    """
    reject: float | None = None
    """
    Ratio above which it is rejected, 0.3 = 30 %.
    """
    consumer_risk: float | None = None
    """
    Highest share of products that may be outside and accepted.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class GreenfieldParams(BaseModel):
    """
    Parameters of a greenfield study.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    scenario: str
    """
    Code of the scenario.
    """
    revision: int | None = None
    """
    Revision; absent: the newest.
    """
    objective: Literal["median", "center"] | None = None
    """
    Least transport and fixed cost, or least longest way.
    """
    sites: int | None = None
    """
    Number of sites; absent: cheapest, or the knee.
    """
    most: int | None = None
    """
    The curve goes up to this number.
    """
    candidates: Literal["customers", "sites", "grid"] | None = None
    """
    Where they may stand: at customers, at the scenario's candidates, on a grid.
    """
    grid_degrees: float | None = None
    """
    Distance of grid points.
    """
    mode: str | None = None
    """
    Mode of the ways to customers.
    """
    rate: float | None = None
    """
    Money for a tonne and km; absent: the mode's own.
    """
    fixed_cost: float | None = None
    """
    Money for a site in all periods; candidates have theirs.
    """
    max_km: float | None = None
    """
    Longest way allowed, km.
    """
    cover_km: float | None = None
    """
    Coverage distance, km.
    """
    cover_share: float | None = None
    """
    Share of the quantity within `cover_km`.
    """
    refine: bool | None = None
    """
    Move the sites off the candidates at the end.
    """
    seed: int | None = None
    """
    Seed of random starts.
    """


class HonestyLedgerParams(BaseModel):
    """
    Parameters of the honesty ledger.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    When predictions were due and findings were seen: absolute, or relative.
    """
    analyses: list[str] | None = None
    """
    Names of analyses to judge; empty means all.
    """
    false_share: float | None = None
    """
    Share of false findings that is promised.
    """


class IngestAnswer(BaseModel):
    """
    What became of a file.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    ingest_id: int
    """
    Number of the ingest: /v1/ingests/{id}.
    """
    state: Literal["succeeded", "failed"]
    """
    Failed: the rest of the file could not be read; what was read is stored.
    """
    rows: int
    """
    Rows read.
    """
    accepted: int
    """
    New rows, stored.
    """
    duplicate: int
    """
    Rows that were stored before, with the same content.
    """
    conflicting: int
    """
    Rows whose key is stored with other content.
    """
    rejected: int
    """
    Rows that are wrong.
    """
    warnings: list[str]
    """
    What is worth a look.
    """
    error: str | None
    """
    Why the rest could not be read; null if it was.
    """
    refused: list[RefusedRow]
    """
    The first 100 rows that were not stored; all: /v1/ingests/{id}/rejections.
    """
    evaluation: EvaluationView | None = None
    """
    What the rows mean; null unless asked for by `evaluate`.
    """


class Inventory(BaseModel):
    """
    A commodity that a site can hold; where there is none, nothing is carried over.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of the site.
    """
    commodity: str
    """
    Code of the commodity.
    """
    initial: float | str | None = None
    """
    Units at the start.
    """
    final: float | str | None = None
    """
    Units at the end at least.
    """
    holding_cost: float | str | None = None
    """
    Money for a unit held for a period.
    """
    capacity: float | str | None = None
    """
    Units at most; null: no limit.
    """
    safety_stock: float | str | None = None
    """
    Units at the end of a period at least.
    """
    cover_days: float | None = None
    """
    Safety stock as days of mean outflow, instead of units.
    """
    service_target: float | None = None
    """
    Cycle service that positioning aims at.
    """
    safety_cost: list[SafetyCost] | None = None
    """
    Points of the cost of safety stock, from throughput 0 upwards.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class InventoryPositioningParams(BaseModel):
    """
    Parameters of inventory positioning.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    scenario: str
    """
    Code of the scenario.
    """
    revision: int | None = None
    """
    Revision; null: the newest.
    """
    sourcing: Literal["cheapest", "history", "plan"] | None = None
    """
    Ways along which demand becomes orders: the cheapest for a unit, those of the past, or those of a plan that weighs the stock which its flows need.
    """
    rounds: int | None = None
    """
    Rounds of planning flows and stock, with a plan.
    """
    plan_gap: float | None = None
    """
    Relative gap of such a plan.
    """
    plan_nodes: int | None = None
    """
    Nodes of the search for such a plan.
    """
    service_target: float | None = None
    """
    Cycle service where an inventory has no target.
    """
    holding_rate: float | None = None
    """
    Cost a year, over value, where no holding cost is.
    """
    order_cost: float | None = None
    """
    Money for an order, for order quantities.
    """
    production_days: int | None = None
    """
    From start to good output.
    """
    supply_days: int | None = None
    """
    Until a supplier ships.
    """
    promise_days: int | None = None
    """
    Until an order of a customer must be shipped.
    """
    demand_correlation: float | None = None
    """
    Of any two demands; 0: independent.
    """
    random_lead_times: bool | None = None
    """
    Whether the spread of lead times is covered.
    """
    default_cv: float | None = None
    """
    Spread of a period's demand over its mean, if absent.
    """
    replications: int | None = None
    """
    Of the simulation.
    """
    days: int | None = None
    """
    Days of each that count.
    """
    within_bounds: bool | None = None
    """
    Simulate demand cut to the bounds that the model reckons with.
    """
    seed: int | None = None
    """
    Of the simulation.
    """
    max_gap: float | None = None
    """
    Relative gap at which the search may stop.
    """
    node_limit: int | None = None
    """
    Branch-and-bound nodes at most.
    """


class Lane(BaseModel):
    """
    A connection by one mode; its costs are for one unit of `basis`.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    origin: str
    """
    Code of a site.
    """
    destination: str
    """
    Code of a site.
    """
    mode: str | None = None
    """
    Code of a mode.
    """
    commodities: list[str] | None = None
    """
    What it carries; empty: all.
    """
    basis: Literal["quantity", "weight", "volume"] | None = None
    """
    What costs and capacities count.
    """
    unit_cost: float | str | None = None
    """
    Money for one unit of load; null: from the mode's rate.
    """
    fixed_cost: float | str | None = None
    """
    Money for each period it is used in.
    """
    shipment_cost: float | str | None = None
    """
    Money for each shipment.
    """
    shipment_size: float | str | None = None
    """
    Load of a shipment at most.
    """
    tariff: Tariff | None = None
    """
    Discounts; replaces `unit_cost`.
    """
    minimum: float | str | None = None
    """
    Load of a period in which it is used.
    """
    capacity: float | str | None = None
    """
    Load of a period at most.
    """
    capacity_by_period: list[ByPeriod] | None = None
    """
    Exceptions.
    """
    lead_time: float | str | None = None
    """
    Mean; null: distance by speed.
    """
    lead_time_sd: float | str | None = None
    """
    Standard deviation of the lead time.
    """
    co2_kg: float | None = None
    """
    For one unit of load; null: from the mode's factor.
    """
    distance: float | str | None = None
    """
    Null: measured, see `distances`.
    """
    incoterm: (
        Literal["EXW", "FCA", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"]
        | None
    ) = None
    """
    Who pays freight and duty.
    """
    open: bool | None = None
    """
    False: it may not be used.
    """
    tags: list[str] | None = None
    """
    Business tags; soft constraints and edits name them.
    """


class LifeRevisionView(BaseModel):
    """
    A revision of a life test without its rows; it is never changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    number: int
    """
    Its number; 1 is the first.
    """
    note: str
    """
    What has changed, and why.
    """
    origin: dict[str, Any]
    """
    `kind`: replace, merge or document; and the file that it came from.
    """
    document: LifeTestDocument
    """
    What was said of the test then.
    """
    size: int
    """
    Bytes of its rows, compressed.
    """
    sha256: str
    """
    Digest of its rows.
    """
    summary: LifeSummary
    """
    What its rows hold.
    """
    created_by: str
    """
    Who made it.
    """
    created_at: AwareDatetime
    """
    When it was made.
    """


class LifeTestChange(BaseModel):
    """
    What of a life test is to be changed, besides its rows.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name for readers.
    """
    document: LifeTestDocument | None = None
    """
    The whole document, in place of the one there was; with rows, a revision.
    """
    archived: bool | None = None
    """
    Whether it is out of use: not listed, no new runs.
    """


class LifeTestPlanParams(BaseModel):
    """
    Parameters of a life-test plan.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    goal: Literal["demonstrate", "estimate", "accelerate", "remaining"] | None = None
    """
    demonstrate: show a reliability; estimate: tell a percentile of life within a factor; accelerate: the same under raised stress; remaining: how long a test in progress must still run.
    """
    life_test: str | None = None
    """
    Remaining: code of the life test in progress.
    """
    aim: Literal["demonstrate", "failures", "precision"] | None = None
    """
    Remaining: until a reliability is shown, so many units have failed, or the percentile is known within the factor.
    """
    unit: str | None = None
    """
    Unit of every time.
    """
    reliability: float | None = None
    """
    Share of units that must last the life.
    """
    life: float | None = None
    """
    Life that they must last, in the unit.
    """
    confidence: float | None = None
    """
    Confidence of a demonstration, one-sided.
    """
    interval: float | None = None
    """
    Confidence of two-sided intervals.
    """
    accept: int | None = None
    """
    Most failures with which a test is still passed.
    """
    family: Literal["weibull", "lognormal", "loglogistic"] | None = None
    """
    Distribution of the life.
    """
    shape: float | None = None
    """
    Weibull (or loglogistic) shape that is assumed.
    """
    shape_lower: float | None = None
    """
    Lowest shape that may be true.
    """
    shape_upper: float | None = None
    """
    Highest shape that may be true.
    """
    sigma: float | None = None
    """
    Lognormal: scale of the log life that is assumed.
    """
    scale: float | None = None
    """
    Estimate: characteristic life (Weibull eta) or median that is assumed.
    """
    p: float | None = None
    """
    Share failed whose life is to be told; 0.1 is B10.
    """
    factor: float | None = None
    """
    Precision factor: the interval may reach from life / factor to life * factor.
    """
    duration: float | None = None
    """
    When the test ends; absent: one life (demonstrate).
    """
    units: int | None = None
    """
    Units there are; absent: as many as needed.
    """
    mtbf_ratio: float | None = None
    """
    Demonstrate: MTBF that should pass over the one that should not; given, a fixed-duration test of a constant rate is planned beside, with the life as the lower MTBF.
    """
    producer_risk: float | None = None
    """
    Risk to fail units of the higher MTBF.
    """
    stresses: list[PlannedStressRange] | None = None
    """
    Accelerate: one stress or two.
    """
    failing_at_high: float | None = None
    """
    Accelerate: share that fails by the end with every stress at its highest.
    """
    design: Literal["optimum", "compromise"] | None = None
    """
    Accelerate: optimum has two levels and rests on the model; compromise has three with 4:2:1 units.
    """
    cells: list[PlannedCell] | None = None
    """
    Accelerate: a plan of your own, judged beside.
    """
    failures: int | None = None
    """
    Remaining: failures wanted in all.
    """
    wanted: int | None = None
    """
    Accelerate: failures that each cell should have.
    """


class LifeUploadAnswer(BaseModel):
    """
    What became of a file, or would become of it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    revision: LifeRevisionView | None
    """
    The revision that was made; null after a preview: nothing is stored.
    """
    seen: int
    """
    Rows of the file.
    """
    kept: int
    """
    Rows of it that can be kept.
    """
    rejected_count: int
    """
    Rows of it that cannot be kept.
    """
    rejected: list[RejectedLifeRow]
    """
    The first 100 of them.
    """
    columns: dict[str, str]
    """
    Role to the column that was taken for it.
    """
    stresses: dict[str, str]
    """
    Stress to the column that was taken for it.
    """
    ignored: list[str]
    """
    Columns that mean nothing here.
    """
    warnings: list[str]
    """
    What was assumed, as it may not be meant.
    """
    summary: LifeSummary
    """
    What all rows hold, those before included.
    """


class LifetimeBatchParams(BaseModel):
    """
    Parameters of a batch of lives.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    life_test: str
    """
    Code of the life test.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    groups: list[str] | None = None
    """
    Only these groups (lots, suppliers); empty means all.
    """
    confidence: float | None = None
    """
    Confidence of every bound and interval.
    """
    family: Literal["best", "weibull", "lognormal"] | None = None
    """
    One distribution for all; best: the likelier over all of them.
    """
    share: float | None = None
    """
    Share of failures, 0.1 for B10.
    """
    target: float | None = None
    """
    Life of that share that is asked at least; absent: none.
    """
    mode: str | None = None
    """
    Only this failure mode; empty: all.
    """
    false_share: float | None = None
    """
    Share of false findings among those that stand out.
    """
    seed: int | None = None
    """
    Of the draws that calibrate bounds.
    """


class LifetimeCompareParams(BaseModel):
    """
    Parameters of a comparison of the lives of groups.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    life_test: str
    """
    Code of the life test.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    groups: list[str] | None = None
    """
    Only these groups (lots, suppliers); empty means all.
    """
    confidence: float | None = None
    """
    Confidence of every bound and interval.
    """
    family: Literal["best", "weibull", "lognormal"] | None = None
    """
    Distribution; best: the likelier of both over all groups.
    """
    reference: str | None = None
    """
    Group that the others are compared with; empty: every pair is compared.
    """
    share: float | None = None
    """
    Share failed at which lives are compared: 0.1 is the B10.
    """
    shapes: Literal["own", "common"] | None = None
    """
    Whether each group has a shape of its own in the ratios, or all have one: then the ratio is the same at every share, and a group without failures is compared too.
    """
    margin: float | None = None
    """
    Ratio of lives that does not matter, e.g. 1.5: groups can then be shown to be alike within it (two one-sided tests).
    """
    mode: str | None = None
    """
    Only this mode; empty means all.
    """
    ratios: list[float] | None = None
    """
    Ratios of lives for which the units that tell them apart are worked out.
    """
    power: float | None = None
    """
    Chance with which they shall be told apart.
    """
    test_end: float | None = None
    """
    Time at which such a test ends; absent: the longest time on this test.
    """
    indistinct_below: float | None = None
    """
    Difference (twice the log-likelihood) below which the distributions are not told apart.
    """
    seed: int | None = None
    """
    Of the drawn tests.
    """


class LifetimeFitParams(BaseModel):
    """
    Parameters of a fit of lives.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    life_test: str
    """
    Code of the life test.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    groups: list[str] | None = None
    """
    Only these groups (lots, suppliers); empty means all.
    """
    confidence: float | None = None
    """
    Confidence of every bound and interval.
    """
    families: (
        list[
            Literal[
                "all",
                "weibull",
                "lognormal",
                "exponential",
                "loglogistic",
                "gamma",
                "generalized_gamma",
                "normal",
                "gumbel",
                "weibull_3p",
                "lognormal_3p",
                "defective_weibull",
                "defective_lognormal",
                "mixture_weibull",
            ]
        ]
        | None
    ) = None
    """
    Distributions that are compared; all: every one there is.
    """
    quantiles: list[float] | None = None
    """
    Shares failed whose time is asked: 0.1 is B10.
    """
    times: list[float] | None = None
    """
    Times, in the unit of the test, beyond which the surviving share is asked.
    """
    mode: str | None = None
    """
    Only this failure mode: units that failed by another count as not failed. Empty: whatever they failed by.
    """
    competing: Literal["look", "ignore"] | None = None
    """
    Whether failure modes that are named are fitted one by one, beside the whole.
    """
    mechanism: str | None = None
    """
    Failure mechanism by its code, e.g. electromigration; ask: those that the document of the test may mean are listed; empty: what the document names.
    """
    rules: GovernanceRules | None = None
    """
    Rules of the choice.
    """
    waiver: str | None = None
    """
    Why the mechanism is followed against the data, where that needs a waiver.
    """
    waived_by: str | None = None
    """
    Who answers for the waiver.
    """
    rationale: str | None = None
    """
    What else speaks for the choice, in words; kept on record.
    """
    method: (
        Literal["auto", "likelihood-ratio", "calibrated", "pivot", "wald"] | None
    ) = None
    """
    How bounds are made; auto: pivots where they are exact, the likelihood ratio from 30 failures, calibrated below.
    """
    as_in: list[Literal["weibull++", "minitab", "jmp"]] | None = None
    """
    Packages whose results are reproduced beside ours, to check old reports.
    """
    shape: float | None = None
    """
    Shape (beta) of the mechanism that is known from earlier tests: Weibayes.
    """
    shape_range: list[Any] | None = None
    """
    Shapes between which the shape lies with 90 % probability: Bayesian Weibull.
    """
    resolution: float | None = None
    """
    To what the times were read, in their unit; absent: told by their digits.
    """
    negative_threshold: bool | None = None
    """
    Whether a threshold may lie before time 0.
    """
    departures: Literal["look", "ignore"] | None = None
    """
    Whether a plateau or a bend of the plot brings in the models that explain it.
    """
    resamples: int | None = None
    """
    Draws of the likelihood ratio of a model on the boundary of another.
    """
    seed: int | None = None
    """
    Of every draw.
    """


class ListingActionPolicyView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ActionPolicyView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingCalendarView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[CalendarView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingChartDesignView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ChartDesignView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingLifeRevisionView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[LifeRevisionView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingMarkView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ApiMarksMarkView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingModelAliasView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ModelAliasView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingModelPromotionView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ModelPromotionView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingModelVersionView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ModelVersionView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingModelView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ModelView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingReactionPlanView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ReactionPlanView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingReasonView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ReasonView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingRefusedRow(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[RefusedRow]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingRevisionView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[RevisionView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingRunSummary(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[RunSummary]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingScenarioRevisionView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ScenarioRevisionView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingScenarioView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ScenarioView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingScheduleView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ScheduleView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingSiteView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[SiteView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingToolView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[ToolView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingUnionMemoryViewRecalledView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[MemoryView | RecalledView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingUserView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[UserView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class LongTermCapabilityParams(BaseModel):
    """
    Parameters of the long-term capability analysis.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str] | None = None
    """
    Codes; empty means every one of the site.
    """
    nesting: list[str] | None = None
    """
    Factors from the outermost to the innermost; those that the data lack are passed over.
    """
    strata: list[str] | None = None
    """
    Factors whose levels are judged beside the pool; absent ones are passed over.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"tool": ["WB-07"]}.
    """
    period: Literal["month", "week"] | None = None
    """
    Length of the periods that the trend is made of.
    """
    requirement: float | None = None
    """
    Index required.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class LoopClearanceParams(BaseModel):
    """
    Parameters of a study of loop clearance.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    package: str
    """
    Code of the package: its geometry is used.
    """
    apex: str | None = None
    """
    Characteristic of the apex; empty: what the package names. A code here spares reading all characteristics of the site.
    """
    rise: str | None = None
    """
    Characteristic of the rise.
    """
    descent: str | None = None
    """
    Characteristic of the descent.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels that count, e.g. those of the package's devices.
    """
    requirement_ppm: float | None = None
    """
    Probability of contact that is allowed, ppm.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """
    tail: float | None = None
    """
    Share of the smallest margins that is the tail.
    """
    cluster: str | None = None
    """
    Factor whose units are alike; or none.
    """
    sweep: Literal["none", "together", "worst"] | None = None
    """
    Sweep allowance: none; together: all wires at once, as far as angle and span say; worst: each wire of a pair swept or not, whatever is nearest.
    """
    from_top: bool | None = None
    """
    Whether heights were measured to the top of the wire.
    """
    between_um: float | None = None
    """
    Distance that must remain between wires, um.
    """
    near_um: float | None = None
    """
    Pairs whose middles are farther apart are left out, um; absent: 1.5 times the widest gap from a wire to its nearest.
    """


class LoopHeightParams(BaseModel):
    """
    Parameters of charts of loop height.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    apex: str
    """
    Characteristic of the loop height (apex).
    """
    rise: str | None = None
    """
    Characteristic of the first-bond rise; or none.
    """
    descent: str | None = None
    """
    Characteristic of the descent; or none.
    """
    types: list[str] | None = None
    """
    Factors that tell types of loop apart: each has charts of its own.
    """
    tool: str | None = None
    """
    Factor of the bonder.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels that count.
    """
    phase_one: float | None = None
    """
    Share of the units that limits are estimated from.
    """
    design: str | None = None
    """
    Name of an approved chart design of the apex; empty: limits of the window.
    """
    rules: RuleChoice | None = None
    """
    Rules that judge.
    """
    per_hour: float | None = None
    """
    Touch-downs an hour where no counter tells.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class LoopProgramCalibrationParams(BaseModel):
    """
    Parameters of a program calibration.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str]
    """
    Codes of loop heights, all in one unit.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"gauge": ["XR-1"]}.
    """
    set_point_factor: str | None = None
    """
    Factor whose levels are set-points; empty: another source.
    """
    set_points: dict[str, float] | None = None
    """
    Program to set-point; empty: the package's nominal heights or the target.
    """
    package: str | None = None
    """
    Code of a package whose wires name their nominal height.
    """
    program: str | None = None
    """
    Factor of the bond program.
    """
    wire: str | None = None
    """
    Factor of the wire type.
    """
    geometry: str | None = None
    """
    Factor of the geometry.
    """
    cluster: str | None = None
    """
    Factor whose levels share an error; the unit where it is absent.
    """
    least_spread: float | None = None
    """
    Range of set-points below which there is no scale.
    """
    lambda_: float | None = None
    """
    Weight of the newest lot.
    """
    width: float | None = None
    """
    Half-width of the dead band in standard errors.
    """
    dead_band: float | None = None
    """
    Error that must be told from none, in the unit: the least dead band, and corrections are refused where the standard error is wider; absent: none.
    """
    gauge_sigma: float | None = None
    """
    Sigma of the gauge (GRR), in the unit; absent: not judged.
    """
    gauge_bias: float | None = None
    """
    Bias of the gauge, e.g. of a metrology agreement; taken off.
    """
    gauge_bias_uncertainty: float | None = None
    """
    Standard uncertainty of that bias, in the unit.
    """
    grr_limit: float | None = None
    """
    Share of the tolerance that the gauge may take.
    """
    corrections: str | None = None
    """
    Code of a characteristic with the corrections made; empty: none.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """
    seed: int | None = None
    """
    Seed of the controller's simulation.
    """


class Map(BaseModel):
    """
    Places and connections over the outlines of countries.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["map"] = "map"
    """
    Kind of block.
    """
    title: str
    """
    Title.
    """
    places: list[Place]
    """
    Points.
    """
    links: list[Link] | None = None
    """
    Drawn below the points.
    """


class MarksDraft(BaseModel):
    """
    What is said of some measurements of one characteristic.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["annotate", "exclude", "include", "void", "restore"]
    """
    annotate: a remark; exclude: limits are not estimated from it, until include; void: it enters no statistics, until restore.
    """
    cause: str | None = None
    """
    Code of the catalogue: why.
    """
    action: str | None = None
    """
    Code of the catalogue: what was done.
    """
    note: str | None = None
    """
    In words; needed where no code is given.
    """
    items: list[PointKey]
    """
    The measurements, each once.
    """


class MetrologyAgreementParams(BaseModel):
    """
    Parameters of a metrology agreement.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    reference: str
    """
    Code of the characteristic measured by the reference.
    """
    compared: str
    """
    Code of the characteristic that is compared, on the same units and positions.
    """
    stratum: str | None = None
    """
    Factor of the compared values; or none.
    """
    ratio: float | None = None
    """
    Error variance of compared over reference, for Deming's line.
    """
    allowed: float | None = None
    """
    Difference that is allowed, in the unit; absent: any.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class ModelComparison(BaseModel):
    """
    Versions of a model side by side.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    versions: list[int]
    """
    Their numbers, in the order of the columns.
    """
    scores: list[ScoreRowView]
    """
    Each score of all of them.
    """
    spec: list[DifferenceView]
    """
    Where their specs differ.
    """
    data: list[DifferenceView]
    """
    Where what they learned from differs.
    """
    libraries: list[DifferenceView]
    """
    Where their libraries differ.
    """


class MultivariateChartParams(BaseModel):
    """
    Parameters of the multivariate chart.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristics: list[str]
    """
    Codes, measured on the same units.
    """
    positions: list[str] | None = None
    """
    Positions (wires) that count, each a variable; empty means all of them.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"tool": ["WB-07"]}.
    """
    method: Literal["t2", "mewma"] | None = None
    """
    t2 finds large shifts, mewma small ones that last.
    """
    phase_one_share: float | None = None
    """
    Share of the units, from the first on, that sets the limits; 1: all of them.
    """
    covariance: Literal["sample", "successive-differences"] | None = None
    """
    sample, or successive-differences where phase I may hold a shift.
    """
    alpha: float | None = None
    """
    Rate of false alarms of one unit.
    """
    lambda_: float | None = None
    """
    mewma: weight of the newest unit.
    """


class NetworkBaselineParams(BaseModel):
    """
    Parameters of a network baseline.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    scenario: str
    """
    Code of the scenario.
    """
    revision: int | None = None
    """
    Revision; absent: the newest.
    """
    tolerance: float | None = None
    """
    Gap up to which it is calibrated, 0.02 is 2 %.
    """


class Package(BaseModel):
    """
    A package with the wires that are measured, as loop analyses need it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    cavity_height_um: float
    """
    Height of the mold cavity or lid over the plane of measurement, micrometres.
    """
    clearance_um: float | None = None
    """
    Distance that must remain, micrometres.
    """
    wire_type: str | None = None
    """
    Wire type, e.g. CU20.
    """
    wire_diameter_um: float
    """
    Diameter of the wire, micrometres.
    """
    mold_flow_deg: float | None = None
    """
    Direction of mold flow, degrees from x towards y; null: not molded.
    """
    sweep_share: float | None = None
    """
    Sweep allowance: sideways displacement of the apex, as a share of the span of a wire that lies across the flow.
    """
    devices: list[str] | None = None
    """
    Devices built so.
    """
    wires: list[Wire]
    """
    Its wires.
    """
    characteristics: dict[str, str] | None = None
    """
    Codes of the loop profile's characteristics: rise, apex, descent.
    """


class PackageChange(BaseModel):
    """
    What of a package is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name in full.
    """
    document: Package | None = None
    """
    The whole document, in place of the one there was.
    """


class PackageDraft(BaseModel):
    """
    A package to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name, unique at the site, never changed.
    """
    title: str
    """
    Name in full.
    """
    document: Package
    """
    Cavity, wires, mold flow, characteristics.
    """


class PackageView(BaseModel):
    """
    A package.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the package.
    """
    site: str
    """
    Code of its site.
    """
    code: str
    """
    Short name.
    """
    title: str
    """
    Name in full.
    """
    document: Package
    """
    Cavity, wires, mold flow, characteristics.
    """
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class PhaseOneParams(BaseModel):
    """
    Parameters of phase I.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    kind: (
        Literal[
            "individuals",
            "xbar-r",
            "xbar-s",
            "three-way",
            "moving-average",
            "ewma",
            "cusum",
            "short-run-nominal",
            "short-run-standardized",
            "p",
            "np",
            "c",
            "u",
            "laney-p",
            "laney-u",
            "g",
            "t",
        ]
        | None
    ) = None
    """
    Kind of chart: individuals, xbar-r, xbar-s, three-way, moving-average, ewma, cusum, short-run-nominal, short-run-standardized, p, np, c, u, laney-p, laney-u, g or t.
    """
    stream: str | None = None
    """
    Factor whose levels are charted apart; empty: all in one stream.
    """
    subgroup: str | None = None
    """
    Rational subgroup: individuals, column, unit, count:5, factor:lot, or gap:1800 (a new one after so many seconds without a value).
    """
    estimator: (
        Literal[
            "auto",
            "moving-range",
            "median-moving-range",
            "pooled",
            "rbar",
            "sbar",
            "overall",
        ]
        | None
    ) = None
    """
    Estimator of sigma; auto takes that of the kind: moving ranges, R-bar, S-bar.
    """
    rules: str | None = None
    """
    Set of rules: nelson, western-electric, limits or another.
    """
    width: float | None = None
    """
    Limits, in sigmas.
    """
    iterate: bool | None = None
    """
    Whether points beyond the limits are left out of phase I.
    """
    most: float | None = None
    """
    Largest share of a stream's points left out so.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"tool": ["WB-07"]}.
    """
    lambda_: float | None = None
    """
    EWMA: weight of the newest value.
    """
    k: float | None = None
    """
    CUSUM: reference value, in sigmas.
    """
    h: float | None = None
    """
    CUSUM: decision interval, in sigmas.
    """
    headstart: float | None = None
    """
    CUSUM: where both sums start.
    """
    span: int | None = None
    """
    Moving average: its points.
    """
    probability: bool | None = None
    """
    Attribute charts: limits of equal tail probability.
    """
    part: str | None = None
    """
    Short run: factor of the part.
    """
    characteristics: list[str] | None = None
    """
    Code of the characteristic: one.
    """


class PlanComparisonParams(BaseModel):
    """
    Parameters of a comparison of plans.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    reference: str
    """
    Run of network-plan that others are compared to.
    """
    candidates: list[str] | None = None
    """
    Runs of network-plan to be judged.
    """
    baseline: str | None = None
    """
    Run of network-baseline: savings are against it.
    """
    stress: list[str] | None = None
    """
    Runs of network-stress: one for the reference, then one for each candidate.
    """
    max_cost_increase: float | None = None
    """
    Cost over that of the reference; 0.01 is 1 % more.
    """
    min_service_level: float | None = None
    """
    Share of the demand that is served.
    """
    min_fill_rate: float | None = None
    """
    Share of the demand that is served in time.
    """
    max_lead_days: float | None = None
    """
    Mean lead time to customers, days.
    """
    max_co2_kg: float | None = None
    """
    CO2 of transport, kg.
    """
    max_utilisation: float | None = None
    """
    Of all limited throughput.
    """
    max_peak_utilisation: float | None = None
    """
    Of the tightest capacity in its fullest period.
    """
    min_turns: float | None = None
    """
    Inventory turns a year.
    """
    max_expected_loss: float | None = None
    """
    Expected cost or loss of the stress run, money.
    """
    max_cvar: float | None = None
    """
    CVaR of the stress run, money.
    """
    min_saving: float | None = None
    """
    Saving against the past at equal volume, share.
    """
    calibrated: bool | None = None
    """
    Whether the baseline must be calibrated to the books.
    """
    scenario: str | None = None
    """
    Scenario whose layers are planned apart.
    """
    revision: int | None = None
    """
    Its revision; absent: the newest.
    """
    layers: bool | None = None
    """
    Whether the scenario is planned layer by layer and at once.
    """
    blind: bool | None = None
    """
    Whether a layer sees its own rules and earlier ones only.
    """
    time_s: float | None = None
    """
    Seconds of each solve; null: no limit.
    """
    gap: float | None = None
    """
    Relative gap that is good enough.
    """
    seed: int | None = None
    """
    Seed of the solver.
    """


class PlanMonitorParams(BaseModel):
    """
    Parameters of the plan monitor.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Periods to watch: absolute (start, end), relative (last), shift, or since.
    """
    scenario: str | None = None
    """
    Code of the scenario whose plan is watched.
    """
    plan: str | None = None
    """
    Run of the approved plan; null: the newest one of the scenario.
    """
    characteristics: list[str] | None = None
    """
    Codes of what is demanded.
    """
    served: list[str] | None = None
    """
    Codes of what was served in time; empty: unknown.
    """
    cost: list[str] | None = None
    """
    Codes of what it cost, money; empty: unknown.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, as forecast.
    """
    by: list[str] | None = None
    """
    Factors, as forecast.
    """
    period: Literal["day", "week", "month"] | None = None
    """
    What demand is counted in.
    """
    zone: str | None = None
    """
    Zone of the forecast.
    """
    recent: int | None = None
    """
    Periods that a gate looks at.
    """
    max_wape: float | None = None
    """
    Absolute error over demand, a share.
    """
    max_bias: float | None = None
    """
    Signed error over demand, either way, a share.
    """
    service_short: float | None = None
    """
    What service may lack of the plan's, a share.
    """
    cost_over: float | None = None
    """
    What cost may be over the plan's, a share.
    """
    arl0: float | None = None
    """
    Periods between false alarms of drift.
    """
    earlier: int | None = None
    """
    Earlier forecasts that are read.
    """


class PointPage(BaseModel):
    """
    A page of points, in the order of characteristic, ts and seq.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[PointView]
    """
    The points.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """
    max_batch: int
    """
    Highest batch seen; give it back to freeze what is seen.
    """


class PredictionAnswer(BaseModel):
    """
    Answers for the rows of a call, in their order, and the model that gave them.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    model: str
    """
    Code of the model.
    """
    version: int
    """
    Number of the version that the alias stands for now.
    """
    sha256: str
    """
    SHA-256 of its artefact; empty: it has none.
    """
    task: Literal["classify", "regress", "trace"]
    """
    What it predicts.
    """
    classes: list[str]
    """
    Its classes; empty for a number.
    """
    positive: str | None
    """
    The class that counts as the event.
    """
    threshold: float | None
    """
    Probability of the event from which it is decided; null: the likeliest class.
    """
    label: str
    """
    Which number is predicted; empty for classes.
    """
    unit: str
    """
    Unit of the number.
    """
    ignored: list[str]
    """
    Columns that were sent and the model does not read.
    """
    notes: list[str]
    """
    What a reader of its answers must know.
    """
    predictions: list[PredictionView] | list[NumberPredictionView]
    """
    One for each row.
    """


class QualificationReportParams(BaseModel):
    """
    Parameters of a qualification report.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    plan: QualificationPlan | None = None
    """
    The plan; absent: copper wire for cars in the manner of AEC-Q006.
    """
    outcomes: list[LotOutcome] | None = None
    """
    What each lot came to under each stress.
    """
    life_test: str | None = None
    """
    Code of a life test whose groups are the lots of one stress.
    """
    life_test_stress: str | None = None
    """
    Code of the stress that the life test is of.
    """
    confidences: list[float] | None = None
    """
    One-sided confidence of FIT and ppm.
    """
    fit_target: float | None = None
    """
    FIT not to be exceeded; absent: none is asked for.
    """
    ppm_target: float | None = None
    """
    Early-life ppm not to be exceeded; absent: none.
    """
    shape_confidence: float | None = None
    """
    Of the shape's interval held against 1.
    """
    early_shape: float | None = None
    """
    Weibull shape of early life: 1 is a constant rate, below 1 a falling one.
    """
    early_period_h: float | None = None
    """
    Early-life period at use, h; 4380 is half a year.
    """


class RemoveSites(BaseModel):
    """
    Take sites out, with everything that stands at them, leads to them or names them.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["remove-sites"] | None = None
    """
    Kind of edit.
    """
    where: SiteWhere
    """
    Which sites.
    """


class RepairableTrendParams(BaseModel):
    """
    Parameters of a trend of repairable systems.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    life_test: str
    """
    Code of the life test.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    groups: list[str] | None = None
    """
    Only these groups (lots, suppliers); empty means all.
    """
    confidence: float | None = None
    """
    Confidence of every bound and interval.
    """
    mode: str | None = None
    """
    Only this mode; empty means all.
    """
    horizon: float | None = None
    """
    Stretch ahead, in the unit of time; absent: a tenth of the longest watch.
    """
    variance: Literal["robust", "increments"] | None = None
    """
    Of the cumulative function: robust (whole histories are independent), or increments (what most packages print).
    """
    clusters: Literal["look", "ignore"] | None = None
    """
    Whether a trend must hold too where events may come in clusters.
    """
    effectiveness: dict[str, float] | None = None
    """
    Mode that will be fixed to the share of its events that the fix removes, e.g. {"seal": 0.8}; empty: nothing is projected.
    """
    fixed_in_test: bool | None = None
    """
    Whether other modes were fixed while the systems were watched.
    """
    grouped: bool | None = None
    """
    Whether each row counts, as its cost, the events since the row before: then the power law is fitted to counts, and nothing is tested that needs exact ages.
    """
    seed: int | None = None
    """
    Of the draws of the test of fit.
    """


class RetentionView(BaseModel):
    """
    For how long things are kept; set through LONGRUN_KEEP_... and LONGRUN_RETENTION_CRON.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    keep_runs_days: int
    """
    Finished runs, and rejected rows of ingests.
    """
    keep_artifacts_days: int
    """
    Artifacts of runs.
    """
    keep_audit_days: int
    """
    Audit records.
    """
    keep_idempotency_days: int
    """
    Answers kept for `Idempotency-Key`.
    """
    keep_advice_days: int
    """
    Answers of the advisor, and memories from the moment that they end.
    """
    keep_engine_days: int
    """
    Finished rows of the job engine.
    """
    retention_cron: str
    """
    When the clean-up runs, UTC.
    """
    next_at: AwareDatetime
    """
    When it runs next.
    """
    last: SweepView | None
    """
    The last one that was done.
    """


class RevisedView(BaseModel):
    """
    A revision that was just made, or would be made by a dry run.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    flaw_count: int
    """
    How many wrong places there are.
    """
    flaws: list[FlawView]
    """
    The first 200 of them.
    """
    revision: ScenarioRevisionView | None
    """
    Null after a dry run: nothing is stored.
    """
    sentences: list[str]
    """
    What each edit does, in words.
    """
    diff: DiffView
    """
    How it differs from its parent.
    """


class RivalView(BaseModel):
    """
    A chart beside the chosen one.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    family: Literal["ewma", "cusum", "shewhart", "western-electric"]
    """
    Family.
    """
    chart: Annotated[
        ShewhartBody | RulesBody | EwmaBody | CusumBody, Field(discriminator="kind")
    ]
    """
    The best of its family.
    """
    arl0: float
    """
    Mean distance of false alarms.
    """
    arl1: float | None
    """
    Mean number of points until the shift is found.
    """


class RoutePlanParams(BaseModel):
    """
    Parameters of a route plan.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    scenario: str
    """
    Code of the scenario.
    """
    revision: int | None = None
    """
    Revision; absent: the newest.
    """
    budget_iterations: int | None = None
    """
    Iterations of the search at most: the same plan again for the same seed.
    """
    cpu_s: float | None = None
    """
    CPU seconds of the search at most; null: any.
    """
    seed: int | None = None
    """
    Seed of the search.
    """


class RunLengthDesignView(BaseModel):
    """
    The chart that keeps the promise and finds the shift fastest.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    chosen: RivalView
    """
    The chart.
    """
    points: list[RunLengthPoint]
    """
    Its profile over shifts.
    """
    rivals: list[RivalView]
    """
    The best of the other families.
    """


class RunLengthDraft(BaseModel):
    """
    A chart whose run lengths are asked for.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    chart: Annotated[
        ShewhartBody | RulesBody | EwmaBody | CusumBody, Field(discriminator="kind")
    ]
    """
    The chart, in sigmas of the plotted value.
    """
    shifts: list[float] | None = None
    """
    Shifts of the mean, in sigmas of the plotted value.
    """
    slopes: list[float] | None = None
    """
    Drifts of the mean, in sigmas a point.
    """
    baseline: BaselineBody | None = None
    """
    If limits are estimated.
    """
    phi: float | None = None
    """
    Autocorrelation at lag 1 of the values.
    """
    sigma: Literal["marginal", "moving-range"] | None = None
    """
    With phi, Shewhart: limits from the marginal sigma or from moving ranges.
    """


class RunLengthView(BaseModel):
    """
    Run lengths of one chart.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    chart: Annotated[
        ShewhartBody | RulesBody | EwmaBody | CusumBody, Field(discriminator="kind")
    ]
    """
    The chart.
    """
    method: str
    """
    How the numbers were found, and how good they are.
    """
    points: list[RunLengthPoint]
    """
    One for each shift.
    """
    drifts: list[DriftPoint]
    """
    One for each slope.
    """
    estimated: EstimatedPoint | None
    """
    With the baseline, if one was given.
    """


class SampleBody(BaseModel):
    """
    The first rows of a file, and a mapping to be tried on it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of the site.
    """
    format: Literal["csv", "parquet", "arrow", "json", "xlsx"]
    """
    Format of the sample.
    """
    sample: str
    """
    The first lines of a text file, or a file in base64.
    """
    encoded: Literal["text", "base64"] | None = None
    """
    How it is sent.
    """
    mapping: ColumnMapping | None = None
    """
    The mapping to be tried.
    """


class Section(BaseModel):
    """
    A titled group of blocks.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str
    """
    Title.
    """
    verdict: Verdict | None = None
    """
    What the section comes to.
    """
    blocks: list[
        Annotated[
            Figure | Text | Table | Chart | Matrix | Map, Field(discriminator="kind")
        ]
    ]
    """
    In reading order.
    """


class SerialCorrelationParams(BaseModel):
    """
    Parameters of a study of serial correlation.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    characteristic: str
    """
    Code of the characteristic.
    """
    where: dict[str, list[str]] | None = None
    """
    Levels to keep, e.g. {"tool": ["WB-07"]}.
    """
    stream: str | None = None
    """
    Factor whose levels run by themselves; or none.
    """
    subgroup: str | None = None
    """
    What a point is: individuals, column, unit, count:5, factor:lot, gap:1800.
    """
    arl0: float | None = None
    """
    Wanted points to a false alarm.
    """
    lambda_: float | None = None
    """
    EWMA: weight of the newest point.
    """
    confidence: float | None = None
    """
    Level of intervals.
    """


class SetPolicy(BaseModel):
    """
    Switch a rule on or off, or bound the number of open sites of a kind.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["rule"] | None = None
    """
    Kind of edit.
    """
    single_source: bool | None = None
    """
    One origin for each demand.
    """
    lead_time_lag: bool | None = None
    """
    Goods arrive periods later.
    """
    site_count: SiteCount | None = None
    """
    Replaces that of its kind.
    """


class SetSites(BaseModel):
    """
    Open or close sites, or leave it to the plan.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["site-status"] | None = None
    """
    Kind of edit.
    """
    where: SiteWhere
    """
    Which sites.
    """
    status: Literal["existing", "candidate", "must-open", "closed"]
    """
    closed, must-open, existing or candidate.
    """


class SourceChange(BaseModel):
    """
    What of a source is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str | None = None
    """
    Name.
    """
    mapping: ColumnMapping | None = None
    """
    The whole mapping, as it shall be.
    """


class SourceDraft(BaseModel):
    """
    A source to be saved.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str
    """
    Code of its site.
    """
    name: str
    """
    Name, unique at the site.
    """
    mapping: ColumnMapping
    """
    Which column of its files means what.
    """


class SourceView(BaseModel):
    """
    A source of files.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: int
    """
    Number of the source.
    """
    site: str
    """
    Code of its site.
    """
    name: str
    """
    Name.
    """
    mapping: ColumnMapping
    """
    Which column of its files means what.
    """
    created_at: AwareDatetime
    """
    When it was saved.
    """


class TraceTrainParams(BaseModel):
    """
    Parameters of a training on traces.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    dataset: str
    """
    Code of the dataset.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    rebuild: bool | None = None
    """
    Build the rows anew from the recipe of the dataset, as of now; what a schedule wants.
    """
    recipe: str | None = None
    """
    With `rebuild`: the recipe, as JSON. Left empty: that of the dataset when the run is submitted, so that a repeat builds the same rows.
    """
    model: str | None = None
    """
    Name in the registry that gets a new version; empty registers nothing.
    """
    title: str | None = None
    """
    Title of the model, where it is a new one.
    """
    intended_use: str | None = None
    """
    What answers are meant for; stands on the card.
    """
    folds: int | None = None
    """
    Number of splits.
    """
    splits: Literal["default", "random"] | None = None
    """
    default: by time or group where such columns exist; random: as if there were none, which flatters.
    """
    tune: bool | None = None
    """
    Choose the strength of a penalty over splits of the training.
    """
    search_s: float | None = None
    """
    Seconds to search for better settings of the kinds; 0: their defaults.
    """
    headline: (
        Literal["auto", "average_precision", "roc_auc", "brier", "log_loss"] | None
    ) = None
    """
    Score by which versions are compared; auto: average precision where an event is predicted, log-loss otherwise.
    """
    goal: Literal["cost", "precision", "recall"] | None = None
    """
    What the threshold is chosen by: costs of errors, a precision or a recall.
    """
    target: float | None = None
    """
    Precision or recall that is aimed at.
    """
    false_alarm: float | None = None
    """
    Cost of calling the event where there is none.
    """
    miss: float | None = None
    """
    Cost of not calling it, in the same unit.
    """
    costs: list[MistakeCost] | None = None
    """
    Costs of single mistakes, by true class and class called, instead of those of the event: the class of the least expected cost is called. Mistakes that are not named cost 1.
    """
    calibrate: bool | None = None
    """
    Try sigmoid, isotonic and temperature maps; one is kept only if it helps rows that it was not fitted on.
    """
    coverage: float | None = None
    """
    Share of the rows of each class whose conformal set is to hold that class.
    """
    seed: int | None = None
    """
    Of splits, draws and models.
    """
    features: TraceSpec | None = None
    """
    How features are made of the traces.
    """
    kinds: (
        list[
            Literal[
                "ridge-link",
                "logistic",
                "decision-tree",
                "random-forest",
                "extra-trees",
                "gradient-boosting",
                "mlp",
                "lightgbm",
                "xgboost",
                "ebm",
            ]
        ]
        | None
    ) = None
    """
    Kinds of models to try, the preferred one first; empty: ridge-link for MiniRocket, else logistic and gradient-boosting.
    """
    settings: (
        list[
            Annotated[
                LogisticSettings
                | RidgeLinkSettings
                | DecisionTreeSettings
                | RandomForestSettings
                | ExtraTreesSettings
                | BoostingSettings
                | MlpSettings
                | LightgbmSettings
                | XgboostSettings
                | EbmSettings,
                Field(discriminator="kind"),
            ]
        ]
        | None
    ) = None
    """
    Exact settings to try, before the kinds.
    """
    stretches: int | None = None
    """
    Stretches whose weight is measured by occlusion.
    """


class VirtualMetrologyParams(BaseModel):
    """
    Parameters of virtual metrology.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    dataset: str
    """
    Code of the dataset.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    rebuild: bool | None = None
    """
    Build the rows anew from the recipe of the dataset, as of now; what a schedule wants.
    """
    recipe: str | None = None
    """
    With `rebuild`: the recipe, as JSON. Left empty: that of the dataset when the run is submitted, so that a repeat builds the same rows.
    """
    model: str | None = None
    """
    Name in the registry that gets a new version; empty registers nothing.
    """
    title: str | None = None
    """
    Title of the model, where it is a new one.
    """
    intended_use: str | None = None
    """
    What answers are meant for; stands on the card.
    """
    kinds: (
        list[Literal["ridge", "elastic-net", "gradient-boosting", "quantile-boosting"]]
        | None
    ) = None
    """
    Kinds of models to try, the preferred one first: another takes its place only if it is better beyond chance.
    """
    settings: (
        list[
            Annotated[
                RidgeSettings
                | ElasticNetSettings
                | NumberBoostingSettings
                | QuantileBoostingSettings,
                Field(discriminator="kind"),
            ]
        ]
        | None
    ) = None
    """
    Exact settings to try, before the kinds; each an object with `kind`.
    """
    features: FeatureSpec | None = None
    """
    Columns, missing values, scaling, levels and derived features; empty: every column of the role feature.
    """
    folds: int | None = None
    """
    Number of splits.
    """
    splits: Literal["default", "random"] | None = None
    """
    default: by time or group where such columns exist; random: as if there were none, which flatters.
    """
    tune: bool | None = None
    """
    Choose the strength of linear models over splits of the training.
    """
    headline: Literal["rmse", "mae"] | None = None
    """
    Score by which kinds and versions are compared.
    """
    coverage: float | None = None
    """
    Share of later rows that the interval holds.
    """
    tolerance: float | None = None
    """
    Largest error that does no harm, in the label's unit; absent: three robust standard deviations of the errors, and intervals are held against the label's spread.
    """
    within: float | None = None
    """
    Share of the rows that are relied on whose error is to keep the tolerance.
    """
    measure: float | None = None
    """
    Share of the rows to measure where no reliance keeps errors small enough.
    """
    seed: int | None = None
    """
    Of splits, draws and models.
    """


class History(BaseModel):
    """
    Flows and books of the periods of the scenario.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    flows: list[PastFlow] | None = None
    """
    What went where.
    """
    bookings: list[Booking] | None = None
    """
    What it cost.
    """


class Policy(BaseModel):
    """
    Constraints over the whole network.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    single_source: bool | None = None
    """
    One origin for a customer's commodity.
    """
    max_distance: float | str | None = None
    """
    Of lanes to customers.
    """
    budget: float | str | None = None
    """
    Money for opening and expanding.
    """
    carbon_price: float | str | None = None
    """
    Money for a tonne of CO2.
    """
    carbon_cap: float | str | None = None
    """
    Weight of CO2 in all periods.
    """
    carbon_cap_by_period: list[ByPeriod] | None = None
    """
    And in some.
    """
    service_level: float | None = None
    """
    Share of all demand to serve.
    """
    capital_rate: float | None = None
    """
    A year; cost of goods in transit.
    """
    lead_time_lag: bool | None = None
    """
    Goods arrive whole periods later.
    """
    site_counts: list[SiteCount] | None = None
    """
    Numbers of open sites.
    """
    soft: list[SoftTag] | None = None
    """
    What may bend at what price.
    """


class Routing(BaseModel):
    """
    Vehicles and visits of one day.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    vehicles: list[Vehicle] | None = None
    """
    The fleet.
    """
    visits: list[Visit] | None = None
    """
    What is to be delivered.
    """
    matrix: WayMatrix | None = None
    """
    Measured ways, as rows.
    """


class Scenario(BaseModel):
    """
    A supply network, what is asked of it, and the rules it must keep.

    Lists may be empty: a scenario for `greenfield` has demands and no lanes, one for `route-plan`
    has `routing` only.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    format: Literal["longrun-scenario/1"] | None = None
    """
    Version.
    """
    title: str | None = None
    """
    Name for readers.
    """
    note: str | None = None
    """
    What it is for.
    """
    units: Units | None = None
    """
    What bare numbers mean.
    """
    exchange_rates: list[ExchangeRate] | None = None
    """
    Other currencies.
    """
    periods: list[Period] | None = None
    """
    In order of time.
    """
    commodities: list[Commodity] | None = None
    """
    What moves.
    """
    sites: list[Site] | None = None
    """
    Places.
    """
    tool_groups: list[ToolGroup] | None = None
    """
    Tools at plants.
    """
    productions: list[Production] | None = None
    """
    What is made where.
    """
    qualifications: list[Qualification] | None = None
    """
    What may be made.
    """
    supplies: list[Supply] | None = None
    """
    What can be bought.
    """
    inventories: list[Inventory] | None = None
    """
    What can be held.
    """
    modes: list[Mode] | None = None
    """
    Ways of transport.
    """
    lanes: list[Lane] | None = None
    """
    Connections.
    """
    distances: list[Distance] | None = None
    """
    A measured matrix.
    """
    circuities: list[Circuity] | None = None
    """
    Road over great circle.
    """
    duties: list[Duty] | None = None
    """
    Customs.
    """
    demands: list[Demand] | None = None
    """
    What is wanted.
    """
    policy: Policy | None = None
    """
    Rules over the network.
    """
    routing: Routing | None = None
    """
    Last mile.
    """
    history: History | None = None
    """
    What really happened.
    """


class ScenarioDraft(BaseModel):
    """
    A scenario to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique at its site.
    """
    site: str | None = None
    """
    Code of its site; null: seen by who sees all sites.
    """
    title: str | None = None
    """
    Null: that of the document.
    """
    note: str | None = None
    """
    What it is for.
    """
    document: Scenario
    """
    The document.
    """


class ScenarioRevisionDraft(BaseModel):
    """
    The next revision of a scenario.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    note: str | None = None
    """
    What has changed, and why.
    """
    document: Scenario
    """
    The whole document.
    """


class ExternalModelDraft(BaseModel):
    """
    A model of somebody else's: what it takes, what it answers, where it is asked.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Code of its site; null: seen by who sees all sites.
    """
    title: str | None = None
    """
    Name for readers, if it is new.
    """
    dataset: str
    """
    Code of the dataset that it is tried and scored on.
    """
    revision: int | None = None
    """
    Revision of the dataset; null: the newest.
    """
    features: FeatureSpec | None = None
    """
    What its matrix is made of, in order; absent: every feature of the dataset, each a number as it is.
    """
    classes: list[str]
    """
    Labels, in the order in which it answers.
    """
    endpoint: EndpointSpec | None = None
    """
    Where it is asked; null: an ONNX file is sent with it.
    """
    trained_until: AwareDatetime | None = None
    """
    Last instant that it has learned from; null: unknown. Only rows that are later give a time-ordered score.
    """
    note: str | None = None
    """
    What is to be said of it.
    """


class AddParts(BaseModel):
    """
    Add sites (candidates, say) and what belongs to them.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["add"] | None = None
    """
    Kind of edit.
    """
    commodities: list[Commodity] | None = None
    """
    What else moves.
    """
    sites: list[Site] | None = None
    """
    Further places.
    """
    tool_groups: list[ToolGroup] | None = None
    """
    Further tools.
    """
    productions: list[Production] | None = None
    """
    What else is made.
    """
    supplies: list[Supply] | None = None
    """
    What else can be bought.
    """
    inventories: list[Inventory] | None = None
    """
    What else can be held.
    """
    modes: list[Mode] | None = None
    """
    Further ways of transport.
    """
    lanes: list[Lane] | None = None
    """
    Further connections.
    """
    demands: list[Demand] | None = None
    """
    What else is wanted.
    """


class AdviceServer(BaseModel):
    """
    Server and model, and how it is asked; its key is never shown.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    server: str | None
    """
    Its address; null: none is set up, the rules answer.
    """
    model: str | None
    """
    Model that is asked for; empty: the server's first.
    """
    adapter: str | None
    """
    LoRA adapter of each request; empty: none.
    """
    allowed: bool
    """
    Whether questions may go to its host.
    """
    refusal: str
    """
    Why they may not; empty: they may.
    """
    is_here: bool
    """
    Whether it is on this machine: nothing leaves the host.
    """
    time_s: float | None
    """
    Time that an answer may take.
    """
    temperature: float | None
    """
    Chance in its words; 0 is none.
    """
    seed: int | None
    """
    Seed that it is asked to use.
    """
    max_tokens: int | None
    """
    Longest answer, in tokens.
    """
    chooses: bool
    """
    Whether the model chooses what is looked up.
    """
    probed_at: AwareDatetime | None
    """
    When it was tried last; null: never.
    """
    capabilities: Capabilities | None
    """
    What it was found to be able to do; what was never tried is not supported.
    """


class AdviceView(BaseModel):
    """
    An advice in full.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    UUID of the advice.
    """
    question: str
    """
    What was asked.
    """
    site: str | None
    """
    Code of the site that it was asked of.
    """
    state: Literal["waiting", "answered", "refused"]
    """
    Whether it waits for a run, was answered, or refused for want of evidence.
    """
    source: Literal["rules", "model"]
    """
    Who worded it.
    """
    level: Literal["good", "warn", "bad", "info"]
    """
    How bad what it says is.
    """
    headline: str
    """
    Its first sentence.
    """
    asked_by: str
    """
    Who asked.
    """
    asked_at: AwareDatetime
    """
    When.
    """
    verdict: Literal["accepted", "rejected"] | None
    """
    What a person said of it.
    """
    outcome: Literal["helped", "did-not-help", "unclear"] | None
    """
    What came of it.
    """
    links: dict[str, str]
    """
    Where its parts are.
    """
    about: list[About]
    """
    What it was asked about.
    """
    sentences: list[AdviceSentence]
    """
    The answer, in reading order.
    """
    judged: list[AdviceJudged]
    """
    Causes and actions, the gravest case first.
    """
    evidence: list[Evidence]
    """
    All that it rests on.
    """
    memories: list[int]
    """
    Memories that were used.
    """
    what_if: AdvicePlan | None
    """
    The plan that was asked about.
    """
    being_worded: bool
    """
    Whether a language model is wording it at this moment.
    """
    fallback: Literal[
        "",
        "no-model",
        "not-allowed",
        "unreachable",
        "timeout",
        "rate-limited",
        "server-error",
        "truncated",
        "garbage",
        "wrong-model",
        "guard",
        "busy",
        "too-long",
        "no-context",
        "refused",
    ]
    """
    Why the rules answer although a model is set up; empty: it is none, or it did.
    """
    filled: list[int]
    """
    Places in `sentences` of those of the rules, where a model's own did not pass.
    """
    downgrades: list[str]
    """
    Controls that the server of the model lacks.
    """
    answered_at: AwareDatetime | None
    """
    When; null while it waits.
    """
    said: str
    """
    What a person said with the verdict or the outcome.
    """
    said_by: str | None
    """
    Who.
    """
    said_at: AwareDatetime | None
    """
    When.
    """


class ChartView(BaseModel):
    """
    A control chart.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code of the characteristic.
    """
    title: str
    """
    Its name in full.
    """
    unit: str
    """
    Unit of what is plotted; empty for shares, counts, sigmas.
    """
    kind: Literal[
        "individuals",
        "xbar-r",
        "xbar-s",
        "three-way",
        "moving-average",
        "ewma",
        "cusum",
        "short-run-nominal",
        "short-run-standardized",
        "p",
        "np",
        "c",
        "u",
        "laney-p",
        "laney-u",
        "g",
        "t",
    ]
    """
    Kind of chart.
    """
    subgroup: str
    """
    What makes a point: individuals, column, count:5 ...
    """
    width: float
    """
    Limits, in sigmas of the statistic.
    """
    window_points: int
    """
    Points of the window, all of them judged.
    """
    zoom_points: int
    """
    Points between zoom_start and zoom_end.
    """
    rules: list[RuleView]
    """
    The rules, in the order of the bits of `flags`.
    """
    stages: list[StageView]
    """
    In time order.
    """
    points: DrawnPoints
    """
    Extremes of each stretch of time, and every point that breaks a rule.
    """
    sides: list[SideView]
    """
    Charts of spread beside the main one.
    """
    arl0: Arl0View
    """
    Distance of false alarms with the rules switched on.
    """
    estimator: str | None
    """
    Estimator of sigma, in words; null: frozen.
    """
    short_phase: ShortPhaseView | None
    """
    Null unless limits are of few points.
    """
    correlation: CorrelationView | None
    """
    Null with too few points.
    """
    events: list[ChartEvent]
    """
    Events of the zoom, the newest 200.
    """
    marks: list[ChartMark]
    """
    Marked points of the zoom, the newest 200.
    """
    spec: SpecView | None
    """
    Null unless single values are drawn: it is for these.
    """
    verdicts: list[Verdict]
    """
    What it comes to, in sentences.
    """


class ClassifierTrainParams(BaseModel):
    """
    Parameters of a training.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    dataset: str
    """
    Code of the dataset.
    """
    revision: int | None = None
    """
    Which revision of its rows; absent means the newest.
    """
    rebuild: bool | None = None
    """
    Build the rows anew from the recipe of the dataset, as of now; what a schedule wants.
    """
    recipe: str | None = None
    """
    With `rebuild`: the recipe, as JSON. Left empty: that of the dataset when the run is submitted, so that a repeat builds the same rows.
    """
    model: str | None = None
    """
    Name in the registry that gets a new version; empty registers nothing.
    """
    title: str | None = None
    """
    Title of the model, where it is a new one.
    """
    intended_use: str | None = None
    """
    What answers are meant for; stands on the card.
    """
    folds: int | None = None
    """
    Number of splits.
    """
    splits: Literal["default", "random"] | None = None
    """
    default: by time or group where such columns exist; random: as if there were none, which flatters.
    """
    tune: bool | None = None
    """
    Choose the strength of a penalty over splits of the training.
    """
    search_s: float | None = None
    """
    Seconds to search for better settings of the kinds; 0: their defaults.
    """
    headline: (
        Literal["auto", "average_precision", "roc_auc", "brier", "log_loss"] | None
    ) = None
    """
    Score by which versions are compared; auto: average precision where an event is predicted, log-loss otherwise.
    """
    goal: Literal["cost", "precision", "recall"] | None = None
    """
    What the threshold is chosen by: costs of errors, a precision or a recall.
    """
    target: float | None = None
    """
    Precision or recall that is aimed at.
    """
    false_alarm: float | None = None
    """
    Cost of calling the event where there is none.
    """
    miss: float | None = None
    """
    Cost of not calling it, in the same unit.
    """
    costs: list[MistakeCost] | None = None
    """
    Costs of single mistakes, by true class and class called, instead of those of the event: the class of the least expected cost is called. Mistakes that are not named cost 1.
    """
    calibrate: bool | None = None
    """
    Try sigmoid, isotonic and temperature maps; one is kept only if it helps rows that it was not fitted on.
    """
    coverage: float | None = None
    """
    Share of the rows of each class whose conformal set is to hold that class.
    """
    seed: int | None = None
    """
    Of splits, draws and models.
    """
    kinds: (
        list[
            Literal[
                "logistic",
                "decision-tree",
                "random-forest",
                "extra-trees",
                "gradient-boosting",
                "mlp",
                "lightgbm",
                "xgboost",
                "ebm",
            ]
        ]
        | None
    ) = None
    """
    Kinds of models to try, the preferred one first: another takes its place only if it is better beyond chance.
    """
    settings: (
        list[
            Annotated[
                LogisticSettings
                | RidgeLinkSettings
                | DecisionTreeSettings
                | RandomForestSettings
                | ExtraTreesSettings
                | BoostingSettings
                | MlpSettings
                | LightgbmSettings
                | XgboostSettings
                | EbmSettings,
                Field(discriminator="kind"),
            ]
        ]
        | None
    ) = None
    """
    Exact settings to try, before the kinds; each an object with `kind`.
    """
    features: FeatureSpec | None = None
    """
    Columns, missing values, scaling, levels and derived features; empty: every column of the role feature.
    """


class CopyDraft(BaseModel):
    """
    A copy of a scenario under another code.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code of the copy, unique at its site.
    """
    site: str | None = None
    """
    Code of its site.
    """
    title: str | None = None
    """
    Null: that of the original.
    """
    note: str | None = None
    """
    What it is for.
    """
    edits: (
        list[
            AlterLanes
            | LeadTimeShock
            | UseLanes
            | AlterModes
            | SetSites
            | AlterSites
            | RemoveSites
            | AlterDemands
            | AlterSupplies
            | AlterInventories
            | AlterProductions
            | AlterTools
            | AlterPolicy
            | SetPolicy
            | AlterDuty
            | AddParts
            | SetValue
            | str
        ]
        | None
    ) = None
    """
    Applied to the copy, in order.
    """
    revision: int | None = None
    """
    Copied; null: the newest.
    """


class DatasetBuildAnswer(BaseModel):
    """
    What was built from a recipe.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    revision: int
    """
    Number of the revision that was made.
    """
    report: dict[str, Any]
    """
    Rows, labels, why labels are unknown, what was left out, delays of news.
    """
    summary: DatasetSummary
    """
    What the rows hold.
    """


class DatasetChange(BaseModel):
    """
    What of a dataset is to be changed, besides its rows.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str | None = None
    """
    Name for readers.
    """
    document: DatasetDocument | None = None
    """
    The whole document, in place of the one there was; with rows, a revision. Columns of the rows that it does not name stay features.
    """
    recipe: DatasetRecipe | None = None
    """
    How its rows are built; null: not from the database any more.
    """
    archived: bool | None = None
    """
    Whether it is out of use: not listed, no new runs.
    """


class DatasetDraft(BaseModel):
    """
    A dataset to be added; its rows are sent to /rows, or built from its recipe.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Code, unique at its site.
    """
    site: str | None = None
    """
    Code of its site; null: seen by who sees all sites.
    """
    title: str | None = None
    """
    Name for readers; null: the code.
    """
    kind: Literal["table", "traces"] | None = None
    """
    What a row holds: numbers and texts, or traces. Never changed
    """
    document: DatasetDocument | None = None
    """
    What a row is, and what its columns mean.
    """
    recipe: DatasetRecipe | None = None
    """
    How its rows are built from the database; null: from files.
    """


class DatasetRevisionView(BaseModel):
    """
    A revision of a dataset without its rows; it is never changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    number: int
    """
    Its number; 1 is the first.
    """
    note: str
    """
    What has changed, and why.
    """
    origin: dict[str, Any]
    """
    `kind`: file, append, recipe or document; and what goes with it.
    """
    document: DatasetDocument
    """
    What was said of the dataset then.
    """
    size: int
    """
    Bytes of its rows, compressed.
    """
    sha256: str
    """
    Digest of its rows.
    """
    summary: DatasetSummary
    """
    What its rows hold.
    """
    created_by: str
    """
    Who made it.
    """
    created_at: AwareDatetime
    """
    When it was made.
    """


class DigestEntryView(BaseModel):
    """
    One change of one thing.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    id: str
    """
    Stable within a digest.
    """
    kind: Literal[
        "finding-new",
        "finding-closed",
        "finding-graver",
        "plan",
        "model",
        "forecast",
        "verdict",
        "failed-run",
    ]
    """
    What sort of change.
    """
    level: Literal["good", "warn", "bad", "info"]
    """
    How good or bad it is now.
    """
    title: str
    """
    What it is about.
    """
    sentences: list[str]
    """
    What changed, in English; numbers are evidence.
    """
    claims: list[Claim]
    """
    The same as templates and slots.
    """
    evidence: list[Evidence]
    """
    All that the claims cite.
    """
    link: str
    """
    Page that shows it, a path of this service.
    """
    at: AwareDatetime
    """
    When it changed.
    """
    subject: Subject | None
    """
    What it is about; null: not one thing.
    """


class DigestView(BaseModel):
    """
    What is new, the gravest and newest first.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    since: AwareDatetime
    """
    Begin: what happened after it is told.
    """
    since_what: Literal["asked for", "last visit", "7 days"]
    """
    Where the begin comes from: asked for, the last visit, or 7 days before now.
    """
    until: AwareDatetime
    """
    End.
    """
    items: list[DigestEntryView]
    """
    The gravest first, then the newest.
    """
    left_out: int
    """
    Changes beyond those that are listed.
    """


class Disruption(BaseModel):
    """
    One thing that may happen to a network.

    Losses act for `duration_days` from the first period (or `from_period`) on: a period that is
    lost in part loses that share of what the site or lane could do. Factors and edits act in all
    periods, edits in those that they name.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: str
    """
    Name, unique in the run.
    """
    title: str | None = None
    """
    For readers.
    """
    lost_sites: list[str] | None = None
    """
    Sites hit.
    """
    lost_lanes: list[str] | None = None
    """
    Lanes hit, as A>B/road.
    """
    severity: float | None = None
    """
    Share that is lost; 1: all.
    """
    duration_days: float | None = None
    """
    Null: to the end.
    """
    from_period: str | None = None
    """
    Null: the first one.
    """
    demand_factor: float | None = None
    """
    All demand times this.
    """
    lead_factor: float | None = None
    """
    All lead times times this.
    """
    edits: (
        list[
            AlterLanes
            | LeadTimeShock
            | UseLanes
            | AlterModes
            | SetSites
            | AlterSites
            | RemoveSites
            | AlterDemands
            | AlterSupplies
            | AlterInventories
            | AlterProductions
            | AlterTools
            | AlterPolicy
            | SetPolicy
            | AlterDuty
            | AddParts
            | SetValue
            | str
        ]
        | None
    ) = None
    """
    And edits.
    """
    probability: float | None = None
    """
    Chance a year; null: as the run says.
    """
    failure: Life | FittedLife | None = None
    """
    Or from a fitted life: chance within its horizon.
    """


class EditsDraft(BaseModel):
    """
    Edits that make the next revision.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    edits: list[
        AlterLanes
        | LeadTimeShock
        | UseLanes
        | AlterModes
        | SetSites
        | AlterSites
        | RemoveSites
        | AlterDemands
        | AlterSupplies
        | AlterInventories
        | AlterProductions
        | AlterTools
        | AlterPolicy
        | SetPolicy
        | AlterDuty
        | AddParts
        | SetValue
        | str
    ]
    """
    Applied in order; typed, or as short texts.
    """
    note: str | None = None
    """
    Why.
    """
    revision: int | None = None
    """
    Made from it; null: the newest.
    """


class ListingPackageView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[PackageView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class ListingSourceView(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    items: list[SourceView]
    """
    The things of this page.
    """
    next: str | None
    """
    Cursor of the next page; null on the last one.
    """


class NetworkPlanParams(BaseModel):
    """
    Parameters of a network plan.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    scenario: str
    """
    Code of the scenario.
    """
    revision: int | None = None
    """
    Revision; absent: the newest.
    """
    edits: (
        list[
            AlterLanes
            | LeadTimeShock
            | UseLanes
            | AlterModes
            | SetSites
            | AlterSites
            | RemoveSites
            | AlterDemands
            | AlterSupplies
            | AlterInventories
            | AlterProductions
            | AlterTools
            | AlterPolicy
            | SetPolicy
            | AlterDuty
            | AddParts
            | SetValue
            | str
        ]
        | None
    ) = None
    """
    Applied first: typed, or such as 'close DC 3'.
    """
    objective: Literal["cost", "weighted", "in-order"] | None = None
    """
    cost; weighted: with the prices below; in-order: goals one after another.
    """
    service_price: float | None = None
    """
    weighted: money for a unit lost, or waiting for a period.
    """
    co2_price: float | None = None
    """
    weighted: money for a kg of CO2.
    """
    order: list[Literal["cost", "service", "co2"]] | None = None
    """
    in-order: goals, the most important first.
    """
    slack: float | None = None
    """
    in-order: share of a goal that later ones may use.
    """
    front_points: int | None = None
    """
    Points of cost against CO2; 0: none, else 2 or more.
    """
    worths: int | None = None
    """
    Binding capacities whose worth is measured; 0: none.
    """
    entries: int | None = None
    """
    Unused lanes whose price of entry is measured.
    """
    ways_out: bool | None = None
    """
    Whether ways out are looked for if there is no plan.
    """
    time_s: float | None = None
    """
    Seconds of each solve; null: no limit.
    """
    gap: float | None = None
    """
    Relative gap that is good enough.
    """
    nodes: int | None = None
    """
    Nodes of the search; null: any number.
    """
    memory_mb: float | None = None
    """
    Size of the process that ends a search; null: any.
    """
    seed: int | None = None
    """
    Seed of the solver.
    """
    warm_start_from: str | None = None
    """
    Run of a network plan to start from.
    """
    baseline: str | None = None
    """
    Run of network-baseline: savings are against it.
    """
    formulation: Literal["arrays", "pyomo"] | None = None
    """
    How the model is built; both ways give the same model.
    """
    validate_only: bool | None = None
    """
    Only say what is wrong.
    """


class Page(BaseModel):
    """
    The whole answer of an analysis for a reader: verdicts first, then sections.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: str
    """
    Title.
    """
    verdicts: list[Verdict]
    """
    The answer, in sentences.
    """
    sections: list[Section] | None = None
    """
    The grounds.
    """


class StressContingencyPlan(BaseModel):
    """
    Something done beforehand: a second source, more stock, a framework contract.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: str
    """
    Its name.
    """
    edits: list[
        AlterLanes
        | LeadTimeShock
        | UseLanes
        | AlterModes
        | SetSites
        | AlterSites
        | RemoveSites
        | AlterDemands
        | AlterSupplies
        | AlterInventories
        | AlterProductions
        | AlterTools
        | AlterPolicy
        | SetPolicy
        | AlterDuty
        | AddParts
        | SetValue
        | str
    ]
    """
    What it changes in the scenario.
    """
    annual_cost: float | None = None
    """
    Its fee: money a year.
    """


class NetworkStressParams(BaseModel):
    """
    Parameters of a stress test.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    scenario: str
    """
    Code of the scenario.
    """
    revision: int | None = None
    """
    Revision; absent: the newest.
    """
    edits: (
        list[
            AlterLanes
            | LeadTimeShock
            | UseLanes
            | AlterModes
            | SetSites
            | AlterSites
            | RemoveSites
            | AlterDemands
            | AlterSupplies
            | AlterInventories
            | AlterProductions
            | AlterTools
            | AlterPolicy
            | SetPolicy
            | AlterDuty
            | AddParts
            | SetValue
            | str
        ]
        | None
    ) = None
    """
    Applied first: typed, or such as 'close DC 3'.
    """
    plan_run: str | None = None
    """
    Run of network-plan whose sites are stressed; null: planned here.
    """
    cases: (
        list[
            Disruption
            | Literal[
                "each-site",
                "each-lane",
                "capacity-cut",
                "lead-time-shock",
                "demand-surge",
                "tariff",
            ]
        ]
        | None
    ) = None
    """
    Named disruptions, or words: each-site, each-lane, capacity-cut ...
    """
    sizes: Magnitudes | None = None
    """
    Strengths of the cases that are words.
    """
    probability: float | None = None
    """
    Chance a year of cases that have none of their own.
    """
    probabilities: Annotated[dict[str, float] | None, Field(max_length=1000)] = None
    """
    Chance a year by the code of a case: 'loss of P1' ...
    """
    seeds: int | None = None
    """
    Draws of demand and lead times; 0: means only.
    """
    lead_family: Literal["gamma", "lognormal"] | None = None
    """
    Family of lead times that have a standard deviation.
    """
    level: float | None = None
    """
    Of the quantile and of CVaR.
    """
    penalty: float | None = None
    """
    Money for a unit lost against the rules; null: twice its price or cost.
    """
    whole: bool | None = None
    """
    False leaves whole numbers out when re-planning: much faster.
    """
    recoveries: Annotated[dict[str, float] | None, Field(max_length=5000)] = None
    """
    Days until a site works again, by code; goes before the scenario's own.
    """
    survival: bool | None = None
    """
    Whether times to survive are computed.
    """
    contingencies: list[StressContingencyPlan] | None = None
    """
    Each is tried against every case.
    """
    design_outcomes: int | None = None
    """
    Outcomes K of stochastic plans; 0: none are made.
    """
    design_cases: bool | None = None
    """
    Whether cases without edits are outcomes of these plans too.
    """
    cvar_weight: float | None = None
    """
    Above 0: a plan with this weight on CVaR as well.
    """
    fresh: int | None = None
    """
    Outcomes in which stochastic plans are tried.
    """
    time_s: float | None = None
    """
    Seconds of each plan; null: no limit.
    """
    case_time_s: float | None = None
    """
    Seconds of each outcome; null: no limit.
    """
    gap: float | None = None
    """
    Relative gap that is good enough.
    """
    seed: int | None = None
    """
    Seed of draws and solver.
    """


class Diagram(BaseModel):
    """
    A system: its parts, and how it depends on them.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    parts: Annotated[
        dict[str, WeibullPart | LognormalPart | ExponentialPart | FixedPart],
        Field(max_length=500, min_length=1),
    ]
    """
    Name of a part to its life.
    """
    system: Annotated[
        One | Series | Parallel | KOfN | Standby, Field(discriminator="kind")
    ]
    """
    The outermost block.
    """
    unit: str | None = None
    """
    Unit of every time.
    """
    confidence: float | None = None
    """
    Of the intervals that factors of parts stand for.
    """


class KOfN(BaseModel):
    """
    Works while at least `k` of its blocks do.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["k-of-n"] = "k-of-n"
    """
    k of n.
    """
    k: int
    """
    How many must work.
    """
    blocks: list[
        Annotated[One | Series | Parallel | KOfN | Standby, Field(discriminator="kind")]
    ]
    """
    Blocks.
    """


class Parallel(BaseModel):
    """
    Works while any of its blocks does.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["parallel"] = "parallel"
    """
    In parallel.
    """
    blocks: list[
        Annotated[One | Series | Parallel | KOfN | Standby, Field(discriminator="kind")]
    ]
    """
    Blocks of which one must work.
    """


class Series(BaseModel):
    """
    Works while all of its blocks do.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    kind: Literal["series"] = "series"
    """
    In series.
    """
    blocks: list[
        Annotated[One | Series | Parallel | KOfN | Standby, Field(discriminator="kind")]
    ]
    """
    Blocks that must all work.
    """


class SystemReliabilityParams(BaseModel):
    """
    Parameters of a system reliability.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: str | None = None
    """
    Site code; absent means all your sites.
    """
    window: Between | LastDuration | ShiftWindow | SinceSuccess | None = None
    """
    Measurement time: absolute (start, end), relative (last), shift, or since.
    """
    diagram: Diagram
    """
    Parts with their lives, and how the system depends on them.
    """
    times: list[float] | None = None
    """
    Times asked, above 0.
    """
    probabilities: list[float] | None = None
    """
    Probabilities of failure whose time is asked.
    """
    target: float | None = None
    """
    Reliability asked at the first time; absent: none.
    """
    life_test: str | None = None
    """
    Code of a life test of one part; empty: none.
    """
    revision: int | None = None
    """
    Which revision of its rows.
    """
    part: str | None = None
    """
    Part whose life is fitted to the life test.
    """
    family: Literal["weibull", "lognormal"] | None = None
    """
    Distribution that is fitted to it.
    """
    confidence: float | None = None
    """
    Confidence of every interval.
    """
    draws: int | None = None
    """
    Draws of what is not known.
    """
    seed: int | None = None
    """
    Of the draws.
    """


Diagram.model_rebuild()
KOfN.model_rebuild()
Parallel.model_rebuild()
Series.model_rebuild()
