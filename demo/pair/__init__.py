"""Two laptops of one village and their county, with cables to pull: a play to watch and take part in."""
