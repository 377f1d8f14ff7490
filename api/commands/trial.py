"""What is said before rows are stored: what a tried file would become, where it has no home."""

from ops.errors import BadData, NotFound
from ops.work.file_record import Rejects


def tried(refused: BadData | None, rejects: Rejects) -> str:
    """Say it, before the counts: a file with wrong rows is stored only without them.

    Parameters
    ----------
    refused
        Why the file is refused as it is; None if no row is wrong.
    rejects
        What is wished of wrong rows.
    """
    if refused is None or rejects == "leave-out":
        return "it would be stored"
    return "it would be refused; with --rejects leave-out this would be stored"


def homeless(error: NotFound, command: str) -> NotFound:
    """Say by which `command` the thing is added that rows were to be stored in."""
    return NotFound(f"{error}; add it first: `longrun {command} --site SITE`")
