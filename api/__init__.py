"""The doors: REST endpoints, web pages and the command line."""
