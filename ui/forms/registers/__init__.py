"""The forms of the village's registers (台账)."""
