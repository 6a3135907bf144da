"""What pages show, made ready: no request, no writing."""
