"""Facts joined for the checks of `documentation` alone; what several areas share stands one folder up."""
