"""What goes over the wire about scenarios: drafts, views, flaws, differences."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import ConfigDict, Field, JsonValue

from api.body import Body, Code, Note, Optional, Title, View
from api.coded import Number
from solvers.scenario.document import Scenario
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.part import Code as DocumentCode

MOST_FLAWS = 200  # told at once
EXAMPLE: dict[str, JsonValue] = {
    "title": "Two plants, three customers",
    "periods": [{"code": "2026-W01", "start": "2026-01-05", "days": 7}],
    "commodities": [{"code": "QFN", "weight": "0.2 kg", "value": 12}],
    "sites": [
        {"code": "PEN", "kind": "plant", "latitude": 5.4, "longitude": 100.3, "country": "MY"},
        {"code": "MUC", "kind": "customer", "latitude": 48.1, "longitude": 11.6, "country": "DE"},
    ],
    "supplies": [{"site": "PEN", "commodity": "QFN", "quantity": 5000, "unit_cost": 3}],
    "lanes": [{"origin": "PEN", "destination": "MUC", "mode": "air", "unit_cost": 0.8}],
    "demands": [{"customer": "MUC", "commodity": "QFN", "quantity": 4200, "lost_cost": 20}],
}

ScenarioCode = Annotated[str, Query(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._\-]+$")]
RunName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
EditText = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class ScenarioDraft(Body):
    """A scenario to be added."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"code": "EU-2026", "site": "PEN1", "document": EXAMPLE}}
    )
    code: Code = Field(description="Code, unique at its site.")
    site: Code | None = Field(
        default=None, description="Code of its site; null: seen by who sees all sites."
    )
    title: Title | None = Field(default=None, description="Null: that of the document.")
    note: Note = Field(default="", description="What it is for.")
    document: Scenario = Field(description="The document.")


class ScenarioChange(Body):
    """What of a scenario is to be changed, besides its document."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "Europe, second half"}})
    title: Annotated[Title, Optional] = Field(default="", description="Name for readers.")
    note: Annotated[Note, Optional] = Field(default="", description="What it is for.")
    archived: Annotated[bool, Optional] = Field(
        default=False, description="Whether it is out of use: not listed, not planned."
    )


class ScenarioRevisionDraft(Body):
    """The next revision of a scenario."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"note": "tariffs of April", "document": EXAMPLE}}
    )
    note: Note = Field(default="", description="What has changed, and why.")
    document: Scenario = Field(description="The whole document.")


