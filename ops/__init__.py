"""Longrun's operations core: kernels, analyses, the database room and the work shell."""
