"""From typed columns to the matrix that a model sees, by a spec that is data."""
