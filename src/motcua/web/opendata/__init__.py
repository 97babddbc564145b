"""The public face of oversight: the map, the index and the two counts behind every number, without log-in."""
