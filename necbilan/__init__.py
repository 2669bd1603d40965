"""Necbilan."""
