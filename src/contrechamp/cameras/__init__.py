"""Cameras seen in the street, beside those that were authorised: counts, never people."""
