"""Readers: what stored runs, alerts and events say, as cases of evidence."""
