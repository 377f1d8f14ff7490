"""Run lengths of control charts: how long until a chart signals, and how to design one by it."""
