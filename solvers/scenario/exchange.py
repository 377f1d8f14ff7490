"""A scenario in the file formats that it is exchanged in."""

from collections.abc import Callable
from typing import Literal, get_args

from pydantic import ValidationError

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.archive import read_csv, read_parquet, write_csv, write_parquet
from solvers.scenario.document import Scenario
from solvers.scenario.spreadsheet import read_xlsx, write_xlsx

ExchangeFormat = Literal["json", "xlsx", "csv", "parquet"]  # the last two are ZIPs of tables
EXCHANGE_FORMATS: tuple[ExchangeFormat, ...] = get_args(ExchangeFormat)


def export_scenario(scenario: Scenario, file_format: ExchangeFormat) -> bytes:
    """Write a scenario; what is left out in JSON are fields that hold their default.

    Raises
    ------
    ScenarioError
        If the format cannot hold it: a sheet has too many rows.
    """
    writers: dict[ExchangeFormat, Callable[[Scenario], bytes]] = {
        "json": lambda s: s.model_dump_json(exclude_defaults=True, indent=1).encode(),
        "xlsx": write_xlsx,
        "csv": write_csv,
        "parquet": write_parquet,
    }
    return writers[file_format](scenario)


def import_scenario(content: bytes, file_format: ExchangeFormat) -> Scenario:
    """Read a scenario.

    Raises
    ------
    ScenarioError
        If the bytes are not of the format, or with every wrong cell: where it stands, its value,
        and the mend.
    """
    readers: dict[ExchangeFormat, Callable[[bytes], Scenario]] = {
        "json": _read_json,
        "xlsx": read_xlsx,
        "csv": read_csv,
        "parquet": read_parquet,
    }
    return readers[file_format](content)


def _read_json(content: bytes) -> Scenario:
    try:
        return Scenario.model_validate_json(content)
    except ValidationError as error:
        flaws = tuple(
            Flaw("".join(f"/{s}" for s in e["loc"]), f"{str(e['input'])[:80]!r}: {e['msg']}")
            for e in error.errors()
        )
        said = "; ".join(f"{f.pointer}: {f.detail}" for f in flaws[:5])
        raise ScenarioError(f"{len(flaws)} wrong values: {said}", flaws) from error
