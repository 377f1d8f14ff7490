"""Loop heights of wire bonds: packages, clearance, bond programs, capillaries, metrology."""
