"""Whether those who run the software can see how it fares, and know what to do when it doesn't."""
