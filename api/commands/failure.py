"""What a user of the command line reads when something fails, and the exit code."""

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from api.form_words import plain, telling
from ops.errors import BadData, OpsError

FAILED = 1
USAGE = 2


def explain(error: Exception) -> tuple[int, list[str]]:
    """Exit code and lines that name the field, the value and the mend.

    Parameters
    ----------
    error
        Whatever ended the command.
    """
    if isinstance(error, BadData):
        named = [f"  {p.pointer or '/'}: {p.detail}" for p in error.problems]
        return USAGE, [f"Error: {error}", *named]
    if isinstance(error, OpsError):
        return FAILED, [f"Error: {error}"]
    if isinstance(error, ValidationError):
        return USAGE, [f"Error: {error.title} is wrong", *_validation_lines(error)]
    if isinstance(error, SQLAlchemyError):
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()
        if reason and "database is locked" in reason[0]:
            return FAILED, [
                "Error: others write to the database, and it was not free in time; nothing is lost",
                "  try again; where many write at once, PostgreSQL serves better than SQLite",
            ]
        return FAILED, [
            f"Error: the database does not answer as expected: {reason[0] if reason else error}",
            "  `longrun doctor` says what is wrong with it; `longrun migrate` brings it up to date",
        ]
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return FAILED, [f"Error: {error.strerror or error}{where}"]
    return FAILED, [
        f"Error: unforeseen {type(error).__name__}: {error}",
        "  this is a defect of Longrun; LONGRUN_LOG_LEVEL=DEBUG shows it in full",
    ]


def _validation_lines(error: ValidationError) -> list[str]:
    lines: list[str] = []
    for entry in telling(error.errors(include_url=False)):
        field = "_".join(str(part) for part in entry["loc"])
        name = f"LONGRUN_{field.upper()}" if error.title == "Settings" else field
        lines.append(f"  {name}: {plain(entry)}, got {_shown(field, entry.get('input'))}")
    return lines


def _shown(field: str, value: object) -> str:
    # in a URL a password may stand: neither a screen nor a log is its place
    return f"{str(value)[:6]}..." if field.endswith("_url") else repr(value)
