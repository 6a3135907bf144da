"""From files to findings: no database, no network, nothing written."""
