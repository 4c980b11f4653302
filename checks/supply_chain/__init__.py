"""What comes in and what goes out: pinned, updated, scanned, signed."""
