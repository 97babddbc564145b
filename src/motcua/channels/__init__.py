"""Messages to people: notices in their space and by e-mail."""
