"""What the organisers say of the event: event.toml, programme, budget, pictures."""
