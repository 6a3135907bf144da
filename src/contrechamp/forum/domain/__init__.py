"""The rules of the forum: pure, without Django."""
