"""The typefaces used on screen and on paper, and the scripts that fetch and subset them."""
