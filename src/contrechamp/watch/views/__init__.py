"""The doors of the watch: the review room, and the pages and feeds that everybody reads."""
