"""What servers of language models were seen to do: the newest probe of each server and model."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ops.db.models.advise import LlmProbe

FRESH = timedelta(days=7)


def keep(
    session: Session, server: str, model: str, found: Mapping[str, Any], *, at: datetime
) -> None:
    """Keep a probe in place of an older one.

    Parameters
    ----------
    server
        Address without secrets.
    model
        Name that was asked for; empty: the server's first.
    found
        Capabilities as JSON.
    """
    session.merge(LlmProbe(server=server, model=model, probed_at=at, found=dict(found)))
    session.flush()


def newest(session: Session, server: str, model: str) -> dict[str, Any] | None:
    """Read the newest probe, however old; None: there is none."""
    probe = session.get(LlmProbe, (server, model))
    return None if probe is None else probe.found


def fresh(
    session: Session,
    server: str,
    model: str,
    *,
    now: datetime,
    listed: Collection[str] | None = None,
) -> dict[str, Any] | None:
    """Read the newest probe, unless it is older than a week or of another list of models.

    One from after `now` counts: another process kept it since, or has a clock that is ahead. By
    more than a week no clock is believed.

    Parameters
    ----------
    listed
        Models that the server lists now; None: nobody looked.
    """
    probe = session.get(LlmProbe, (server, model))
    if probe is None or abs(now - probe.probed_at) > FRESH:
        return None
    if listed is not None and sorted(listed) != sorted(probe.found.get("models", ())):
        return None
    return probe.found
