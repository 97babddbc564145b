"""Network scanners by the driverless protocol eSCL (Mopria, AirScan): a protocol, the real client, a fake."""
