"""Which distribution, and why: the record of a reported life."""
