"""What people and the app do: each changes the records and sends the webhooks that GitHub would send."""
