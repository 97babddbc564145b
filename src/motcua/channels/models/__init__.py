"""Tables of messages to people."""

from motcua.channels.models.notices import Delivery, DeliveryState, Notice

__all__ = ["Delivery", "DeliveryState", "Notice"]
