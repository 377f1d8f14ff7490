"""Bytes in, typed columns and rejected rows with reasons out."""
