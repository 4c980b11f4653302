"""Facts joined for the checks of `completeness` alone; what several areas share stands one folder up."""
