"""Virtual metrology: numbers foretold from machine data, and when to measure instead."""
