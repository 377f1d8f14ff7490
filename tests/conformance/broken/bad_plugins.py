"""What an entry point must not bring."""

from dataclasses import replace

from ops.analyses.capability import CAPABILITY

STRANGER = "a text"
TWIN = replace(CAPABILITY, title="Another capability")


def __getattr__(name: str) -> object:
    raise RuntimeError(f"no licence for {name}")
