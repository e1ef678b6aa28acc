"""What `ferrule bench` runs inside the user's Python: see `worker`."""
