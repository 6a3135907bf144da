"""Dossiers: a selection of facts, acts, passages and documents, put in order and printed."""
