"""Gauge studies: how much of what is measured is the gauge."""
