"""The service offer of territories: how many services and places, how they move, where there are none."""
