"""Many populations at once: which of them fail sooner than chance and the usual spread explain."""
