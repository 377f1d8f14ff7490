"""Analyses that children start with at hand, as the setting ``preload`` names them."""

from difflib import get_close_matches

from ops.errors import BadData, Problem
from ops.settings import Settings


def refuse_strangers(settings: Settings) -> None:
    """Refuse to start with a name in LONGRUN_PRELOAD that no analysis has.

    Raises
    ------
    BadData
        With the name, and the nearest one that there is.
    """
    wrong = strangers(settings)
    if wrong:
        told = "; ".join(f"{name!r} is no analysis: {mend}" for name, mend in wrong.items())
        raise BadData(f"LONGRUN_PRELOAD: {told}", (Problem("/preload", "name analyses only"),))


def strangers(settings: Settings) -> dict[str, str]:
    """Names in the setting that no analysis has, each with the mend."""
    if not settings.preload:
        return {}
    # two seconds of CPU, which only who names some has to pay at this point
    from ops.analyses.registry import all_analyses  # noqa: PLC0415

    known = sorted(analysis.name for analysis in all_analyses())
    return {name: _mend(name, known) for name in settings.preload if name not in known}


def _mend(name: str, known: list[str]) -> str:
    near = get_close_matches(name.casefold(), known, 1)
    return f"write {near[0]!r}" if near else f"take it out, or write one of {', '.join(known)}"
