"""The device's side of an exchange."""
