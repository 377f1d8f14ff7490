"""Typed SQLAlchemy models, one module for each neighbourhood of tables."""
