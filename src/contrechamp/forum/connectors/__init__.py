"""The only place of the forum that speaks to other servers."""
