"""Systems that fail, are repaired and go on."""
