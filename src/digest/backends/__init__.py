"""What the ports in `digest.ports` are made of: one file for each outside library or service."""
