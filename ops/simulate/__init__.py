"""The demo plant: seeded data with documented ground truth."""
