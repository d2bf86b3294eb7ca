"""Facts and rules of the trade: frozen values, standard library only, time always an argument."""
