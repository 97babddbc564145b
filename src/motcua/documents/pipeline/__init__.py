"""Digitization as steps from files to files; a step can be repeated at any time with the same result."""
