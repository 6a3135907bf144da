"""Copies of the pages that facts rest on elsewhere, and which of them are gone."""
