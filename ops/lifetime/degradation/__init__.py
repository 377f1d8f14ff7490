"""Damage that is read before it is a failure."""
