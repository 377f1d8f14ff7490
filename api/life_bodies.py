"""What goes over the wire about life tests: drafts, views, what became of a file."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, JsonValue

from api.body import Body, Code, Note, Optional, Title, View
from api.sent_rows import RejectedRow
from ops.life_query import LifeTestKind
from ops.lifetime.document import EXAMPLE, LifeTestDocument

RunName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
_RUN: JsonValue = "0b8f6a3e-5c1d-4a57-9f2e-1f0f4f0c2a11"


class LifeTestDraft(Body):
    """A life test to be added; its rows are sent to /rows."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "HTS-QFN32",
                "site": "PEN1",
                "title": "High-temperature storage, QFN32",
                "kind": "life",
                "document": EXAMPLE,
            }
        }
    )
    code: Code = Field(description="Code, unique at its site.")
    site: Code | None = Field(
        default=None, description="Code of its site; null: seen by who sees all sites."
    )
    title: Title | None = Field(default=None, description="Name for readers; null: the code.")
    kind: LifeTestKind = Field(
        default="life",
        description="What its rows are: times to failure, field returns, events of repairable"
        " systems, or degradation readings. Never changed.",
    )
    document: LifeTestDocument = Field(
        default=LifeTestDocument(), description="What was tested, and what a failure is."
    )


class LifeTestChange(Body):
    """What of a life test is to be changed, besides its rows."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "HTS at 175 degC"}})
    title: Annotated[Title, Optional] = Field(default="", description="Name for readers.")
    document: Annotated[LifeTestDocument, Optional] = Field(
        default=LifeTestDocument(),
        description="The whole document, in place of the one there was; with rows, a revision.",
    )
    archived: Annotated[bool, Optional] = Field(
        default=False, description="Whether it is out of use: not listed, no new runs."
    )


class LifeTestView(View):
    """A life test without its rows."""

    code: str = Field(description="Code.")
    site: str | None = Field(description="Code of its site; null: of all sites.")
    title: str = Field(description="Name for readers.")
    kind: LifeTestKind = Field(description="What its rows are.")
    document: LifeTestDocument = Field(description="What was tested, and what a failure is.")
    newest: int = Field(description="Number of its newest revision; 0: it has no rows yet.")
    archived_at: datetime | None = Field(description="Since when it is out of use.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When anything of it was changed last.")


class LifeStressSummary(View):
    """One stress of the rows."""

    unit: str = Field(description="Unit of its levels.")
    levels: list[float] = Field(description="The distinct levels, the first 50.")


class LifeSummary(View):
    """What rows hold, counted."""

    rows: int = Field(description="Rows.")
    units: float = Field(description="Units or systems.")
    failures: float = Field(description="Units that failed, returns, or events.")
    censored: float = Field(description="Units that have not failed.")
    modes: dict[str, float] = Field(description="Failures by mode, the 50 most frequent.")
    groups: dict[str, float] = Field(description="Units by group, the 50 largest.")
    stresses: dict[str, LifeStressSummary] = Field(description="Levels of each stress.")
    first: float | None = Field(
        description="Earliest time; of field returns the first day of shipping since 1970."
    )
    last: float | None = Field(
        description="Latest time; of field returns the day up to which is known."
    )


class LifeRevisionView(View):
    """A revision of a life test without its rows; it is never changed."""

    number: int = Field(description="Its number; 1 is the first.")
    note: str = Field(description="What has changed, and why.")
    origin: dict[str, Any] = Field(
        description="`kind`: replace, merge or document; and the file that it came from."
    )
    document: LifeTestDocument = Field(description="What was said of the test then.")
    size: int = Field(description="Bytes of its rows, compressed.")
    sha256: str = Field(description="Digest of its rows.")
    summary: LifeSummary = Field(description="What its rows hold.")
    created_by: str = Field(description="Who made it.")
    created_at: datetime = Field(description="When it was made.")


class RejectedLifeRow(RejectedRow):
    """A row of a file that cannot be kept."""


class LifeUploadAnswer(View):
    """What became of a file, or would become of it."""

    revision: LifeRevisionView | None = Field(
        description="The revision that was made; null after a preview: nothing is stored."
    )
    seen: int = Field(description="Rows of the file.")
    kept: int = Field(description="Rows of it that can be kept.")
    rejected_count: int = Field(description="Rows of it that cannot be kept.")
    rejected: list[RejectedLifeRow] = Field(description="The first 100 of them.")
    columns: dict[str, str] = Field(description="Role to the column that was taken for it.")
    stresses: dict[str, str] = Field(description="Stress to the column that was taken for it.")
    ignored: list[str] = Field(description="Columns that mean nothing here.")
    warnings: list[str] = Field(description="What was assumed, as it may not be meant.")
    summary: LifeSummary = Field(description="What all rows hold, those before included.")


class LifeRowsView(View):
    """A page of the rows of a revision."""

    revision: int = Field(description="Number of the revision.")
    items: list[dict[str, Any]] = Field(
        description="Rows by the headers of the CSV; null is an endless or absent value."
    )
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class LifeApprovalDraft(Body):
    """A run whose life somebody stands for."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "run": _RUN,
                "rationale": "Weibull: weakest link; lognormal is 6 AICc worse; B10 bound is used.",
            }
        }
    )
    run: RunName = Field(description="Id of a succeeded run of this life test.")
    rationale: Reason = Field(description="Why this life, in words; it is kept for good.")
    waiver: Note = Field(
        default="", description="Why a rule was waived, such as mechanism over likelihood."
    )


class LifeApprovalView(View):
    """An approved run; it is never changed."""

    id: int = Field(description="Number of the approval.")
    run_id: str = Field(description="Id of the run.")
    rationale: str = Field(description="Why.")
    waiver: str = Field(description="Why a rule was waived; empty if none was.")
    approved_by: str = Field(description="Who approved it.")
    approved_at: datetime = Field(description="When.")
