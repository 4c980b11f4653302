"""Documents against the tree: what is said to be there, done or runnable, and is not."""
