"""Facts joined for the checks of `supply_chain` alone; what several areas share stands one folder up."""
