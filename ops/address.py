"""Addresses of the settings, checked by what they say: nobody is asked whether he is there."""

import re
from importlib.util import find_spec
from urllib.parse import urlsplit

DATABASES = ("sqlite", "postgresql")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/@*\[\]]+)(:\d{1,5})?")
_NO_STORES = (  # read only, or gone with the process that wrote
    "data", "generic", "gist", "git", "github", "http", "https", "libarchive", "memory",
    "reference", "tar", "zip",
)  # fmt: skip


def is_origin(text: str) -> bool:
    """Whether a text is what a browser sends as Origin.

    Examples
    --------
    >>> is_origin("https://example.org"), is_origin("https://example.org/")
    (True, False)
    """
    parts = urlsplit(text)
    return bool(parts.scheme and parts.netloc) and text == f"{parts.scheme}://{parts.netloc}"


def is_host(text: str) -> bool:
    """Whether a text is a host, maybe with its port.

    Examples
    --------
    >>> is_host("llm.example.org:8080"), is_host("http://llm.example.org")
    (True, False)
    """
    return _HOST.fullmatch(text) is not None


def database_fault(url: str) -> str:
    """Say what is wrong with the URL of a database and how to mend it; empty if nothing is."""
    scheme, _, rest = url.partition(":")
    if scheme.split("+")[0] not in DATABASES:
        return "it begins neither with sqlite:///path nor with postgresql://user:password@host/db"
    if scheme.startswith("sqlite") and (
        not rest.startswith("///") or rest.partition("?")[0] in ("///", "///:memory:")
    ):
        return "it names no file, which the API and the workers share; write sqlite:////srv/l.db"
    if not scheme.startswith("sqlite") and not rest.startswith("//"):
        return "write it as postgresql://user:password@host/db"
    return ""


def store_fault(url: str) -> str:
    """Say what is wrong with the fsspec URL of a folder and how to mend it; empty if nothing is."""
    # a tenth of a second of CPU, which only who sets a store pays
    from fsspec.registry import known_implementations  # noqa: PLC0415

    if ":" not in url:
        return "write a URL such as file:///srv/artifacts or s3://bucket/folder"
    for part in url.split("::"):
        scheme = re.split(r":(?=//)|$", part, maxsplit=1)[0]
        known = known_implementations.get(scheme)
        if known is None:
            return f"no store has the scheme {scheme!r}; write file:///srv/artifacts or s3://bucket"
        if scheme in _NO_STORES:
            return f"nothing can be kept at {scheme}:; write file:///srv/artifacts or s3://bucket"
        if find_spec(str(known["class"]).split(".")[0]) is None:
            extra = ' (pip install "longrun-ops[s3]")' if scheme in ("s3", "s3a") else ""
            return f"{known.get('err', f'the package of {scheme!r} is missing')}{extra}"
    return ""
