"""Demand forecasting: methods, their choice, intervals, hierarchies, accuracy."""
