"""The outside world of the demo and the tests, speaking HTTP on loopback ports. Never imported by ``motcua``."""
