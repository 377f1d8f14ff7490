"""`longrun keys` issues, lists and revokes."""

import pytest
from click.testing import CliRunner

from api.cli import cli
from ops.db import keys
from ops.db.engine import Database
from ops.errors import OpsError, Unknown
from tests.api.plant import NOW, add_plant


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    """Run the command line on the database."""
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    return lambda *words: CliRunner().invoke(cli, ["keys", *words])


def test_issued_key_works_until_it_is_revoked(run, sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    token = run("create", "uploader", "--role", "engineer", "--site", "HERE").output.strip()
    with sqlite_database.read() as session:
        _, actor = keys.bearer(session, token, NOW)
    assert (actor.role, actor.scope.sites) == ("engineer", frozenset({1}))
    prefix = token.split("_")[1]
    assert "uploader" in run("list").output
    assert token not in run("list").output
    assert run("revoke", prefix).output == f"revoked {prefix}\n"
    with sqlite_database.read() as session, pytest.raises(Unknown, match="revoked"):
        keys.bearer(session, token, NOW)


@pytest.mark.parametrize(
    "words",
    [
        ("create", "k", "--site", "NOWHERE"),
        ("create", "k", "--expires", "soon"),
        ("create", "k", "--expires", "2020-01-01"),
        ("revoke", "ffffffff"),
    ],
)
def test_wrong_input_is_told_in_a_sentence(run, words: tuple[str, ...]) -> None:
    assert isinstance(run(*words).exception, OpsError)
    assert run("list").output == ""


def test_unknown_role_is_a_usage_error(run) -> None:
    assert run("create", "k", "--role", "king").exit_code == 2


def test_a_key_is_revoked_by_its_whole_text_too(run, sqlite_database: Database) -> None:
    token = run("create", "line 4").output.strip()
    revoked = run("revoke", token)
    assert revoked.output == f"revoked {token.split('_')[1]}\n", "the secret is not said again"
