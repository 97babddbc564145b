"""Logging in and out: password, then a second factor where a role asks for one. Rules stand in the directory."""
