"""A certificate authority with OCSP, CRL and an RFC 3161 time-stamp authority on a loopback port.

Stands for the Government Cipher Committee's authority in the demo and the tests. Keys are made at first start in
a data folder; the repository carries none. Run it with ``python -m simulators.pki --data FOLDER --port 9123``.
"""
