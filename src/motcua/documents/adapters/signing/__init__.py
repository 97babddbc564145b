"""Making PAdES signatures with a key in a PKCS#11 token (the real client) or in a file (development)."""
