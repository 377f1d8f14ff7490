import pytest

from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.server import Server


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("http://127.0.0.1:8080/v1", ()),
        ("http://127.9.9.9/v1", ()),
        ("http://[::1]:8080/v1", ()),
        ("http://[::ffff:127.0.0.1]:8080/v1", ()),
        ("http://localhost:11434/v1", ()),
        ("https://llm.example.org/v1", ("llm.example.org",)),
        ("https://LLM.example.org/v1", ("llm.EXAMPLE.org",)),
        ("https://llm.example.org:8443/v1", ("llm.example.org",)),
        ("https://llm.example.org/v1", ("llm.example.org:443",)),
        ("http://10.0.0.5:8000/v1", ("10.0.0.5:8000",)),
        ("http://[fd00::1]:8000/v1", ("[fd00::1]",)),
    ],
)
def test_this_machine_and_named_hosts_are_allowed(url: str, hosts: tuple[str, ...]) -> None:
    Server(url, hosts=hosts).refuse_unless_allowed()


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://llm.example.org/v1", ()),
        ("https://llm.example.org/v1", ("example.org",)),
        ("https://llm.example.org.evil.net/v1", ("llm.example.org",)),
        ("https://llm.example.org:8443/v1", ("llm.example.org:443",)),
        ("http://localtest.me/v1", ()),  # resolves to 127.0.0.1, today
        ("http://app.localhost/v1", ()),
        ("http://0.0.0.0:8080/v1", ()),
        ("http://2130706433/v1", ()),  # 127.0.0.1 as one number
        ("http://127.0.0.1@evil.net/v1", ()),
        ("http://me:word@127.0.0.1/v1", ()),
        ("http://127.0.0.1/v1?key=1", ()),
        ("http://169.254.169.254/v1", ()),
        ("file:///etc/passwd", ()),
        ("http:///v1", ()),
        ("http://[::1/v1", ()),
        ("http://127.0.0.1:99999/v1", ()),
        ("", ()),
    ],
)
def test_everything_else_is_refused(url: str, hosts: tuple[str, ...]) -> None:
    with pytest.raises(ProviderFailed, match="not-allowed"):
        Server(url, hosts=hosts).refuse_unless_allowed()


def test_names_hold_no_secrets() -> None:
    server = Server("https://me:word@llm.example.org/v1/?token=secret", key="sk-1")
    assert server.name == "https://llm.example.org/v1"
    assert server.root == "https://llm.example.org"
    for text in (server.name, server.root, server.at("/models")):
        assert "word" not in text
        assert "secret" not in text
