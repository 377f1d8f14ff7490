"""A question on a page of another thing is answered of what it names, and the answer says so."""

from ops.advise.question import About, Question
from ops.advise.rendering import sentence
from ops.db.engine import Database
from ops.db.models.plant import Characteristic, Tool
from ops.values import EVERYWHERE
from ops.work.advise.draft import Draft
from ops.work.advise.gather import gathered
from tests.api.plant import HERE, NOW
from tests.ops.db.test_load_digest import add_plant, report

OTHER = About(kind="characteristic", code="WIDTH", site="HERE")


def _asked(database: Database, text: str, *about: About) -> Draft:
    with database.read() as session:
        return gathered(session, EVERYWHERE, Question(text=text, about=about), now=NOW)


def _plant(database: Database) -> None:
    add_plant(database)
    report(database, at=NOW)  # of the characteristic LOOP and the tool WB-<HERE>
    with database.write.begin() as session:
        session.add(Tool(site_id=HERE, code=f"WB-{HERE}", title="Bonder", created_at=NOW))
        session.add(Characteristic(site_id=HERE, code="WIDTH", title="Width", unit="um",
                                   created_at=NOW))  # fmt: skip


def test_where_nothing_is_known_of_text_and_page_the_text_wins(sqlite_database: Database) -> None:
    _plant(sqlite_database)
    draft = _asked(sqlite_database, f"How is WB-{HERE}?", OTHER)
    assert [case.id for case in draft.cases] == ["alert/1"]
    said = sentence(draft.answer.claims[0], {})
    assert (
        said
        == f"This is about WB-{HERE}, which the question names, and not about WIDTH of the page."
    )


def test_what_is_known_of_both_is_answered_as_before(sqlite_database: Database) -> None:
    _plant(sqlite_database)
    draft = _asked(sqlite_database, f"How is WB-{HERE}?",
                   About(kind="characteristic", code="LOOP", site="HERE"))  # fmt: skip
    assert [case.id for case in draft.cases] == ["alert/1"]
    assert draft.intent.passed_over == ()


def test_a_page_of_which_nothing_is_known_is_no_reason_to_tell_of_others(
    sqlite_database: Database,
) -> None:
    _plant(sqlite_database)
    draft = _asked(sqlite_database, "How is it?", OTHER)
    assert draft.answer.state == "refused"
    assert draft.intent.passed_over == ()
