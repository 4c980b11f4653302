"""All words that a user sees. Pure: data in, text out."""
