"""What an alert is about: whoever asks about an alert alone asks about that as well."""

from sqlalchemy.orm import Session

from ops.advise.question import LONGEST_CODE, MOST_ABOUT, About, AboutKind, Question
from ops.db import findings, sites
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic
from ops.errors import NotFound
from ops.values import Scope

_LEVELS: tuple[AboutKind, ...] = ("model", "tool")  # of a stratum, that things of ours are


def of_alert(session: Session, row: Finding) -> tuple[About, ...]:
    """Tell what an alert is about: itself, its characteristic, and its model or tool."""
    site = sites.codes(session).get(row.site_id)
    found = [About(kind="alert", code=str(row.id), site=site)]
    if row.characteristic_id is not None:
        known = session.get_one(Characteristic, row.characteristic_id)
        found.append(About(kind="characteristic", code=known.code, site=site))
    stratum: dict[str, str] = row.evidence.get("stratum") or {}
    for kind in _LEVELS:
        code = str(stratum.get(kind) or "")
        if 0 < len(code) <= LONGEST_CODE:
            found.append(About(kind=kind, code=code, site=site))
    return tuple(found)


def with_alerts(session: Session, scope: Scope, question: Question) -> Question:
    """Add what its alerts are about to a question that names nothing else.

    Alerts that are not in the scope add nothing.
    """
    named = [one for one in question.about if one.kind == "alert"]
    if not named or len(named) < len(question.about):
        return question
    about = [each for one in named for each in _of(session, scope, one)]
    return question.model_copy(update={"about": tuple(dict.fromkeys(about))[:MOST_ABOUT]})


def _of(session: Session, scope: Scope, one: About) -> tuple[About, ...]:
    if not one.code.isascii() or not one.code.isdigit() or len(one.code) > 18:
        return (one,)
    try:
        return of_alert(session, findings.get(session, scope, int(one.code)))
    except NotFound:
        return (one,)
