"""Inventory: where safety stock stands in a network, by which policy, and what service it gives."""
