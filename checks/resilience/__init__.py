"""What breaks under load, delay and failure of others."""
