"""What lets an attacker in: credentials, injection, checks switched off."""
