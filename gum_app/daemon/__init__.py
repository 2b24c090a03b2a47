"""The process that owns the hands and the notes: it looks, thinks, writes and answers the windows."""
