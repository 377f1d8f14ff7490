"""Routes of vehicles to visits: capacities, time windows, skills, prizes; solved by PyVRP."""
