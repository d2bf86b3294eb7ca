"""The model: real laptops and a real county on a line that does its worst, in thousands of histories."""
