"""Features of sensor traces: summaries of stretches, or the shares of random-like kernels."""
