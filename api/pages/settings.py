"""Settings: keys, users, mappings, calendars and retention, as far as the role may see them."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.brand import version_of, view_of
from api.deps import ActorDep, ReadSession, SettingsDep
from api.keys import ApiKeyDraft
from api.pages.shell import VisitDep
from api.render.forms import fields_of
from api.retention import RetentionView
from api.users import UserDraft
from ops.db import brands, calendars, keys, sites, sources, users
from ops.db.models.people import ApiKey, User
from ops.db.models.plant import Calendar, Site
from ops.values import Actor

router = APIRouter(prefix="/settings", include_in_schema=False)
SHIFTS = 4  # rows of the form of a calendar
MOST = 500


@router.get("", response_class=HTMLResponse)
def read(
    visit: VisitDep, session: ReadSession, actor: ActorDep, settings: SettingsDep
) -> HTMLResponse:
    """Show what this service is set to, and the forms to change it."""
    steward = actor.may("admin") and actor.scope.sites is None
    here = session.scalars(sites.listed(actor.scope).order_by(Site.code)).all()
    return visit.show(
        "settings.html",
        steward=steward,
        sites=here,
        codes=sites.codes(session),
        saved=session.scalars(sources.listed(actor.scope)).all(),
        calendars={site.code: _calendar(session, site, actor) for site in here},
        shift_rows=range(SHIFTS),
        kept=[
            (name, getattr(settings, name), field.description)
            for name, field in RetentionView.model_fields.items()
            if name.startswith("keep_")
        ],
        **(_steered(session, visit) if steward else {}),
    )


def _steered(session: Session, visit: VisitDep) -> dict[str, Any]:
    """Collect what only a steward of every site may see."""
    row = brands.find(session)
    known = session.scalars(
        keys.listed(active=None, now=visit.now).order_by(ApiKey.id.desc()).limit(MOST)
    )
    return {
        "keys": known.all(),
        "users": session.scalars(users.listed().order_by(User.name).limit(MOST)).all(),
        "own": view_of(row),
        "own_version": version_of(row),
        "new_key": fields_of(ApiKeyDraft.model_json_schema(), {}),
        "new_user": fields_of(UserDraft.model_json_schema(), {}),
    }


def _calendar(session: Session, site: Site, actor: Actor) -> list[dict[str, Any]]:
    """Versions of a site's calendar, the newest first."""
    query = calendars.versions(site.id, actor.scope).order_by(Calendar.effective_from.desc())
    return [
        {
            "id": version.id,
            "from": version.effective_from,
            "zone": version.zone,
            "shifts": calendars.as_value(session, version).patterns,
            "holidays": calendars.holidays(session, version),
        }
        for version in session.scalars(query)
    ]
