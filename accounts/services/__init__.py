"""The only code that writes identity: users, codes, passwords, sessions, notices, messages."""
