"""Who loads the demo plant."""

from ops.values import Actor

ACTOR = Actor(name="demo", role="admin")
