"""Requests in words: what pages say of states, facts and steps."""
