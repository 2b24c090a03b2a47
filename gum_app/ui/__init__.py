"""The only room that knows Qt. It shows and asks; it never waits and never keeps."""
