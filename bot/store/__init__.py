"""What must survive a restart: deliveries, requests, facts, in PostgreSQL."""
