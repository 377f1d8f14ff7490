"""One supervised process: ``python -m api.process api`` or ``... worker``.

It imports nothing heavy at the top: a forkserver child imports the main module of its worker anew.
"""

import sys
from importlib import import_module

from ops.work.collector import collect_rarely

ENTRIES = {"api": "api.serve:api_process", "worker": "ops.work.worker:work"}


def main(entry: str) -> None:
    """Run one of `ENTRIES` with the settings of the environment; it ends with its parent."""
    collect_rarely()
    import_module("ops.work.supervise").end_with_parent()
    settings = import_module("ops.settings").Settings()
    import_module("ops.work.logs").configure(settings)
    module, attribute = ENTRIES[entry].split(":")
    getattr(import_module(module), attribute)(settings)


if __name__ == "__main__":
    main(sys.argv[1])
