"""What makes the demo recording: an invented life, the pages that show it, and what is true about it."""
