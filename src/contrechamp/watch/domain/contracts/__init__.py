"""Contracts: from a record of a register to what it buys, from whom, and how sure that is."""
