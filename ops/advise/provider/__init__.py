"""Language models over HTTP: what a server can do, what is asked of it, what it answers."""
