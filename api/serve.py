"""The API process: uvicorn around the application, on a socket that the supervisor listens on."""

import uvicorn

from api.app import create_app
from api.deps import Services
from api.listener import inherited, listen
from ops.db.engine import open_database
from ops.settings import Settings
from ops.work.engine import open_queue

DRAIN_S = 10  # time that open requests get when the process ends


def api_process(settings: Settings) -> None:
    """Serve the API until the process is told to end."""
    listener = inherited() or listen(settings.host, settings.port)
    database = open_database(settings.database, pool_size=settings.threads)
    app = create_app(Services(settings, database, open_queue(database)))
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=DRAIN_S,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])
