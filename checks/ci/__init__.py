"""Gates that are not there, or cannot fail."""
