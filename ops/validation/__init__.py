"""Validation: every published reference case, computed again on the installed machine."""
