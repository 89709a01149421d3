"""Plots that several places show."""
