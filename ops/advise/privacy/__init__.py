"""What may leave the host: names of people become pseudonyms, and are put back inside."""
