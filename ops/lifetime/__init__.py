"""Lifetime: how long parts last, told from failures and from what has not failed yet."""
