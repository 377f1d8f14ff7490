"""Returns from the field and what will still come back."""
