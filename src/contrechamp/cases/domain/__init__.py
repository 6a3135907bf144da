"""Rules of the legal lever: pure functions on plain values."""
