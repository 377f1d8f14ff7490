"""A setting that cannot be used is refused when the settings are built, with the mend."""

import pytest
from pydantic import ValidationError

from api.commands.failure import explain
from ops.settings import Settings

WRONG = {
    "LONGRUN_RETENTION_CRON": ("every night", "30 5 * * *"),
    "LONGRUN_RATE_LIMIT": ("fast", "1200/minute"),
    "LONGRUN_CORS_ORIGINS": ("https://example.org", "JSON list"),
    "LONGRUN_HOST": ("http://127.0.0.1", "host name alone"),
    "LONGRUN_ARTIFACT_URL": ("artifacts", "s3://bucket/folder"),
    "LONGRUN_LEASE_S": ("1", "greater than 1"),
    "LONGRUN_MODEL_HOSTS": ('["http://models.example.org"]', "write it alone"),
    "LONGRUN_LLM_HOSTS": ('["*.example.org"]', "write it alone"),
    "LONGRUN_TIME_LIMIT_S": ("inf", "finite number"),
    "LONGRUN_KEEP_RUNS_DAYS": ("99999999", "less than or equal to 36500"),
    "LONGRUN_MEMORY_LIMIT_MB": ("9000000000000", "less than or equal to"),
    "LONGRUN_WORKERS": ("1000", "less than or equal to 64"),
}


def _lines(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> list[str]:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    status, lines = explain(caught.value)
    assert status == 2
    return lines


@pytest.mark.parametrize("variable", WRONG)
def test_a_wrong_setting_names_variable_value_and_mend(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    value, mend = WRONG[variable]
    _, line = _lines(monkeypatch, variable, value)
    assert line.startswith(f"  {variable}: ")
    assert mend in line
    assert value[:6] in line


@pytest.mark.parametrize(
    ("url", "mend"),
    [
        ("s4://bucket/folder", "no store has the scheme 's4'"),
        ("simplecache::s4://bucket", "no store has the scheme 's4'"),
        ("C:\\artifacts", "no store has the scheme"),
        ("https://store.example.org/a", "nothing can be kept at https:"),
        ("memory://a", "nothing can be kept at memory:"),
        ("wandb://a", "wandb"),
    ],
)
def test_a_store_that_nothing_could_be_kept_at_is_refused_at_once(url: str, mend: str) -> None:
    with pytest.raises(ValidationError, match=mend):
        Settings(artifact_url=url)


@pytest.mark.parametrize("url", ["file:///srv/a", "local:///srv/a", "ftp://host/a"])
def test_a_store_that_is_known_is_taken(url: str) -> None:
    assert Settings(artifact_url=url).artifacts == url


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:x.db", "postgresql:x"])
def test_a_database_that_no_two_processes_could_share_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match=r"names no file|postgresql://user"):
        Settings(database_url=url)


def test_a_rate_that_lets_nobody_in_is_refused() -> None:
    with pytest.raises(ValidationError, match="1200/minute"):
        Settings(rate_limit="0/minute")


@pytest.mark.parametrize("cron", ["17 3 * *", "99 3 * * *", "0 0 30 2 *", ""])
def test_a_retention_that_never_fires_is_refused(cron: str) -> None:
    with pytest.raises(ValidationError):
        Settings(retention_cron=cron)


@pytest.mark.parametrize("origin", ["example.org", "https://example.org/", "https://", "null"])
def test_an_origin_that_no_browser_sends_is_refused(origin: str) -> None:
    with pytest.raises(ValidationError, match="is not an origin"):
        Settings(cors_origins=(origin,))


def test_origins_are_a_json_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGRUN_CORS_ORIGINS", '["https://example.org", "http://localhost:5173"]')
    assert Settings().cors_origins == ("https://example.org", "http://localhost:5173")


def test_the_password_of_a_wrong_database_url_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _lines(monkeypatch, "LONGRUN_DATABASE_URL", "postgers://me:secret@host/db")
    assert "secret" not in "".join(lines)
    assert "postgresql://" in lines[1]


def test_hosts_are_read_as_json_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGRUN_MODEL_HOSTS", '["models.example.org"]')
    monkeypatch.setenv("LONGRUN_LLM_HOSTS", '["llm.example.org:8080"]')
    settings = Settings()
    assert settings.model_hosts == ("models.example.org",)
    assert settings.llm_hosts == ("llm.example.org:8080",)


@pytest.mark.parametrize("said", ["[1]", '{"maybe": 101}', '{"maybe": "no"}', "maybe"])
def test_a_bias_that_is_none_is_told_apart(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("LONGRUN_LLM_BIAS", said)
    with pytest.raises(ValidationError, match="as"):
        Settings()
