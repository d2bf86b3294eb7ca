"""What other offline systems found out the hard way, played on ours."""
