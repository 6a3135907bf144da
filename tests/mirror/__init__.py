"""Tests of copies in files."""
