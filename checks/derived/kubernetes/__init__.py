"""Facts joined for the checks of `kubernetes` alone; what several areas share stands one folder up."""
