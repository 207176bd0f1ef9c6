"""What will be needed: children to come, departures of assistants maternels, places for a target."""
