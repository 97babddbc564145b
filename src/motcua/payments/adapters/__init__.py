"""The outside parties of payments."""
