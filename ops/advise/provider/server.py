"""A server of language models, and whether a question may go to it."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from ops.advise.provider.failure import ProviderFailed


@dataclass(frozen=True, slots=True)
class Server:
    """Where a model is asked.

    Parameters
    ----------
    url
        Root of its OpenAI-compatible interface, such as ``http://127.0.0.1:8080/v1``.
    model
        Name of the model; empty: the first that the server lists.
    key
        Secret that goes into the header ``Authorization``; it is in no repr and no message.
    adapter
        Name of the LoRA adapter of each request; empty: none.
    hosts
        Hosts that questions may go to, with or without a port; this machine needs no mention.
    """

    url: str
    model: str = ""
    key: str = field(default="", repr=False)
    adapter: str = ""
    hosts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The address without what may be secret: no user, password, query or fragment.

        Examples
        --------
        >>> Server("https://me:word@llm.example.org:8443/v1/?key=secret").name
        'https://llm.example.org:8443/v1'
        """
        parts = self._parts()
        return f"{parts.scheme}://{_host_port(parts)}{parts.path.rstrip('/')}"

    @property
    def root(self) -> str:
        """The address without a last ``/v1``: where servers keep what is not OpenAI's."""
        return self.name.removesuffix("/v1")

    def at(self, path: str) -> str:
        """Address of a path of the OpenAI-compatible interface."""
        return f"{self.name}{path}"

    @property
    def is_here(self) -> bool:
        """Whether its address is this machine's own: a loopback address, or ``localhost``."""
        return _is_loopback(self._parts().hostname or "")

    def refuse_unless_allowed(self) -> None:
        """Refuse an address that no question may go to.

        A name that merely resolves to this machine counts as any other name: whoever answers for
        the name could let it resolve elsewhere tomorrow.

        Raises
        ------
        ProviderFailed
            ``not-allowed``, if it is neither this machine nor among `hosts`, or holds a user.
        """
        parts = self._parts()
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ProviderFailed("not-allowed", "the address is no URL of HTTP with a host")
        if "@" in parts.netloc:
            told = "the address holds a user or a password; set LONGRUN_LLM_KEY instead"
            raise ProviderFailed("not-allowed", told)
        if parts.query or parts.fragment:
            raise ProviderFailed("not-allowed", "the address holds more than a path")
        if _is_loopback(parts.hostname):
            return
        host, port = parts.hostname.rstrip("."), parts.port or _DEFAULT[parts.scheme]
        wanted = {_spelled(host), f"{_spelled(host)}:{port}"}
        if not wanted & {allowed.strip().lower().rstrip(".") for allowed in self.hosts}:
            told = f"{_host_port(parts)} is not among the hosts that questions may go to;"
            raise ProviderFailed("not-allowed", f"{told} name it in LONGRUN_LLM_HOSTS")

    def _parts(self) -> SplitResult:
        try:
            parts = urlsplit(self.url)
            _ = parts.port
        except ValueError:
            raise ProviderFailed("not-allowed", "the address cannot be read as a URL") from None
        return parts


_DEFAULT = {"http": 80, "https": 443}


def _host_port(parts: SplitResult) -> str:
    host = _spelled(parts.hostname or "")
    return host if parts.port is None else f"{host}:{parts.port}"


def _spelled(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
