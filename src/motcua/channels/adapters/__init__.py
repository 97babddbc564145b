"""The outside ways messages take."""
