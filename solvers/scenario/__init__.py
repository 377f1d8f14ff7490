"""The scenario document: what a planner writes, its units, its edits, its resolution to arrays."""
