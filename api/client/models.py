# Generated from the OpenAPI document by `make client`; do not edit.

from __future__ import annotations

from typing import Annotated, Any, Literal
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel


class Site(RootModel[int]):
    root: Annotated[int, Field(ge=1, le=9223372036854776000)]


class Sites(RootModel[list[Site]]):
    root: Annotated[list[Site], Field(max_length=500, min_length=1)]
    """
    Ids of the sites seen; null = all.
    """


class UserId(RootModel[int]):
    root: Annotated[int, Field(ge=1, le=9223372036854776000)]
    """
    Whose key it is.
    """


class ApiKeyDraft(BaseModel):
    """
    An API key to be issued.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    Who or what uses it.
    """
    role: Literal["viewer", "engineer", "planner", "admin"]
    """
    What it may do.
    """
    sites: Sites | None = None
    """
    Ids of the sites seen; null = all.
    """
    expires_at: AwareDatetime | None = None
    """
    When it ends by itself.
    """
    user_id: UserId | None = None
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


class BaselineChange(BaseModel):
    """
    What of a baseline is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ] = None
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
    note: Annotated[str | None, Field(max_length=2000, pattern="^[^\\x00]*$")] = None
    """
    Why this window.
    """


class BaselineDraft(BaseModel):
    """
    A baseline to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    characteristic_id: Annotated[int, Field(ge=1, le=9223372036854776000)]
    """
    Of which characteristic.
    """
    name: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
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
    where: dict[str, list[str]] = {}
    """
    Factor to the levels that count.
    """
    note: Annotated[str, Field(max_length=2000, pattern="^[^\\x00]*$")] = ""
    """
    Why this window.
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
    created_by: str
    """
    Who added it.
    """
    created_at: AwareDatetime
    """
    When it was added.
    """


class CharacteristicChange(BaseModel):
    """
    What of a characteristic is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ] = None
    """
    Name in full.
    """
    unit: Annotated[
        str | None,
        Field(
            max_length=40,
            pattern="^(1|[A-Za-zµμΩ°%_]+((\\*\\*|\\^)-?[0-9])?)(\\s?[*/· ]\\s?(1|[A-Za-zµμΩ°%_]+((\\*\\*|\\^)-?[0-9])?)){0,7}$",
        ),
    ] = None
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
    site: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Code of its site.
    """
    code: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Short name, unique at the site, never changed.
    """
    title: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    Name in full.
    """
    unit: Annotated[
        str,
        Field(
            max_length=40,
            pattern="^(1|[A-Za-zµμΩ°%_]+((\\*\\*|\\^)-?[0-9])?)(\\s?[*/· ]\\s?(1|[A-Za-zµμΩ°%_]+((\\*\\*|\\^)-?[0-9])?)){0,7}$",
        ),
    ]
    """
    Unit of its values, e.g. um; fixed once there are data.
    """
    kind: Literal["variable", "attribute"] = "variable"
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
    title: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ] = None
    """
    What happened.
    """
    detail: dict[str, Any] | None = None
    """
    More, by name.
    """


class Tool(RootModel[str]):
    root: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Code of the tool, if it was one tool.
    """


class Characteristic(RootModel[str]):
    root: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Code, if it was about one.
    """


class EventDraft(BaseModel):
    """
    An event to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Code of its site.
    """
    tool: Tool | None = None
    """
    Code of the tool, if it was one tool.
    """
    characteristic: Characteristic | None = None
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
    title: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    What happened, in one line.
    """
    detail: dict[str, Any] = {}
    """
    More, by name.
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


class Health(BaseModel):
    """
    The process answers.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    status: Literal["alive"] = "alive"
    """
    Always so, if it answers.
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
    reason: Annotated[str, Field(max_length=2000, pattern="^[^\\x00]*$")] = ""
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


class SiteChange(BaseModel):
    """
    What of a site is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ] = None
    """
    Name in full.
    """
    zone: Annotated[str | None, Field(max_length=64, min_length=1)] = None
    """
    IANA time zone.
    """


class SiteDraft(BaseModel):
    """
    A site to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    code: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Short name, unique, never changed.
    """
    title: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    Name in full.
    """
    zone: Annotated[str, Field(max_length=64, min_length=1)] = "UTC"
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


class Family(RootModel[str]):
    root: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    Model or type.
    """


class ToolChange(BaseModel):
    """
    What of a tool is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    title: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ] = None
    """
    Name in full.
    """
    family: Family | None = None
    """
    Model or type.
    """


class Family1(RootModel[str]):
    root: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    Model or type, to compare within.
    """


class ToolDraft(BaseModel):
    """
    A tool to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    site: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Code of its site.
    """
    code: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Short name, unique at the site, never changed.
    """
    title: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    Name in full.
    """
    family: Family1 | None = None
    """
    Model or type, to compare within.
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


class Sites1Item(RootModel[int]):
    root: Annotated[int, Field(ge=1, le=9223372036854776000)]


class Sites1(RootModel[list[Sites1Item]]):
    root: Annotated[list[Sites1Item], Field(max_length=500, min_length=1)]
    """
    Sites seen.
    """


class UserChange(BaseModel):
    """
    What of a user is to be changed.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    full_name: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ] = None
    """
    Name in full.
    """
    role: Literal["viewer", "engineer", "planner", "admin"] | None = None
    """
    What the user may do.
    """
    sites: Sites1 | None = None
    """
    Sites seen.
    """
    disabled: bool | None = None
    """
    Whether every key of the user is refused.
    """


class Sites2Item(RootModel[int]):
    root: Annotated[int, Field(ge=1, le=9223372036854776000)]


class Sites2(RootModel[list[Sites2Item]]):
    root: Annotated[list[Sites2Item], Field(max_length=500, min_length=1)]
    """
    Ids of the sites seen; null = all.
    """


class UserDraft(BaseModel):
    """
    A user to be added.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
    name: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}$")]
    """
    Short name, unique, never changed.
    """
    full_name: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^[^\\x00-\\x1f]*$")
    ]
    """
    Name in full.
    """
    role: Literal["viewer", "engineer", "planner", "admin"]
    """
    What the user may do.
    """
    sites: Sites2 | None = None
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
    Stable name of the kind: `/problems/not-found` ...
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
