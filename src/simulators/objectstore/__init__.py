"""An S3-compatible object store on a loopback port: moto's server, with a bucket ready.

Stands for the province's object store in contract tests. Run it with ``python -m simulators.objectstore --port 9124``.
"""
