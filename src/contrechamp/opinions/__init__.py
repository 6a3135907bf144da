"""Opinions of the CADA: its published file, search by kind of document and outcome, precedents."""
