"""The reports a county asks a village for: facts in, tables out, every figure with what it counts."""
