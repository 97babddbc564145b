"""What is found out about a signed file, and what follows from it: plain values, no library types."""
