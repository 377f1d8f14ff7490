"""A scenario in a file that was sent: its format found out, its weight checked, its tables read."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Any, BinaryIO

from fastapi import Depends, Query

from api.deps import ActorDep, SettingsDep
from api.scenario_documents import read_document
from api.scenario_step import refusal
from api.sizes import MIB
from api.spool import Sent, SpoolDep
from ops.errors import BadData, Problem, TooLarge
from ops.settings import Settings
from solvers.errors import ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.exchange import ExchangeFormat, import_scenario

MEDIA: dict[ExchangeFormat, str] = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "parquet": "application/zip",
}
_SWELLING = 4  # times the limit of a body that an archive may unpack to
_MOST_ENTRIES = 200
Format = Annotated[
    ExchangeFormat | None, Query(description="Absent: as the Content-Type or the name says.")
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document, and what is worth knowing of the file it came in."""

    document: Scenario
    detail: dict[str, Any]


def _sheet(actor: ActorDep, settings: SettingsDep, spool: SpoolDep, format: Format = None) -> Sheet:
    del actor  # known before the body is read
    sent = spool.files.get("") or spool.files.get("file")
    if sent is None:
        mend = "add a part named file"
        raise BadData(f"the form has no file; {mend}", (Problem("/file", mend),))
    found = format or _format(sent)
    if found != "json":
        weigh(sent.stream, swelling(settings))
    content = sent.stream.read()
    name = sent.name[:200].replace("\0", "") if sent.name else None
    detail = {"format": found} | ({} if name is None else {"file": name})
    return Sheet(_read(content, found), detail)


SheetDep = Annotated[Sheet, Depends(_sheet)]


def _read(content: bytes, file_format: ExchangeFormat) -> Scenario:
    if file_format == "json":
        return read_document(Scenario, content)
    try:
        return import_scenario(content, file_format)
    except ScenarioError as error:
        raise refusal(error) from error


def _format(sent: Sent) -> ExchangeFormat:
    ending = PurePath(sent.name or "").suffix.lower()
    if sent.media_type == MEDIA["json"] or ending == ".json":
        return "json"
    if sent.media_type == MEDIA["xlsx"] or ending == ".xlsx":
        return "xlsx"
    if sent.media_type in ("application/zip", "application/x-zip-compressed") or ending == ".zip":
        return _of_archive(sent.stream)
    mend = f"send one of {', '.join(dict.fromkeys(MEDIA.values()))}, or give `format`"
    raise BadData(
        f"the Content-Type is {sent.media_type or 'missing'}; {mend}",
        (Problem("/content-type", mend),),
    )


def _of_archive(stream: BinaryIO) -> ExchangeFormat:
    endings = {PurePath(entry.filename).suffix.lower() for entry in entries(stream)}
    return "parquet" if ".parquet" in endings and ".csv" not in endings else "csv"


def swelling(settings: Settings) -> int:
    """Bytes that an archive may unpack to."""
    return _SWELLING * settings.max_scenario_mb * MIB


def entries(stream: BinaryIO) -> list[zipfile.ZipInfo]:
    """Entries of an archive, none of them unpacked.

    Raises
    ------
    BadData
        If it is no archive.
    """
    try:
        stream.seek(0, io.SEEK_SET)
        with zipfile.ZipFile(stream) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        mend = "save it again, as XLSX or as a ZIP of tables"
        raise BadData(
            f"the file is no archive that can be read: {error}", (Problem("", mend),)
        ) from error
    finally:
        stream.seek(0)
    return found


def weigh(stream: BinaryIO, most_bytes: int) -> None:
    """Refuse an archive that would swell beyond reason; its sizes are binding when it is read.

    Raises
    ------
    BadData
        If it is no archive, or has more than 200 entries.
    TooLarge
        If it would unpack to more than `most_bytes`.
    """
    found = entries(stream)
    if len(found) > _MOST_ENTRIES:
        detail = f"holds {len(found)} files; at most {_MOST_ENTRIES} are read"
        raise BadData(f"the archive {detail}", (Problem("", detail),))
    size = sum(entry.file_size for entry in found)
    if size > most_bytes:
        raise TooLarge(
            f"the file unpacks to {size // MIB} MiB; at most {most_bytes // MIB} MiB are read,"
            f" {_SWELLING} times LONGRUN_MAX_SCENARIO_MB"
        )
