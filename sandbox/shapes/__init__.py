"""The sandbox's records in the form in which GitHub's API and webhooks show them."""
