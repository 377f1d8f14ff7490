"""Where to put sites when nothing stands yet: weighted p-median and p-center on the sphere."""
