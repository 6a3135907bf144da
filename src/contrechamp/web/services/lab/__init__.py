"""Running experiments for pages: kept results, one computation at a time, the table of checks."""
