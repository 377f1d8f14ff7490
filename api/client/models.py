# Generated from the OpenAPI document by `make client`; do not edit.

from __future__ import annotations

from typing import Annotated, Any, Literal
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from datetime import date


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
    scale: Literal["linear", "log", "time", "category"] | None = None
    """
    How values are placed; time is microseconds since 1970 UTC.
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
    mark: Literal["line", "points", "bars", "band", "rule"]
    """
    How it is drawn.
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
    Upper side of a band.
    """
    role: (
        Literal["data", "limit", "spec", "center", "fit", "event", "signal"] | None
    ) = None
    """
    What it stands for; decides its colour.
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


class MarkView(BaseModel):
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


class RuleView(BaseModel):
    """
    A run rule and how many points of the window break it.
    """

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
    )
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


class SampleView(BaseModel):
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
    center: float
    """
    Centre line.
    """
    sigma: float | None
    """
    Sigma of a point of size 1; null: not judged.
    """
    lower: float | None
    """
    Lower control limit at the stage's median size.
    """
    upper: float | None
    """
    Upper control limit at the stage's median size.
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
    method: Literal["pooled", "rbar", "sbar"] | None = None
    """
    Estimator of the within-subgroup sigma.
    """
    requirement: float | None = None
    """
    Index required.
    """
    confidence: float | None = None
    """
    Level of intervals.
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
    value: list[float]
    """
    Value, or mean of the subgroup.
    """
    size: list[float] | None
    """
    Values behind each mean; null for individuals.
    """
    flags: list[int]
    """
    Rules broken: bit i stands for `rules[i]`.
    """
    factors: dict[str, FactorView]
    """
    Factors of each point, by name.
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
    blocks: list[Annotated[Figure | Text | Table | Chart, Field(discriminator="kind")]]
    """
    In reading order.
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
    Unit of values and limits.
    """
    kind: Literal["individuals", "means"]
    """
    What a point is.
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
    events: list[ChartEvent]
    """
    Events of the zoom, the newest 200.
    """
    spec: SpecView | None
    """
    Null for means: limits are for single values.
    """
    verdicts: list[Verdict]
    """
    What it comes to, in sentences.
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
