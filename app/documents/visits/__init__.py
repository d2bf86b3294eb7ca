"""What is printed of home visits: the sheet of one visit, and the worker's diary."""
