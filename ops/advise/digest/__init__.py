"""The digest: what is new between two moments, each change with its evidence."""
