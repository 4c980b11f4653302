"""Facts joined for the checks of `ci` alone; what several areas share stands one folder up."""
