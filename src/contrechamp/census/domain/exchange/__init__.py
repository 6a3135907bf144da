"""Formats that facts come in and go out by: parsers and writers, pure of tables and clocks."""
