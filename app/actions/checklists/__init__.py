"""Pictorial checklists: begun, kept, looked over, printed, followed up."""
