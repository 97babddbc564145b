"""Finding out what a file really is: from its bytes, never from its name."""
