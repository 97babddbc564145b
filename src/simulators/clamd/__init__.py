"""A malware scanner that speaks clamd's protocol and knows one signature, for the loopback address."""
