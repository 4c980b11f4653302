"""Facts joined for the checks of `claims` alone; what several areas share stands one folder up."""
