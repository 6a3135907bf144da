"""The rules of talk. Pure functions: no Django."""
