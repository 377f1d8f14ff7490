"""Rows of a dataset from measurements, events, alerts and lives, each as of its moment."""
