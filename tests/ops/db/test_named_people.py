from datetime import UTC, datetime

from ops.db.engine import Database
from ops.db.models.data import Context
from ops.db.models.people import User
from ops.db.models.plant import Site
from ops.db.named_people import named_people

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def test_users_and_operators_are_named_once(database: Database) -> None:
    with database.write.begin() as session:
        site = Site(code="S", title="S", zone="UTC", created_at=NOW)
        session.add(User(name="eva", full_name="Eva Berg", role="viewer", created_at=NOW))
        session.add(User(name="bo", role="viewer", created_at=NOW))
        session.add(site)
        session.flush()
        for place, factors in enumerate(
            (
                {"operator": "OP-3", "tool": "WB-1"},
                {"operator": "OP-3"},
                {"inspector": "Ivo"},
                {"created_by": "Kim"},
            )
        ):
            session.add(
                Context(site_id=site.id, digest=str(place), factors=factors, created_at=NOW)
            )
        session.flush()
        assert named_people(session) == ("Eva Berg", "Ivo", "Kim", "OP-3", "bo", "eva")
        assert named_people(session, ()) == ("Eva Berg", "bo", "eva")
