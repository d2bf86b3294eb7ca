"""Commands without a window, one file each; `app.__main__` puts them on one line."""
