"""The faces: HTTP in, HTML or JSON out. No rules and no ORM writes live here; every act is one call of a service."""
