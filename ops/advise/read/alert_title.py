"""The title of an alert in its parts: the code before it, its clauses, the stop behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ops.advise.personal import is_personal
from ops.page_value import Phrase

_PHRASES = TypeAdapter(tuple[Phrase, ...])


@dataclass(frozen=True, slots=True)
class AlertTitle:
    """What a title is made of.

    Parameters
    ----------
    before
        Code and colon that stand before its clauses; empty if there are none.
    bare
        The title without the code before it and the full stop behind it.
    phrases
        Its clauses; none of a title that was stored without them.
    stop
        Whether a full stop stands behind its clauses.
    """

    before: str
    bare: str
    phrases: tuple[Phrase, ...] = ()
    stop: bool = False


def alert_title(title: str, characteristic: str | None, evidence: Mapping[str, Any]) -> AlertTitle:
    """Take the stored title of an alert apart, by what its evidence says of it."""
    phrases = phrases_in(evidence.get("title_phrases"))
    sentence = "; ".join(phrase.english() for phrase in phrases)
    if phrases and title.endswith(f"{sentence}."):
        return AlertTitle(title.removesuffix(f"{sentence}."), sentence, phrases, stop=True)
    bare = title.removeprefix(f"{characteristic}: ").rstrip(". ")
    rule = next((one for one in _rules(evidence) if bare.endswith(f": {one}")), "")
    about = bare.removesuffix(f": {rule}")
    clauses = _of_chart(about, rule, characteristic or "", evidence) if rule else ()
    return AlertTitle("", bare, clauses)


def _rules(evidence: Mapping[str, Any]) -> list[str]:
    found: Any = evidence.get("rules")
    rules: list[Any] = found if isinstance(found, list) else []
    said = (one.get("sentence") for one in rules if isinstance(one, dict))
    return [one.rstrip(". ") for one in said if isinstance(one, str) and one]


def _of_chart(
    about: str, rule: str, characteristic: str, evidence: Mapping[str, Any]
) -> tuple[Phrase, ...]:
    """Title of an alert of a chart: a characteristic, the level of a factor, the rule."""
    for factor, level in stratum_of(evidence).items():
        if about == f"{characteristic}, {factor} {level}":
            parts = {"factor": factor, "level": level, "rule": rule}
            template = "{characteristic}, {factor} {level}: {rule}"
            return (Phrase.of(template, characteristic=characteristic, **parts),)
    return (Phrase.of("{about}: {rule}", about=about, rule=rule),)


def stratum_of(evidence: Mapping[str, Any]) -> dict[str, str]:
    """Levels of the factors that an alert is about; who worked there is left out."""
    said: Any = evidence.get("stratum")
    if not isinstance(said, dict):
        return {}
    levels: dict[str, Any] = said
    return {
        name: level
        for name, level in levels.items()
        if not is_personal(name) and isinstance(level, str) and level
    }


def phrases_in(stored: Any) -> tuple[Phrase, ...]:
    """Clauses of a stored sentence; none of one that was stored before they were."""
    try:
        return _PHRASES.validate_python(stored or ())
    except ValidationError:
        return ()
