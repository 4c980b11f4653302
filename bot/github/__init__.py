"""Every call to GitHub; nothing outside this package opens a connection to it."""
