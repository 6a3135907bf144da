"""The database to take away: nightly dumps, signed, and the page that hands them out."""
