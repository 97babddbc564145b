"""How a result comes back, said: with the address where the post brings it."""

from collections.abc import Mapping


def with_address(said: str, way: str, contact: Mapping[str, object]) -> str:
    """`Qua bưu điện: Thôn Đông, xã An Bình`; other ways as they are."""
    address = contact.get("return_address", "") if way == "postal" else ""
    return f"{said}: {address}" if address else said
