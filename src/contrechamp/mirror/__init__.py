"""The whole public site as files that any server, onion service or USB stick can serve."""