class ApprovalDraft(Body):
    """The plan that is to be in force."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"run": "0b8f6a3e-5c1d-4a57-9f2e-1f0f4f0c2a11"}}
    )
    run: RunName = Field(description="Id of a succeeded network-plan run of this scenario.")


class FlawView(View):
    """A wrong place of a document."""

    pointer: str = Field(description="JSON pointer into the document.")
    detail: str = Field(description="The value that is wrong, and how to mend it.")


class FlawsView(View):
    """What is wrong with a document: with none it can be planned."""

    flaw_count: int = Field(description="How many wrong places there are.")
    flaws: list[FlawView] = Field(description=f"The first {MOST_FLAWS} of them.")


class ScenarioView(View):
    """A scenario without its document."""

    code: str = Field(description="Code.")
    site: str | None = Field(description="Code of its site; null: of all sites.")
    title: str = Field(description="Name for readers.")
    note: str = Field(description="What it is for.")
    newest: int = Field(description="Number of its newest revision.")
    approved_run: str | None = Field(description="Run whose plan is in force.")
    approved_by: str | None = Field(description="Who approved it.")
    approved_at: datetime | None = Field(description="When it was approved.")
    archived_at: datetime | None = Field(description="Since when it is out of use.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When anything of it was changed last.")


class ScenarioAnswer(ScenarioView, FlawsView):
    """A scenario as it was just stored, and what is wrong with its newest document."""


class ScenarioRevisionView(View):
    """A revision of a scenario without its document; it is never changed."""

    number: int = Field(description="Its number; 1 is the first.")
    parent: int | None = Field(description="The revision that it was made from.")
    note: str = Field(description="What has changed, and why.")
    origin: dict[str, Any] = Field(
        description="`kind`: create, upload, edits, copy, candidates or distances; and its source."
    )
    edits: list[Any] | None = Field(description="The edits that made it from its parent.")
    size: int = Field(description="Bytes of its document as JSON.")
    sha256: str = Field(description="Digest of its document: equal documents, equal digest.")
    created_by: str = Field(description="Who made it.")
    created_at: datetime = Field(description="When it was made.")


class ChangeView(View):
    """One difference between two documents."""

    pointer: str = Field(description="Where; members of lists are named by their codes.")
    kind: Literal["added", "removed", "changed"] = Field(description="What happened.")
    before: Any = Field(description="The value before; null where there was none.")
    after: Any = Field(description="The value after; null where there is none.")
    sentence: str = Field(description="The same in words.")


class DiffView(View):
    """The differences between two revisions."""

    from_revision: int = Field(description="Number of the first.")
    to_revision: int | None = Field(description="Number of the second; null: not stored.")
    change_count: int = Field(description="How many differences there are.")
    changes: list[ChangeView] = Field(description="The first 1000 of them.")


class RevisedView(FlawsView):
    """A revision that was just made, or would be made by a dry run."""

    revision: ScenarioRevisionView | None = Field(
        description="Null after a dry run: nothing is stored."
    )
    sentences: list[str] = Field(description="What each edit does, in words.")
    diff: DiffView = Field(description="How it differs from its parent.")


class EditsDraft(Body):
    """Edits that make the next revision."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "edits": ["lane PEN-MUC capacity -50 %", "demand of customer MUC +20 %"],
                "note": "half the freighters",
            }
        }
    )
    edits: list[Edit | EditText] = Field(
        min_length=1, max_length=500, description="Applied in order; typed, or as short texts."
    )
    note: Note = Field(default="", description="Why.")
    revision: Number | None = Field(default=None, description="Made from it; null: the newest.")


class CopyDraft(Body):
    """A copy of a scenario under another code."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"code": "EU-CRISIS", "edits": ["close site PEN"]}}
    )
    code: Code = Field(description="Code of the copy, unique at its site.")
    site: Code | None = Field(default=None, description="Code of its site.")
    title: Title | None = Field(default=None, description="Null: that of the original.")
    note: Note = Field(default="", description="What it is for.")
    edits: list[Edit | EditText] = Field(
        default=[], max_length=500, description="Applied to the copy, in order."
    )
    revision: Number | None = Field(default=None, description="Copied; null: the newest.")


class DistancesDraft(Body):
    """Which distances are to be measured."""

    model_config = ConfigDict(json_schema_extra={"example": {"pairs": "lanes", "mode": "road"}})
    pairs: Literal["lanes", "all"] = Field(
        default="lanes", description="Those of the lanes of `mode`, or of all sites."
    )
    mode: DocumentCode = Field(default="road", description="Code of the mode, for `lanes`.")
    replace: bool = Field(
        default=False, description="Also those that the document has; else they stay."
    )
    note: Note = Field(default="", description="Why; the source is written behind it.")
    revision: Number | None = Field(default=None, description="Made from it; null: the newest.")


class DistancesView(RevisedView):
    """A revision whose distances were measured."""

    source: str = Field(description="Who measured.")
    measured: int = Field(description="How many pairs are new.")
    unreachable: list[tuple[str, str]] = Field(description="Pairs without a way, the first 1000.")
    unplaced: list[str] = Field(description="Sites without coordinates, the first 1000.")


class CandidatesDraft(Body):
    """The study whose sites become candidates."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"run": "0b8f6a3e-5c1d-4a57-9f2e-1f0f4f0c2a11"}}
    )
    run: RunName = Field(description="Id of a succeeded greenfield run of this scenario.")
    note: Note = Field(default="", description="Why.")
    revision: Number | None = Field(default=None, description="Made from it; null: the newest.")


class HistoryView(View):
    """A document made from history; nothing is stored."""

    document: dict[str, Any] = Field(description="The scenario; send it to /v1/scenarios.")
    report: dict[str, Any] = Field(
        description="Fitted tariffs with residuals, aggregation errors, what was booked."
    )
    flaw_count: int = Field(description="How many wrong places there are.")
    flaws: list[FlawView] = Field(description=f"The first {MOST_FLAWS} of them.")
