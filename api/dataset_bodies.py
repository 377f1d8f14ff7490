"""What goes over the wire about datasets: drafts, views, what became of a file."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, JsonValue

from api.body import Body, Code, Optional, Title, View
from api.sent_rows import RejectedRow
from ops.classifier_query import DatasetKind
from ops.classify.document import DatasetDocument
from ops.classify.recipe import DatasetRecipe

EXAMPLE: JsonValue = {
    "subject": "a wire bond",
    "columns": [
        {"name": "lift", "type": "category", "role": "label"},
        {"name": "bonded_at", "type": "time", "role": "time"},
        {"name": "lot", "type": "category", "role": "group"},
        {"name": "power", "unit": "mW"},
    ],
    "positive": "yes",
    "source": "bonder log joined with the pull test",
}


class DatasetDraft(Body):
    """A dataset to be added; its rows are sent to /rows, or built from its recipe."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "LIFT-OFF",
                "site": "PEN1",
                "title": "Bonds that lifted, by what the bonder logged",
                "kind": "table",
                "document": EXAMPLE,
            }
        }
    )
    code: Code = Field(description="Code, unique at its site.")
    site: Code | None = Field(
        default=None, description="Code of its site; null: seen by who sees all sites."
    )
    title: Title | None = Field(default=None, description="Name for readers; null: the code.")
    kind: DatasetKind = Field(
        default="table", description="What a row holds: numbers and texts, or traces. Never changed"
    )
    document: DatasetDocument = Field(
        default=DatasetDocument(), description="What a row is, and what its columns mean."
    )
    recipe: DatasetRecipe | None = Field(
        default=None, description="How its rows are built from the database; null: from files."
    )


class DatasetChange(Body):
    """What of a dataset is to be changed, besides its rows."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "Bonds that lifted"}})
    title: Annotated[Title, Optional] = Field(default="", description="Name for readers.")
    document: Annotated[DatasetDocument, Optional] = Field(
        default=DatasetDocument(),
        description="The whole document, in place of the one there was; with rows, a revision."
        " Columns of the rows that it does not name stay features.",
    )
    recipe: Annotated[DatasetRecipe | None, Optional] = Field(
        default=None, description="How its rows are built; null: not from the database any more."
    )
    archived: Annotated[bool, Optional] = Field(
        default=False, description="Whether it is out of use: not listed, no new runs."
    )


class DatasetView(View):
    """A dataset without its rows."""

    code: str = Field(description="Code.")
    site: str | None = Field(description="Code of its site; null: of all sites.")
    title: str = Field(description="Name for readers.")
    kind: DatasetKind = Field(description="What a row holds.")
    document: DatasetDocument = Field(description="What a row is, and what its columns mean.")
    recipe: dict[str, Any] | None = Field(description="How its rows are built; null: from files.")
    newest: int = Field(description="Number of its newest revision; 0: it has no rows yet.")
    archived_at: datetime | None = Field(description="Since when it is out of use.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When anything of it was changed last.")


class DatasetWarningView(View):
    """A doubt about the rows."""

    severity: str = Field(description="refuse: nothing honest can be learned; warn: told.")
    pointer: str = Field(description="Where it stands.")
    detail: str = Field(description="The fact with its number, and the mend.")
    code: str = Field(description="Which check it is.")


class DatasetSummary(View):
    """What rows hold, counted."""

    rows: int = Field(description="Rows.")
    fingerprint: str = Field(description="Digest of names, units and values.")
    label: str | None = Field(description="Column of the labels; null: there is none.")
    labels: dict[str, int] = Field(description="Rows of each label, the 50 most frequent.")
    unlabelled: int = Field(description="Rows without a label.")
    first: str | None = Field(description="Earliest time of a row.")
    last: str | None = Field(description="Latest time of a row.")
    groups: int = Field(description="Groups of rows.")
    largest_group: int = Field(description="Rows of the largest one.")
    delay: dict[str, float] | None = Field(
        description="Hours from a row to its label: median_h, p90_h, max_h; and how many wait."
    )
    balance: dict[str, Any] | None = Field(description="Rows of each label in spans of time.")
    columns: list[dict[str, Any]] = Field(
        description="Each column: type, role, unit, missing values, how its values spread."
    )
    warnings: list[DatasetWarningView] = Field(description="Doubts about the rows.")


class DatasetRevisionView(View):
    """A revision of a dataset without its rows; it is never changed."""

    number: int = Field(description="Its number; 1 is the first.")
    note: str = Field(description="What has changed, and why.")
    origin: dict[str, Any] = Field(
        description="`kind`: file, append, recipe or document; and what goes with it."
    )
    document: DatasetDocument = Field(description="What was said of the dataset then.")
    size: int = Field(description="Bytes of its rows, compressed.")
    sha256: str = Field(description="Digest of its rows.")
    summary: DatasetSummary = Field(description="What its rows hold.")
    created_by: str = Field(description="Who made it.")
    created_at: datetime = Field(description="When it was made.")


class DatasetRevisionBrief(View):
    """A revision in the list of them."""

    number: int = Field(description="Its number; 1 is the first.")
    note: str = Field(description="What has changed, and why.")
    origin: dict[str, Any] = Field(
        description="`kind`: file, append, recipe or document; and what goes with it."
    )
    rows: int = Field(description="Its rows.")
    labels: dict[str, int] = Field(description="Rows of each label, the 50 most frequent.")
    size: int = Field(description="Bytes of its rows, compressed.")
    sha256: str = Field(description="Digest of its rows.")
    created_by: str = Field(description="Who made it.")
    created_at: datetime = Field(description="When it was made.")


class RejectedDatasetRow(RejectedRow):
    """A row of a file that cannot be kept."""


class DatasetUploadAnswer(View):
    """What became of a file, or would become of it."""

    revision: int | None = Field(
        description="Number of the revision that was made; null after a preview."
    )
    seen: int = Field(description="Rows of the file.")
    kept: int = Field(description="Rows of it that can be kept.")
    repeated: int = Field(description="Rows of it that were there already, and are left out.")
    rejected_count: int = Field(description="Rows of it that cannot be kept.")
    rejected: list[RejectedDatasetRow] = Field(description="The first 100 of them.")
    dropped: list[str] = Field(description="Features of the document that the file lacks.")
    document: DatasetDocument = Field(description="What each column was taken for.")
    summary: DatasetSummary = Field(description="What all rows hold, those before included.")


class DatasetRowsView(View):
    """A page of the rows of a revision."""

    revision: int = Field(description="Number of the revision.")
    items: list[dict[str, Any]] = Field(
        description="Rows by the headers of the CSV; null is a missing value."
    )
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class DatasetBuildAnswer(View):
    """What was built from a recipe."""

    revision: int = Field(description="Number of the revision that was made.")
    report: dict[str, Any] = Field(
        description="Rows, labels, why labels are unknown, what was left out, delays of news."
    )
    summary: DatasetSummary = Field(description="What the rows hold.")
