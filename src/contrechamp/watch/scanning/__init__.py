"""Files in, findings out: reading of each format around the rules of `watch.domain`."""
