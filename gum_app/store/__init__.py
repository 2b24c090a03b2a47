"""SQLite, encrypted. The only room that knows SQL."""
