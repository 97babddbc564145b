"""The store as a context manager."""

from types import TracebackType
from typing import Any, Self

import boto3
from moto.server import ThreadedMotoServer

ACCESS_KEY, SECRET_KEY = "simulated", "simulated"  # any pair is accepted; nothing real is protected by it
REGION = "us-east-1"


class ObjectStore:
    """Runs for as long as the ``with`` block lasts; keeps everything in memory."""

    def __init__(self, bucket: str = "motcua", port: int = 0) -> None:
        self.bucket = bucket
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)

    @property
    def url(self) -> str:
        host, port = self._server.get_host_and_port()
        return f"http://{host}:{port}"

    def client(self) -> Any:
        """A boto3 S3 client that talks to this store."""
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            region_name=REGION,
        )

    def start(self) -> None:
        self._server.start()
        self.client().create_bucket(Bucket=self.bucket)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
