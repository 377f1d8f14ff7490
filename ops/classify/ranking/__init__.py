"""Rank corrective actions and spare parts by what helped in the past, rare ones included."""
