"""Plots as functions: rows in, a Vega-Lite spec out."""
