"""Pages in a real browser; a package, as its tests share a service and a browser."""
